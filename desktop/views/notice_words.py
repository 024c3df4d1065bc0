"""What this machine has to say beside the tickets: notices of the services as one sentence each, with what to do."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.services.values import Notice
from desktop.views.words import command_word, filled


def notice_text(notice: Notice) -> str:
    """One sentence; a code that is not listed is shown as it is."""
    detail = _spoken(notice.detail)
    if notice.code == "storage_full":
        return _storage_text(detail)
    pattern = _sentences().get(notice.code)
    return notice.code if pattern is None else filled(pattern, detail)


def link_reason(reason: str) -> str:
    """Why no line comes about, in a few words; "" where waiting is all there is to do."""
    translate = QCoreApplication.translate
    return {
        "login": translate("notices", "令牌被拒，请重新登录"),
        "version": translate("notices", "程序版本不合，请升级"),
        "bad_frame": translate("notices", "服务器不接受本程序的数据，请升级"),
        "storage": translate("notices", "本机磁盘已满，请腾出空间"),
        "storage_full": translate("notices", "本机磁盘已满，请腾出空间"),
    }.get(reason, "")


def _sentences() -> Mapping[str, str]:
    translate = QCoreApplication.translate
    return {
        "cache_rebuilt": translate("notices", "本机缓存受损，已另存为 {file} 并重新取数；待发命令不受影响"),
        "cache_read_only": translate("notices", "本机缓存写不进去，只在内存中继续；请检查磁盘空间和目录权限"),
        "cache_writable": translate("notices", "本机缓存恢复写入"),
        "outbox_salvaged": translate(
            "notices", "待发命令文件受损，已救回 {saved} 条，{unreadable} 条无法读取，请对照工单记录核对"
        ),
        "not_stored": translate("notices", "换了登录人，{command} 没有存下，请重新给出"),
        "login_needed": translate(
            "notices", "令牌不被服务器接受（过期、已撤销或不对），请向管理员领取新令牌后重新登录；待发命令都保留在本机"
        ),
        "version_unsupported": translate(
            "notices", "本程序与服务器版本不合，请升级本机程序；待发命令都保留在本机（{reason}）"
        ),
        "clock_off": translate("notices", "本机时钟差 {seconds} 秒，请校时；剩余时限按服务器时间计，不受影响"),
        "identity_changed": translate("notices", "服务器认定的登录人变了，已换到他的缓存和待发命令"),
    }


def _storage_text(detail: Mapping[str, Any]) -> str:
    translate = QCoreApplication.translate
    if detail.get("command"):
        return filled(translate("notices", "本机磁盘已满或不可写，{command} 没有存下，请腾出空间后重新给出"), detail)
    return translate("notices", "本机磁盘已满或不可写，命令暂时不能给出；请腾出空间")


def _spoken(detail: Mapping[str, Any]) -> dict[str, Any]:
    spoken = dict(detail)
    if "command" in spoken:
        spoken["command"] = command_word(str(spoken["command"]))
    return spoken
