"""Which figure a person means: a tile, a row of a list, a part of a chart; and what of it is asked behind it. No widget here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal

from desktop.models.names import Names
from desktop.views import kpi_words
from desktop.views.kpi_board import board_values as values
from desktop.views.kpi_board import list_values as lists
from desktop.views.kpi_board.behind import Figure
from desktop.views.kpi_board.extras import Scores, Spots
from desktop.views.kpi_board.periods import day_text
from domain.kpi_scores import ScoreRow
from domain.kpi_types import Board, Kpi, Period, RankRow

RANKED_BY = "on_time_rate"


class Openings(QObject):
    """`opened(Figure)`: a person wants the tickets behind it. Whoever shows the figures keeps the fields up to date."""

    opened = Signal(object)
    band_opened = Signal(str)
    """The open tickets of an age band, which are no figure of a period."""
    hour_opened = Signal(int)
    """What was accepted today in an hour of the day, which no question about periods of days can ask for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.board: Board | None = None
        self.kpis: dict[str, Kpi] = {}
        self.today: date | None = None
        self.names = Names()
        self.scores: dict[str, Scores] = {}
        self.spots: Spots | None = None

    def on_tile_clicked(self) -> None:
        self._open(self.sender().objectName())

    def on_rate_activated(self, kpi_id: str) -> None:
        if kpi_id in (values.AGE_MEDIAN, values.AGE_P90):
            ages = None if self.board is None else self.board.ages
            if ages is not None:
                self._open_count("closed", ages.tickets, kpi_words.kpi_name("closed"))
            return
        self._open(kpi_id)

    def _open_count(
        self,
        kpi_id: str,
        count: int,
        name: str,
        filters: tuple[tuple[str, str], ...] = (),
        period: Period | None = None,
    ) -> None:
        """The tickets of a plain count: all in the numerator."""
        if self.board is None:
            return
        period = replace(period or self.board.period, by="accepted" if kpi_id == "accepted" else "closed")
        kpi = Kpi(id=kpi_id, numerator=count, denominator=count, as_of=self.board.as_of, period=period)
        self.opened.emit(Figure(kpi, name, filters=filters))

    def on_source_row(self, row: int) -> None:
        rows = values.source_rows(self.board.sources) if self.board else ()
        if row < len(rows) and rows[row].code:
            self._open_count("accepted", rows[row].n, rows[row].name, (("source", rows[row].code),))

    def on_level_row(self, row: int) -> None:
        if self.board is None or row >= len(self.board.levels):
            return
        share, period = self.board.levels[row], replace(self.board.period, by="closed")
        kpi_id = f"{kpi_words.LEVEL_PREFIX}{share.level.value}"
        kpi = Kpi(id=kpi_id, numerator=share.count, denominator=share.total, as_of=self.board.as_of, period=period)
        self.opened.emit(Figure(kpi, kpi_words.kpi_name(kpi_id)))

    def on_backlog_row(self, row: int) -> None:
        if self.board is not None and row < len(self.board.backlog):
            self.band_opened.emit(self.board.backlog[row][0])

    def on_day_row(self, row: int) -> None:
        """What was accepted on a day."""
        days = self.board.daily if self.board else ()
        if row < len(days):
            day, accepted, _ = days[row]
            name = f"{kpi_words.kpi_name('accepted')} · {day_text(day, self.today or day)}"
            self._open_count("accepted", accepted, name, period=Period(day, day + timedelta(days=1)))

    def _open(self, kpi_id: str) -> None:
        figure = self.figure(kpi_id)
        if figure is not None:
            self.opened.emit(figure)

    def figure(self, kpi_id: str, area: str = "", unit: str = "") -> Figure | None:
        """The figure as it is shown now, of all or of one area or unit; None where it is not shown."""
        kpi = self.kpis.get(kpi_id)
        if kpi is None or not (area or unit):
            return None if kpi is None else Figure(kpi, kpi_words.kpi_name(kpi_id))
        scored = self.scores.get("areas" if area else "units")
        if scored is not None:
            return self._scored(scored, kpi_id, area, unit)
        rows = () if self.board is None else self.board.ranking if area else self.board.units
        row = next((row for row in rows if row.code == (area or unit)), None)
        if row is None:
            return None
        part = replace(kpi, numerator=row.numerator, denominator=row.denominator, excluded={})
        name = f"{kpi_words.kpi_name(kpi_id)} · {row.name or self.names.area(row.code)}"
        return Figure(part, name, area=area, unit=unit)

    def _scored(self, scored: Scores, kpi_id: str, area: str, unit: str) -> Figure | None:
        row = next((row for row in scored.rows if row.code == (area or unit)), None)
        kpi = None if row is None else values.by_id(row.kpis).get(kpi_id)
        if row is None or kpi is None:
            return None
        name = row.name if row.name != row.code else self.names.area(row.code)
        return Figure(kpi, f"{kpi_words.kpi_name(kpi_id)} · {name}", area=area, unit=unit)

    def _codes(self, name: str) -> list[tuple[str, str]]:
        """(code, name as printed) of the rows of a list, in its order."""
        rows: Sequence[RankRow | ScoreRow] = ()
        if name in self.scores:
            rows = self.scores[name].rows
        elif self.board is not None:
            rows = self.board.ranking if name == "areas" else self.board.units
        return [(row.code, row.name if row.name not in ("", row.code) else self.names.area(row.code)) for row in rows]

    def on_area_row(self, row: int) -> None:
        for code, _ in self._codes("areas")[row : row + 1]:
            self._open_ranked(area=code)

    def on_unit_row(self, row: int) -> None:
        for code, _ in self._codes("units")[row : row + 1]:
            self._open_ranked(unit=code)

    def on_area_named(self, name: str) -> None:
        for code in [code for code, shown in self._codes("areas") if shown == name][:1]:
            self._open_ranked(area=code)

    def on_unit_named(self, name: str) -> None:
        for code in [code for code, shown in self._codes("units") if shown == name][:1]:
            self._open_ranked(unit=code)

    def on_spot_named(self, name: str) -> None:
        rows = () if self.spots is None else lists.spot_rows(self.spots, self.names)
        for row in [index for index, spot in enumerate(rows) if spot.name == name][:1]:
            self.on_spot_row(row)

    def on_spot_row(self, row: int) -> None:
        """All that came in of this matter at this place."""
        if self.spots is None or self.board is None or row >= len(self.spots.rows):
            return
        spot = self.spots.rows[row]
        name = f"{self.names.area(spot.area)} · {spot.item}"
        self._open_count("accepted", spot.count, name, (("community", spot.area), ("sub_class", spot.item)))

    def _open_ranked(self, area: str = "", unit: str = "") -> None:
        figure = self.figure(RANKED_BY, area, unit)
        if figure is not None:
            self.opened.emit(figure)
