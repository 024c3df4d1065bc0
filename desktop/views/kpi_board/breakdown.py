"""拆分: one figure by one breakdown at a time; narrowing it by a row and splitting again gives any combination. No widget here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from desktop.models.names import Names
from desktop.services.values import Answer
from desktop.views import kpi_words, words
from desktop.views.kpi_board.behind import Figure
from desktop.views.trouble import Trouble
from desktop.widgets.painting import LEFT, RIGHT, format_count, format_percent
from desktop.widgets.values import DASH
from domain.kpi_types import Kpi

if TYPE_CHECKING:
    from desktop.bridge import Bridge

Index = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
DIMS = ("town", "community", "grid", "unit", "class", "sub_class", "source", "loop", "level", "month", "day")
"""What a person can split by."""
VALUE, RATE, FRACTION, EXCLUDED = range(4)


class Row(Struct, frozen=True):
    """One value of the breakdown."""

    values: tuple[str, ...]
    numerator: int
    denominator: int
    excluded: dict[str, int] = {}


class BreakdownReply(Struct, frozen=True, kw_only=True):
    """Body of the answer to "breakdown". `total` rows there are, the biggest first; `kpi` = all of them together."""

    kpi: Kpi
    total: int
    rows: tuple[Row, ...]


_REPLY = msgspec.json.Decoder(BreakdownReply)


def dim_word(dim: str) -> str:
    translate = QCoreApplication.translate
    return {
        "town": translate("kpi", "街道"),
        "community": translate("kpi", "社区"),
        "grid": translate("kpi", "网格"),
        "unit": translate("kpi", "单位"),
        "class": translate("kpi", "大类"),
        "sub_class": translate("kpi", "小类"),
        "source": translate("kpi", "来源"),
        "loop": translate("kpi", "循环"),
        "level": translate("kpi", "层级"),
        "month": translate("kpi", "月"),
        "day": translate("kpi", "日"),
    }[dim]


def value_word(dim: str, value: str, names: Names) -> str:
    """A value of a breakdown in words; empty = the ticket has none."""
    translate = QCoreApplication.translate
    if not value:
        return translate("kpi", "未定")
    if dim in ("town", "community", "grid"):
        return names.area(value)
    if dim == "unit":
        return names.unit(value)
    if dim == "source":
        return words.source_word(value)
    if dim == "level":
        return kpi_words.level_name(value)
    return kpi_words.loop_name(value) if dim == "loop" else value


def split_sum(reply: BreakdownReply) -> str:
    """Whether the rows add up to the figure, in words."""
    translate = QCoreApplication.translate
    above, below = (sum(getattr(row, name) for row in reply.rows) for name in ("numerator", "denominator"))
    if len(reply.rows) < reply.total:
        return translate("kpi", "只列前 {n} 行，共 {total} 行").format(n=len(reply.rows), total=reply.total)
    if (above, below) == (reply.kpi.numerator, reply.kpi.denominator):
        return translate("kpi", "各行合计 {n} / {m}，与数字相符").format(n=format_count(above), m=format_count(below))
    return translate("kpi", "各行合计 {n} / {m}，与数字不符，请报告").format(
        n=format_count(above), m=format_count(below)
    )


class _Question:
    def __init__(self, owner: BreakdownQuery, dim: str) -> None:
        self._owner: BreakdownQuery | None = owner
        self.dim = dim

    def drop(self) -> None:
        self._owner = None

    def done(self, answer: Answer) -> None:
        if self._owner is not None:
            self._owner.take(answer)


class BreakdownQuery(QObject):
    """`changed` when an answer has come, good or bad."""

    changed = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._open: _Question | None = None
        self._asked: tuple[Figure, str] | None = None
        self.reply: BreakdownReply | None = None
        self.trouble = Trouble()

    @property
    def error(self) -> str:
        """Code of what failed last; "" while all is well."""
        return self.trouble.code

    def need(self, figure: Figure, dim: str) -> None:
        """This figure by this breakdown is about to be shown: asked for once."""
        if self._asked == (figure, dim):
            return
        self.stop()
        self._asked, self.reply = (figure, dim), None
        self.trouble.clear()
        self._open = _Question(self, dim)
        self._bridge.ask_then("breakdown", {**figure.question(), "dims": [dim]}, self._open.done)

    def stop(self) -> None:
        """Nobody looks any more."""
        if self._open is not None:
            self._open.drop()
        self._open, self._asked = None, None

    def take(self, answer: Answer) -> None:
        self._open = None
        try:
            if not answer.error:
                self.reply = _REPLY.decode(answer.body or b"")
            self.trouble.note(answer.error, self._bridge.clock.now_business())
        except msgspec.DecodeError:
            self.trouble.failed("unreadable", self._bridge.clock.now_business())
        self.changed.emit()


class BreakdownModel(QAbstractTableModel):
    """The rows, exchanged as a whole."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dim = DIMS[0]
        self._rows: tuple[Row, ...] = ()
        self._names = Names()

    def set_names(self, names: Names) -> None:
        self._names = names

    def set_rows(self, dim: str, rows: tuple[Row, ...]) -> None:
        if (dim, rows) != (self._dim, self._rows):
            self.beginResetModel()
            self._dim, self._rows = dim, rows
            self.endResetModel()

    def row(self, index: int) -> Row | None:
        return self._rows[index] if 0 <= index < len(self._rows) else None

    def name(self, index: int) -> str:
        """The value of a row in words."""
        return value_word(self._dim, self._rows[index].values[0], self._names)

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else EXCLUDED + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return LEFT if index.column() == VALUE else RIGHT
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        row = self._rows[index.row()]
        if index.column() == VALUE:
            return self.name(index.row())
        if index.column() == RATE:
            return f"{format_percent(100 * row.numerator / row.denominator)}%" if row.denominator else DASH
        if index.column() == FRACTION:
            return f"{format_count(row.numerator)} / {format_count(row.denominator)}"
        return format_count(sum(row.excluded.values()))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (dim_word(self._dim), self.tr("值"), self.tr("分子 / 分母"), self.tr("剔除"))[section]
        return (LEFT if section == VALUE else RIGHT) if role == Qt.ItemDataRole.TextAlignmentRole else None
