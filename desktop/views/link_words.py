"""What a window says while its line is not whole: how old what follows is, or why there is nothing yet (screens.md §3)."""

from PySide6.QtCore import QCoreApplication

from desktop.services.values import Fresh, Freshness
from desktop.views.words import filled
from desktop.widgets import values
from desktop.widgets.painting import format_age

translate = QCoreApplication.translate


def link_line(link: Freshness, shown: values.Freshness) -> str:
    """The sentence across the window; "" while the line is good. `shown` is `link` as the site prints it."""
    if link.snapshot is not None:
        return filled(translate("link", "{loading}，以下尚不完整"), {"loading": loading_text(link)})
    if link.state is Fresh.NEVER:
        words = [translate("link", "启动以来未接通联动服务，以下没有数据"), shown.detail]
    elif link.state is Fresh.OFFLINE:
        since = link.since_s if link.since_s is not None else link.age_s
        age = format_age(since) if since is not None else ""
        words = [filled(translate("link", "与联动服务断开 {age}"), {"age": age}).strip(), _as_of(shown), shown.detail]
    elif link.state is Fresh.STALE:
        words = [translate("link", "联动服务没有新消息"), _as_of(shown)]
    else:
        return ""
    return " · ".join(word for word in words if word)


def not_yet(link: Freshness) -> str:
    """Why an empty list proves nothing: the picture of the server never came, or is on its way. "" when it is here."""
    if link.snapshot is not None:
        return loading_text(link)
    return translate("link", "启动以来未接通") if link.state is Fresh.NEVER else ""


def not_yet_status(link: Freshness) -> tuple[str, str] | None:
    """The shape beside `not_yet`, as (kind, state) of a status."""
    if not not_yet(link):
        return None
    return ("freshness", "catching_up" if link.snapshot is not None else "never")


def loading_text(link: Freshness) -> str:
    """正在取快照 62%"""
    got, total = link.snapshot or (0, 1)
    return filled(translate("link", "正在取快照 {percent}%"), {"percent": 100 * got // max(total, 1)})


def _as_of(shown: values.Freshness) -> str:
    return filled(translate("link", "以下为 {time} 的数"), {"time": shown.as_of}) if shown.as_of else ""
