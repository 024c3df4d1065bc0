"""What import and export of tables do: read the file, ask the backend for its table, show the difference, send it in parts."""

import argparse
import asyncio
import csv
import sys
from typing import Any

import msgspec
from msgspec import Struct

from cli import table_words
from cli.errors import OperatorError
from cli.feeder import BUSY, BUSY_PAUSE_S, Feeder
from desktop.services.tables_in import TableFileError, read_sheets
from domain.tables import commands
from domain.tables.current import Tables, lay
from domain.tables.deciding import MOST_DRAFT_ROWS, NAME
from domain.tables.importing import Plan, What, bundles, export, plan_import
from domain.tables.values import Rows
from domain.tables.words import Table
from protocol.messages import Outcome


class _Page(Struct):
    rows: Rows
    total: int


_page = msgspec.json.Decoder(_Page).decode
NEEDED = {
    What.ITEMS: (Table.LIST,),
    What.AREAS: (Table.ORGANISATION,),
    What.UNITS: (Table.ORGANISATION,),
    What.POSTS: (Table.ORGANISATION,),
    What.COMPONENTS: (Table.COMPONENTS, Table.ORGANISATION),
}


def import_table(args: argparse.Namespace) -> int:
    """0 done or nothing to do · 1 rows that cannot be read, or refused."""
    if not args.dry_run and not args.reason.strip():
        raise OperatorError("要写修订原因 / say why the table changes: --reason TEXT, or only look with --dry-run")
    try:
        sheets = read_sheets(args.file)
    except TableFileError as error:
        text = table_words.FILE[error.code].format(detail=error.detail)
        raise OperatorError(f"{args.file}: {text}") from error
    return asyncio.run(_import(args, sheets))


def export_table(args: argparse.Namespace) -> int:
    return asyncio.run(_export(args))


async def _import(args: argparse.Namespace, sheets: Any) -> int:
    what = What(args.what)
    async with Feeder(args.to, args.token, imports=False) as feeder:
        tables = await _tables(feeder, what)
        plan = plan_import(what, sheets, tables, whole=args.whole and not args.keep)
        _show(plan)
        if plan.problems:
            print("什么也没有改 / nothing was changed: put these rows right and import again", file=sys.stderr)
            return 1
        if args.dry_run or not plan.rows:
            return 0
        for bundle in bundles(plan.rows, MOST_DRAFT_ROWS):
            outcome = await _send(feeder, plan.table, args, bundle)
            print(f"{outcome.ticket_id} 已发布 / published")
    return 0


def _show(plan: Plan) -> None:
    for problem in plan.problems:
        print(table_words.problem_line(problem))
    for change in plan.changes:
        print(table_words.change_line(change))
    for line in table_words.note_lines(plan):
        print(line)
    print(table_words.summary(plan))


async def _send(feeder: Feeder, table: Table, args: argparse.Namespace, bundle: list[Rows]) -> Outcome:
    """One revision: all of it counts, or, where something is refused, nothing."""
    start = commands.Start(table=table, reason=args.reason, valid_from=args.valid_from)
    outcome = _applied(await feeder.act_on_document(NAME, start, None, None))
    draft, version = outcome.ticket_id, outcome.version
    try:
        for rows in bundle:
            version = _applied(await feeder.act_on_document(NAME, commands.Put(rows=rows), draft, version)).version
        return _applied(await feeder.act_on_document(NAME, commands.Publish(), draft, version))
    except _RefusedError as error:
        # A draft that nobody can finish would stand in the way of the next import.
        await feeder.act_on_document(NAME, commands.Drop(), draft, version)
        raise OperatorError(str(error), 1) from error


class _RefusedError(OperatorError):
    pass


def _applied(outcome: Outcome) -> Outcome:
    if outcome.status != "applied":
        raise _RefusedError(table_words.refusal(outcome.code or outcome.status, outcome.detail), 1)
    return outcome


async def _export(args: argparse.Namespace) -> int:
    what = What(args.what)
    async with Feeder(args.to, args.token, imports=False) as feeder:
        grid = export(what, await _tables(feeder, what))
    try:
        # With a byte order mark: the spreadsheet of the office opens it as what it is.
        with args.file.open("w", encoding="utf-8-sig", newline="") as file:
            csv.writer(file).writerows(grid)
    except OSError as error:
        raise OperatorError(f"{args.file}: 写不了 / cannot be written ({error.strerror})") from error
    print(f"rows={len(grid) - 1} {args.file}")
    return 0


async def _tables(feeder: Feeder, what: What) -> Tables:
    tables = Tables()
    for table in NEEDED[what]:
        rows = await _read(feeder, table)
        areas, units, posts, components = (dict(tables.areas), dict(tables.units), {}, {})  # type: ignore[var-annotated]
        lay(rows, areas, units, posts, components, {})
        tables = Tables(
            items=tables.items + rows.items,
            areas=areas,
            units=units,
            posts={**tables.posts, **posts},
            components={**tables.components, **components},
        )
    return tables


async def _read(feeder: Feeder, table: Table) -> Rows:
    found: dict[str, tuple[Any, ...]] = {name: () for name in Rows.__struct_fields__}
    offset, total = 0, 1
    while offset < total:
        reply = await feeder.ask("tables", {"table": str(table), "offset": offset})
        if reply.error == BUSY:
            await asyncio.sleep(BUSY_PAUSE_S)
            continue
        if reply.error:
            raise OperatorError(f"后端拒答 / the backend refused to show its table: {reply.error}")
        page = _page(reply.body)
        total = page.total
        if not len(page.rows):
            break
        for name in found:
            found[name] += getattr(page.rows, name)
        offset += len(page.rows)
    return Rows(**found)
