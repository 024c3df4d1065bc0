"""What can be opened: the windows of this version, for which kind of screen each is made, and the key that opens it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from desktop.views.shell import (
    ALARMS,
    ATTENTION,
    BOARD,
    CAMERAS,
    DIRECTOR,
    EVALUATION,
    FIND,
    HANDOVER,
    INSPECTION,
    LIST,
    MAP,
    NEW_TICKET,
    ORGANISATION,
    OVERVIEW,
    QUEUE,
)

WALL_QUEUE = "wall_queue"
WALL_MAP = "wall_map"
WALL_CAMERAS = "wall_cameras"
WALL_BOARD = "wall_kpi_board"
WALL_INSPECTION = "wall_inspection"


@dataclass(frozen=True, slots=True)
class LaunchEntry:
    """One window that can be opened. `profile` says for which kind of screen it is made: desk or wall."""

    id: str
    profile: str
    icon: str
    title: str
    note: str
    key: str = ""


_PLACES = (
    (QUEUE, "desk", "list-todo", "F1"),
    (NEW_TICKET, "desk", "file-text", "Ctrl+N"),
    (EVALUATION, "desk", "star", "F11"),
    (FIND, "desk", "search", "Ctrl+F"),
    (ATTENTION, "desk", "inbox", "F12"),
    (MAP, "desk", "map", "F2"),
    (CAMERAS, "desk", "cctv", "F3"),
    (INSPECTION, "desk", "users", "F4"),
    (HANDOVER, "desk", "arrow-left-right", "F5"),
    (DIRECTOR, "desk", "monitor-up", "F6"),
    (ALARMS, "desk", "bell", "F7"),
    (BOARD, "desk", "chart-column", "F8"),
    (LIST, "desk", "clipboard-list", ""),
    (ORGANISATION, "desk", "building-2", ""),
    (OVERVIEW, "wall", "monitor", ""),
    (WALL_QUEUE, "wall", "layout-list", ""),
    (WALL_MAP, "wall", "map", ""),
    (WALL_CAMERAS, "wall", "cctv", ""),
    (WALL_BOARD, "wall", "chart-column", ""),
    (WALL_INSPECTION, "wall", "users", ""),
)
"""(window, profile, icon, key), in the order in which they are offered."""


def entries() -> tuple[LaunchEntry, ...]:
    """All windows of this version."""
    words = {**_desk_words(), **_wall_words()}
    return tuple(LaunchEntry(window, profile, icon, *words[window], key) for window, profile, icon, key in _PLACES)


def _desk_words() -> Mapping[str, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        QUEUE: (translate("launcher", "工单队列"), translate("launcher", "接下来该办哪一件")),
        NEW_TICKET: (translate("launcher", "新建工单"), translate("launcher", "接电话，边听边填")),
        EVALUATION: (translate("launcher", "评价"), translate("launcher", "回访、抽查、疑似简化办结、申诉")),
        FIND: (translate("launcher", "查找工单"), translate("launcher", "单号、地点、单位、事项")),
        ATTENTION: (translate("launcher", "需处理"), translate("launcher", "哪些命令没有执行，等您决定")),
        MAP: (translate("launcher", "地图"), translate("launcher", "在哪里，谁能看到")),
        CAMERAS: (translate("launcher", "视频墙"), translate("launcher", "哪一路要紧，能不能信")),
        INSPECTION: (translate("launcher", "联合检查"), translate("launcher", "谁到了，查出什么，还差什么")),
        HANDOVER: (translate("launcher", "交接班"), translate("launcher", "什么要紧，我走后变了什么")),
        DIRECTOR: (translate("launcher", "大屏导播"), translate("launcher", "墙上现在是什么，接下来换成什么")),
        ALARMS: (translate("launcher", "告警"), translate("launcher", "什么没人确认，忙不忙")),
        BOARD: (translate("launcher", "统计看板"), translate("launcher", "指标与反查")),
        LIST: (translate("launcher", "事件部件清单"), translate("launcher", "立什么案，按什么标准，该改哪一条")),
        ORGANISATION: (translate("launcher", "组织与登记"), translate("launcher", "区划、单位、岗位、部件、工作日")),
    }


def _wall_words() -> Mapping[str, tuple[str, str]]:
    translate = QCoreApplication.translate
    return {
        OVERVIEW: (translate("launcher", "今日态势"), translate("launcher", "大屏：今天是否可控")),
        WALL_QUEUE: (translate("launcher", "临期与超期"), translate("launcher", "大屏：现在线上下的工单")),
        WALL_MAP: (translate("launcher", "地图大屏"), translate("launcher", "大屏：选中工单的周边")),
        WALL_CAMERAS: (translate("launcher", "视频大屏"), translate("launcher", "大屏：十六路画面与状态")),
        WALL_BOARD: (translate("launcher", "统计大屏"), translate("launcher", "大屏：本月各项比率与走势")),
        WALL_INSPECTION: (translate("launcher", "联检大屏"), translate("launcher", "大屏：联合检查的进度")),
    }
