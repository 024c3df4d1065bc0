"""A list (清单) as a table → items. One row is one problem (细项): a sub-class with several filing conditions is several items.

Where the table has no code of its own per row, one is made in the manner of GB/T 30428.2: SJ (事件) or BJ (部件), two digits each for
class, sub-class and problem. A row that is in the list already, by class, sub-class and condition, keeps the code it has.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from domain.catalogue import Catalogue, Evidence, Item
from domain.ids import ItemCode
from domain.tables.limits import read_limit
from domain.tables.sheets import (
    Cells,
    Line,
    Problem,
    Reading,
    Sheet,
    UnreadableError,
    Wrong,
    find_columns,
    plain,
    read_lines,
)
from domain.ticket import Limit
from domain.vocabulary import LimitType, Urgency

COLUMNS = {
    "code": ("细项代码", "事项编码", "清单编码", "编码", "item_code", "code"),
    "kind": ("类别", "kind"),
    "class_code": ("大类代码", "class_code"),
    "class_name": ("大类名称", "大类", "class_name"),
    "sub_code": ("小类代码", "sub_code"),
    "sub_class_name": ("小类名称", "小类", "sub_class_name"),
    "name": ("细项名称", "细项", "问题名称", "item_name", "name"),
    "unit": ("处置单位", "责任单位", "unit"),
    "department": ("主管部门", "department"),
    "filing_condition": ("立案条件", "立案标准", "filing_condition"),
    "closing_condition": ("结案条件", "结案标准", "closing_condition"),
    "limit": ("处置时限", "时限", "limit"),
    "limit_amount": ("limit_amount",),
    "limit_type": ("limit_type",),
    "urgency": ("优先级", "紧急程度", "priority", "urgency"),
    "needs_check": ("需核查", "needs_check"),
    "evidence": ("取证要求", "evidence"),
    "law": ("法律依据", "依据", "law"),
}
LEAST_COLUMNS = 3
KINDS = {"事件": "event", "event": "event", "部件": "component", "component": "component"}
PREFIX = {"event": "SJ", "component": "BJ"}
URGENCIES = {
    "特急": Urgency.TOP,
    "紧急": Urgency.HIGH,
    "一般": Urgency.NORMAL,
    **{str(each): each for each in Urgency},
}
EVIDENCES = {
    "不需": Evidence.NONE,
    "照片": Evidence.PHOTO,
    "前后照片": Evidence.BEFORE_AFTER,
    **{str(each): each for each in Evidence},
}
YES_NO = {"1": True, "是": True, "yes": True, "true": True, "0": False, "否": False, "no": False, "false": False}
_ABOVE = ("class_code", "class_name", "sub_code", "sub_class_name", "unit", "department")
V = TypeVar("V")
Place = tuple[str, str, str]
"""(kind, class, sub-class)"""


def read_items(sheets: Sequence[Sheet], known: Catalogue) -> Reading[Item]:
    """All sheets that have a heading; a file in which none has one says so. `known` gives the codes that rows have already."""
    reader = _Reader(known)
    without: list[Problem] = []
    for sheet in sheets:
        try:
            first, columns = find_columns(sheet, COLUMNS, LEAST_COLUMNS)
        except UnreadableError as problem:
            without.append(Problem(sheet.name, 0, problem.code, problem.detail))
            continue
        reader.read(sheet, first, columns)
    if len(without) == len(sheets):
        return Reading(problems=tuple(without))
    return Reading(tuple(reader.items), tuple(reader.problems), reader.notes)


class _Reader:
    def __init__(self, known: Catalogue) -> None:
        self.items: list[Item] = []
        self.problems: list[Problem] = []
        self.notes: dict[str, tuple[str, int]] = {}
        self._rows: dict[str, int] = {}
        self._codes = {_identity(item): item.code for item in known}
        self._used = {item.code for item in known.everything()}
        self._above: dict[str, str] = {}

    def read(self, sheet: Sheet, first: int, columns: dict[str, int]) -> None:
        if "name" not in columns and "sub_class_name" not in columns:
            self.problems.append(Problem(sheet.name, 0, Wrong.NO_COLUMN, {"column": COLUMNS["sub_class_name"][0]}))
            return
        self._above = {}
        found: list[tuple[int, dict[str, str]]] = []
        for each in read_lines(sheet, first, columns, lambda line, cells: self._filled(sheet, line, cells)):
            if isinstance(each, Problem):
                self.problems.append(each)
            else:
                found.append(each)
        several = _several(cells for _, cells in found)
        classes = {cells.get("class_name", ""): cells["class_code"] for _, cells in found if cells.get("class_code")}
        for number, cells in found:
            if not cells.get("class_code"):  # its name tells it
                cells["class_code"] = classes.get(cells.get("class_name", ""), "")
            try:
                self._take(number, self._item(sheet, cells, several))
            except UnreadableError as problem:
                self.problems.append(Problem(sheet.name, number, problem.code, problem.detail))

    def _filled(self, sheet: Sheet, line: Line, cells: dict[str, str]) -> dict[str, str]:
        """With class and sub-class from above, where the sheet has them once for a block of rows."""
        if sheet.merged or cells.get("code"):
            return cells
        if cells.get("class_name") or cells.get("class_code"):
            self._above = {}
        elif self._above:
            cells.update({name: self._above[name] for name in _ABOVE[:2] if name in self._above})
        if not cells.get("sub_code") and not cells.get("sub_class_name") and "sub_class_name" in self._above:
            cells.update({name: self._above[name] for name in _ABOVE[2:] if name in self._above and not cells[name]})
        self._above = {name: cells[name] for name in _ABOVE if name in cells}
        return cells

    def _item(self, sheet: Sheet, cells: dict[str, str], several: set[Place]) -> Item:
        kind = _word(cells, "kind", KINDS, KINDS.get(sheet.name, "event"))
        sub_class = cells.get("sub_class_name", "") or cells.get("name", "")
        name = cells.get("name", "")
        if "name" not in cells:
            many = _place(cells) in several and cells.get("filing_condition")
            name = cells["filing_condition"] if many else sub_class
        if not sub_class or not name:
            raise UnreadableError(Wrong.NO_NAME)
        limit = self._limit(cells)
        urgent = limit is not None and limit.type is LimitType.URGENT_HOURS
        item = Item(
            code=ItemCode(""),
            class_name=cells.get("class_name", "") or sub_class,
            sub_class_name=sub_class,
            name=name,
            kind=kind,
            urgency=_word(cells, "urgency", URGENCIES, Urgency.HIGH if urgent else Urgency.NORMAL),
            limit=limit,
            needs_check=_word(cells, "needs_check", YES_NO, True),
            filing_condition=cells.get("filing_condition", ""),
            closing_condition=cells.get("closing_condition", ""),
            unit=cells.get("unit", ""),
            department=cells.get("department", ""),
            evidence=_word(cells, "evidence", EVIDENCES, Evidence.BEFORE_AFTER),
            law=cells.get("law", ""),
        )
        return replace(item, code=self._code(item, cells))

    def _limit(self, cells: Cells) -> Limit | None:
        if cells.get("limit_amount"):
            return _exported_limit(cells)
        text = plain(cells.get("limit", ""))
        read = read_limit(text)
        if read is None:
            raise UnreadableError(Wrong.BAD_LIMIT, text=text)
        if text:
            how = "" if read.limit is None else f"{read.limit.amount:g} {read.limit.type}"
            _, count = self.notes.get(text, ("", 0))
            self.notes[text] = (how, count + 1)
        return read.limit

    def _code(self, item: Item, cells: Cells) -> ItemCode:
        given = plain(cells.get("code", ""))
        if given:
            return ItemCode(given)
        known = self._codes.get(_identity(item))
        if known is not None:
            return known
        start = PREFIX[item.kind] + _two(cells, "class_code") + _two(cells, "sub_code")
        code = next(code for n in range(1, 10_000) if (code := ItemCode(f"{start}{n:02d}")) not in self._used)
        self._used.add(code)
        self._codes[_identity(item)] = code
        return code

    def _take(self, number: int, item: Item) -> None:
        first = self._rows.get(item.code)
        if first is not None:
            raise UnreadableError(Wrong.CODE_TWICE, row=item.code, first=first)
        self._rows[item.code] = number
        self.items.append(item)


def _several(rows: Iterable[Cells]) -> set[Place]:
    """Sub-classes that stand in more than one row: their items are named by the filing condition."""
    seen: set[Place] = set()
    several: set[Place] = set()
    for cells in rows:
        place = _place(cells)
        (several if place in seen else seen).add(place)
    return several


def _place(cells: Cells) -> Place:
    return cells.get("kind", ""), cells.get("class_name", ""), cells.get("sub_class_name", "")


def _identity(item: Item) -> tuple[str, ...]:
    """What makes a row of a standard without codes the same row next time."""
    return item.kind, item.class_name, item.sub_class_name, item.filing_condition or item.name


def _two(cells: Cells, column: str) -> str:
    text = plain(cells.get(column, ""))
    if not text:
        raise UnreadableError(Wrong.NO_CODE)
    if not text.isascii() or not text.isalnum() or len(text) > 8:
        raise UnreadableError(Wrong.BAD_CODE, text=text)
    return text.zfill(2)


def _word(cells: Cells, column: str, words: dict[str, V], usual: V) -> V:
    text = plain(cells.get(column, "")).casefold()
    if not text:
        return usual
    if text not in words:
        raise UnreadableError(Wrong.BAD_WORD, column=column, text=text, allowed=list(words))
    return words[text]


def _exported_limit(cells: Cells) -> Limit:
    """As our own export writes it: amount and type in two columns."""
    try:
        limit = Limit(float(cells["limit_amount"]), LimitType(cells.get("limit_type", "")))
    except ValueError as error:
        text = f"{cells['limit_amount']} {cells.get('limit_type', '')}"
        raise UnreadableError(Wrong.BAD_LIMIT, text=text) from error
    if not 0 < limit.amount < float("inf"):
        raise UnreadableError(Wrong.BAD_LIMIT, text=cells["limit_amount"])
    return limit
