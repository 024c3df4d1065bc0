"""A roster set, a night shift swapped and approved by two people at two desks, with the keys, against a real backend."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from domain.handover import commands
from domain.handover.kind import NAME
from domain.shifts import roster as rosters
from domain.shifts.roster import Roster, SwapState
from tests.flow.fakes import until
from tests.flow.test_desk_and_backend import house
from tests.flow.test_handover_by_keyboard import CONTROL, GIVER, TAKER, Hands, loop, services_of

__all__ = ["loop"]
CYCLE = "甲班 乙班\n丙班 丁班"
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing|propagate)")


def roster_of(hands: Hands) -> Roster | None:
    found = hands.services.mirror.documents.get(rosters.NAME, {}).get(rosters.ID)
    return found if isinstance(found, Roster) else None


async def set_by(hands: Hands) -> None:
    hands.letters("r")
    hands.letters("s")
    form = hands.window.roster.form
    form.input("teams").setText("甲班、乙班、丙班、丁班")
    yesterday = hands.feed.site.local(hands.feed.now()) - timedelta(days=1)
    form.input("first_day").setText(f"{yesterday:%Y-%m-%d}")
    form.input("cycle").setPlainText(CYCLE)
    hands.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: roster_of(hands) is not None, "roster")


async def asked_by(hands: Hands) -> tuple[str, str]:
    """Tonight against tomorrow night."""
    sheet = hands.window.roster
    nights = [row.id for row in sheet.shifts._rows if row.id.endswith("/night")]
    hands.letters("x")
    for name, value in zip(("one", "other"), nights[1:3], strict=True):
        box = sheet.form.input(name)
        box.setCurrentIndex(box.findData(value))
    sheet.form.input("text").setText("家中有事")
    hands.key(Qt.Key.Key_Return, CONTROL)
    await until(lambda: bool(roster_of(hands) and roster_of(hands).swaps), "swap")  # type: ignore[union-attr]
    return nights[1], nights[2]


def test_a_night_shift_is_swapped_only_after_somebody_else_has_approved(
    loop: asyncio.AbstractEventLoop, tmp_path: Path
) -> None:
    async def work() -> None:
        async with house(tmp_path) as (made, _):
            one, other = [Hands(await services_of(tmp_path, made, actor)) for actor in (GIVER, TAKER)]
            try:
                for hands in (one, other):
                    await until(lambda hands=hands: hands.feed.reference is not None and hands.services.online, "up")
                    hands.window.refresh()
                await set_by(one)
                first, second = await asked_by(one)
                one.letters("y")
                assert one.window.roster.said() == "申请人不能自己批准"
                await until(lambda: roster_of(other) == roster_of(one), "roster at the other desk")
                other.letters("r")
                before = {row.id: row.note for row in other.window.roster.shifts._rows}
                other.letters("y")
                await until(lambda: roster_of(other).swaps["1"].state is SwapState.APPROVED, "approved")  # type: ignore[union-attr]
                await until(lambda: roster_of(other) == roster_of(one), "approved at both")
                for hands in (one, other):
                    hands.window.roster.refresh()
                    after = {row.id: row.note for row in hands.window.roster.shifts._rows}
                    assert after[first] == f"{before[second]}（换）"
                    assert after[second] == f"{before[first]}（换）"
                await night_is_one(one)
            finally:
                for hands in (one, other):
                    hands.window.close()
                    await hands.services.stop()

    loop.run_until_complete(work())


async def night_is_one(hands: Hands) -> None:
    """The server computes a night that belongs to the day on which it begins, and ends on the next."""
    shift = next(one for one in hands.feed.shifts()[:2] if one.code == "night")
    hands.services.commander.act(NAME, commands.Begin(day=shift.day, code="night"))
    await until(lambda: bool(hands.services.mirror.documents.get(NAME)), "begun")
    part, local = hands.handover.shift, hands.feed.site.local
    assert part.ends_at - part.starts_at == timedelta(hours=12)
    assert (local(part.starts_at).date(), local(part.ends_at).date()) == (part.day, part.day + timedelta(days=1))
    assert part.team in ("乙班", "丁班")
