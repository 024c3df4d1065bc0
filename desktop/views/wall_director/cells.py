"""The screens of a wall as the canvas draws them: what hangs there, how fresh, whose turn in a rotation, and what is staged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.views.wall_director import words
from desktop.views.wall_director.canvas import ScreenCell
from desktop.views.wall_director.feed import WallFeed
from desktop.views.wall_director.rotation_list import Thumb
from desktop.views.wall_director.scenes import PlanScreen
from desktop.views.wall_director.staged_list import StagedChange
from desktop.views.words import filled
from desktop.widgets.painting import format_age
from domain.wall.values import Content, Scene, Screen, Shown, Wall

OLD_S = 6.0
"""A picture that is older says so on its own screen too; of a wall of twelve each comes every six seconds."""


def screens_of(wall: Wall | None) -> tuple[Screen, ...]:
    return tuple(sorted(wall.screens, key=lambda screen: screen.number)) if wall is not None else ()


def cells_of(feed: WallFeed, stamp: Callable[[datetime], str]) -> tuple[ScreenCell, ...]:
    """Of the wall that the feed looks at, now or at the moment it looks back to; `stamp` prints an instant."""
    wall, shown = feed.wall(), feed.shown()
    return tuple(_cell(feed, screen, shown.get(screen.number), stamp) for screen in screens_of(wall))


def _cell(feed: WallFeed, screen: Screen, shown: Shown | None, stamp: Callable[[datetime], str]) -> ScreenCell:
    number, wall = screen.number, feed.wall()
    state, note, progress = _state(feed, number, shown)
    staged = feed.staged.get(number)
    return ScreenCell(
        number=number,
        rect=(screen.left, screen.top, screen.width, screen.height),
        title=_title(feed, number, shown),
        note=note,
        state=state,
        image=None if feed.past_at is not None else feed.images.get(number),
        staged=feed.titles.of_all(staged) if staged else "",
        staged_image=thumb_of(feed, staged[0])[0] if staged else None,
        locked=wall is not None and number in wall.locked,
        progress=progress,
        sender=words.cause_text(shown, stamp(shown.since)) if shown is not None else "",
        paused=words.pause_text(shown.pause, stamp(shown.pause.since)) if shown is not None and shown.pause else "",
        blank=_blank(feed, shown),
    )


def _title(feed: WallFeed, number: int, shown: Shown | None) -> str:
    """Of a rotation whose turn is known the view that is on the screen; else the first of it and how many there are."""
    if shown is None:
        return QCoreApplication.translate("director", "空")
    picture = feed.pictures.get(number)
    if feed.past_at is None and picture is not None and picture.shows in shown.contents:
        assert picture.shows is not None
        return feed.titles.of(picture.shows)
    return feed.titles.of_all(shown.contents)


def _blank(feed: WallFeed, shown: Shown | None) -> str:
    """In the past: what hung there in turn, for pictures of it are not kept."""
    if feed.past_at is None:
        return ""
    if shown is None:
        return QCoreApplication.translate("director", "当时没有画面")
    return " · ".join(feed.titles.of(content) for content in shown.contents)


def _state(feed: WallFeed, number: int, shown: Shown | None) -> tuple[str, str, float | None]:
    """(freshness, note beside it, share of its turn in a rotation or None)"""
    translate = QCoreApplication.translate
    picture, age_s = feed.pictures.get(number), feed.image_age_s(number)
    if feed.past_at is not None:
        return "stale", translate("director", "回看"), None
    if feed.host_lost:
        if age_s is None:
            return "never", translate("director", "未接通"), None
        return "offline", filled(translate("director", "断开 · 画面 {age}前"), {"age": format_age(age_s)}), None
    if picture is None:
        return "never", translate("director", "未接通"), None
    note, progress = translate("director", "常驻") if shown is not None else translate("director", "等待导播"), None
    if shown is not None and len(shown.contents) > 1:
        values = {"n": picture.index + 1, "of": len(shown.contents), "left": round(picture.left_s)}
        turning = translate("director", "轮播 {n}/{of} · 剩 {left} 秒")
        note = filled(turning if shown.pause is None else translate("director", "轮播 {n}/{of} · 暂停"), values)
        dwell = shown.contents[min(picture.index, len(shown.contents) - 1)].seconds
        progress = 1 - min(picture.left_s / dwell, 1.0)
    if shown is not None and picture.shows is not None and picture.shows not in shown.contents:
        note = filled(translate("director", "画面还是 {title}"), {"title": feed.titles.of(picture.shows)})
    if picture.fresh == "never" and shown is not None:
        note = translate("director", "这块屏显示不了它")
    if age_s is not None and age_s > OLD_S:
        note = filled(translate("director", "{note} · 画面 {age}前"), {"note": note, "age": format_age(age_s)})
    return picture.fresh, note, progress


def thumb_of(feed: WallFeed, content: Content) -> Thumb:
    """Small picture of a view and the icon that stands for it where there is none."""
    preview = feed.previews.of(content)
    return (preview.image if preview is not None else None), words.icon_of((content,))


def staged_changes(feed: WallFeed) -> list[StagedChange]:
    """What is staged, screen by screen, with the picture of the screen as it is and one of what comes."""
    shown, changes = feed.shown(), []
    for number, after in sorted(feed.staged.items()):
        before = shown[number].contents if number in shown else ()
        preview = feed.previews.of(after[0]) if after else None
        age_s = feed.image_age_s(number)
        values = {
            "before": filled(QCoreApplication.translate("director", "墙上 {age}前"), {"age": format_age(age_s)})
            if age_s is not None
            else QCoreApplication.translate("director", "还没有画面"),
            "after": words.preview_text(preview, feed.previews.age_s(preview) if preview is not None else 0.0),
        }
        note = filled(QCoreApplication.translate("director", "前图 {before} · 后图 {after}"), values)
        changes.append(
            StagedChange(
                number=number,
                before=feed.titles.of_all(before),
                after=feed.titles.of_all(after),
                before_image=feed.images.get(number),
                after_image=preview.image if preview is not None else None,
                note=note,
                before_icon=words.icon_of(before),
                after_icon=words.icon_of(after),
            )
        )
    return changes


def hangs(wall: Wall, scene: Scene) -> bool:
    """Whether all screens of a scene show what it says, however it came there."""
    shown = wall.shown()
    return bool(scene.screens) and all(
        number in shown and shown[number].contents == contents for number, contents in scene.screens.items()
    )


def plan_of(wall: Wall, scene: Scene) -> tuple[PlanScreen, ...]:
    """The screens of the wall as a scene sets them; marked those that would change from what hangs there now."""
    shown = wall.shown()
    found = []
    for screen in screens_of(wall):
        contents = scene.screens.get(screen.number)
        now = shown[screen.number].contents if screen.number in shown else ()
        found.append(
            PlanScreen(
                (screen.left, screen.top, screen.width, screen.height),
                words.short_view(contents[0].view) if contents else "",
                other=contents is not None and contents != now,
            )
        )
    return tuple(found)
