"""What import and export of the duty roster do: read the table, show what changes, set or revise the one roster of the site."""

import argparse
import asyncio
import csv
from datetime import date

import msgspec

from cli import table_words
from cli.errors import OperatorError
from cli.feeder import Feeder
from desktop.services.tables_in import TableFileError, read_sheets
from domain.shifts import roster
from domain.shifts.table import RosterTable, changes, read_roster, roster_table
from domain.tables.read_places import one_sheet

_rosters = msgspec.json.Decoder(list[roster.Roster]).decode


def import_roster(args: argparse.Namespace) -> int:
    """0 done or nothing to do · 1 rows that cannot be read, or refused."""
    try:
        first_day = date.fromisoformat(args.first_day)
    except ValueError as error:
        raise OperatorError(f"{args.first_day}: 要写成 2026-03-25 / want a date as 2026-03-25") from error
    try:
        table = read_roster(one_sheet(read_sheets(args.file)))
    except TableFileError as error:
        text = table_words.FILE[error.code].format(detail=error.detail)
        raise OperatorError(f"{args.file}: {text}") from error
    for problem in table.problems:
        print(table_words.problem_line(problem))
    if table.problems:
        print(f"days=0 unreadable={len(table.problems)}")
        return 1
    return asyncio.run(_import(args, table, first_day))


def export_roster(args: argparse.Namespace) -> int:
    return asyncio.run(_export(args))


async def _import(args: argparse.Namespace, table: RosterTable, first_day: date) -> int:
    async with Feeder(args.to, args.token, imports=False) as feeder:
        known = await _known(feeder)
        found = changes(known.plan if known else None, table)
        for day, shift, before, now in found:
            print(f"~ 第 {day} 天 / day {day} {shift}: {before or '–'} → {now}")
        print(f"days={len(table.cycle)} teams={len(table.teams)} changed={len(found)} unreadable=0")
        if args.dry_run:
            return 0
        kind = roster.ReviseRoster if known else roster.SetRoster
        command = kind(shifts=table.shifts, teams=table.teams, first_day=first_day, cycle=table.cycle)
        doc_id, version = (known.id, known.version) if known else (None, None)
        outcome = await feeder.act_on_document(roster.NAME, command, doc_id, version)
        if outcome.status != "applied":
            code = outcome.code or outcome.status
            raise OperatorError(f"后端不接受 / the backend refused: {code} {outcome.detail}", 1)
    return 0


async def _export(args: argparse.Namespace) -> int:
    async with Feeder(args.to, args.token, imports=False) as feeder:
        known = await _known(feeder)
    if known is None:
        raise OperatorError("还没有排班 / there is no roster yet: import one", 1)
    try:
        with args.file.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(roster_table(known.plan))
    except OSError as error:
        raise OperatorError(f"{args.file}: 写不了 / cannot be written ({error.strerror})") from error
    print(f"days={len(known.plan.cycle)} first_day={known.plan.first_day} {args.file}")
    return 0


async def _known(feeder: Feeder) -> roster.Roster | None:
    reply = await feeder.ask("documents", {"kind": roster.NAME, "ids": [roster.ID]})
    if reply.error:
        raise OperatorError(f"后端拒答 / the backend refused to show the roster: {reply.error}")
    found = _rosters(reply.body)
    return found[0] if found else None
