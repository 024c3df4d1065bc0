"""The screens of a wall as the canvas draws them: what hangs there, how fresh, whose turn in a rotation, and what is staged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from desktop.views.wall_director.canvas import ScreenCell
from desktop.views.wall_director.feed import WallFeed
from desktop.views.words import filled
from desktop.widgets.painting import format_age
from domain.wall.values import Screen, Shown, Wall

OLD_S = 6.0
"""A picture that is older says so on its own screen too; of a wall of twelve each comes every six seconds."""


def screens_of(wall: Wall | None) -> tuple[Screen, ...]:
    return tuple(sorted(wall.screens, key=lambda screen: screen.number)) if wall is not None else ()


def cells_of(feed: WallFeed, clock: Callable[[datetime], str]) -> tuple[ScreenCell, ...]:
    """Of the wall that the feed looks at, now or at the moment it looks back to; `clock` prints an instant."""
    wall, shown = feed.wall(), feed.shown()
    return tuple(_cell(feed, screen, shown.get(screen.number), clock) for screen in screens_of(wall))


def _cell(feed: WallFeed, screen: Screen, shown: Shown | None, clock: Callable[[datetime], str]) -> ScreenCell:
    number, wall = screen.number, feed.wall()
    state, note, progress = _state(feed, number, shown, clock)
    staged = feed.staged.get(number)
    return ScreenCell(
        number=number,
        rect=(screen.left, screen.top, screen.width, screen.height),
        title=feed.titles.of_all(shown.contents) if shown else QCoreApplication.translate("director", "空"),
        note=note,
        state=state,
        image=None if feed.past_at is not None else feed.images.get(number),
        staged=feed.titles.of_all(staged) if staged else "",
        locked=wall is not None and number in wall.locked,
        progress=progress,
        blank="" if feed.past_at is None else QCoreApplication.translate("director", "当时挂的画面，不存图"),
    )


def _state(
    feed: WallFeed, number: int, shown: Shown | None, clock: Callable[[datetime], str]
) -> tuple[str, str, float | None]:
    """(freshness, note beside it, share of its turn in a rotation or None)"""
    translate = QCoreApplication.translate
    picture, age_s = feed.pictures.get(number), feed.image_age_s(number)
    if feed.past_at is not None:
        return "stale", clock(shown.since) if shown else "", None
    if feed.host_lost:
        if age_s is None:
            return "never", translate("director", "未接通"), None
        return "offline", filled(translate("director", "断开 · 画面 {age}前"), {"age": format_age(age_s)}), None
    if picture is None:
        return "never", translate("director", "未接通"), None
    note, progress = translate("director", "常驻") if shown is not None else translate("director", "等待导播"), None
    if shown is not None and len(shown.contents) > 1:
        values = {"n": picture.index + 1, "of": len(shown.contents), "left": round(picture.left_s)}
        note = filled(translate("director", "轮播 {n}/{of} · 剩 {left} 秒"), values)
        dwell = shown.contents[min(picture.index, len(shown.contents) - 1)].seconds
        progress = 1 - min(picture.left_s / dwell, 1.0)
    if picture.fresh == "never" and shown is not None:
        note = translate("director", "这块屏显示不了它")
    if age_s is not None and age_s > OLD_S:
        note = filled(translate("director", "{note} · 画面 {age}前"), {"note": note, "age": format_age(age_s)})
    return picture.fresh, note, progress
