"""A report in words and figures, before any layout: sections of texts, tables and charts. One paper makes the .docx, PDF and XLSX.

Composed by the views (words need a language), laid out by three writers that add nothing of their own.
"""

from datetime import date, datetime

from msgspec import Struct

from desktop.services.export.tables import Cell, Percent

DASH = "–"


class Column(Struct, frozen=True):
    """`key` is its name in templates. `weight` = share of the width."""

    key: str
    title: str
    weight: float = 1.0
    number: bool = False
    """Right-aligned, tabular figures."""


class Table(Struct, frozen=True, kw_only=True):
    """`empty` stands in place of the rows where there are none."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell | Percent, ...], ...]
    empty: str = ""


class Series(Struct, frozen=True):
    name: str
    values: tuple[float | None, ...]


class Chart(Struct, frozen=True, kw_only=True):
    """`kind`: columns (over time, side by side) · bars (lying, one series, longest first) · lines. `percent`: values are fractions.

    `target` is a fraction or count with a line of its own.
    """

    id: str
    kind: str
    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    percent: bool = False
    target: float | None = None
    target_name: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(value for one in self.series for value in one.values)


class Text(Struct, frozen=True):
    text: str
    strong: bool = False


Block = Text | Table | Chart


class Section(Struct, frozen=True):
    title: str
    blocks: tuple[Block, ...]


class Paper(Struct, frozen=True, kw_only=True):
    """`template` names the Word template. `about`: what a cover says, as (label, text). `notes`: numbered footnotes."""

    template: str
    title: str
    subtitle: str
    site: str
    about: tuple[tuple[str, str], ...]
    summary: tuple[str, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    file_name: str
    """Without suffix."""
    without: tuple[str, ...] = ()
    """Charts that its template knows and this paper has not: their place goes away, they are no unknown fields."""
    texts: dict[str, str] = {}
    """Further fields of the template."""
    stamp: datetime | None = None
    """What its figures are as of, in the site's zone: the date that files carry inside."""
    running: str = ""
    """At the head of each page."""

    def tables(self) -> tuple[Table, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Table))

    def charts(self) -> tuple[Chart, ...]:
        return tuple(block for section in self.sections for block in section.blocks if isinstance(block, Chart))


def shown(cell: Cell | Percent) -> str:
    """A cell as text: 1,312 · 95.15% · –."""
    match cell:
        case None:
            return DASH
        case Percent(value=None):
            return DASH
        case Percent(value=float() | int()):
            return f"{100 * (cell.value or 0.0):.2f}%"
        case bool() | str():
            return str(cell)
        case int():
            return f"{cell:,}"
        case float():
            return f"{cell:,.2f}"
        case date():
            return cell.isoformat()
        case _:
            return str(cell)
