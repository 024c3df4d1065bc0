"""How a live table looks: palette, row height, painted header. No QSS: a background there makes scrolling ten times slower."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from desktop.theme.theme import Theme
from desktop.widgets.painting import LEFT, draw_text, hair_line


class TableHeader(QHeaderView):
    """Header cells: quiet words on surface.raised, a line below, an arrow on the sorted column."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent=None) -> None:
        super().__init__(orientation, parent)
        self._theme = theme
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setDefaultAlignment(LEFT)

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme."""
        self._theme = theme
        self.updateGeometry()
        self.viewport().update()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self._theme.row("compact"))

    def paintSection(self, painter: QPainter, rect, logical_index: int) -> None:
        theme = self._theme
        model = self.model()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, theme.component("table", "header"))
        text = model.headerData(logical_index, self.orientation(), Qt.ItemDataRole.DisplayRole) if model else ""
        align = (
            model.headerData(logical_index, self.orientation(), Qt.ItemDataRole.TextAlignmentRole) if model else None
        )
        pad = theme.space("s")
        box = QRectF(rect).adjusted(pad, 0, -pad, 0)
        color = theme.component("table", "header_text")
        if text:
            flags = Qt.AlignmentFlag(align) if align is not None else LEFT
            used = draw_text(painter, box, str(text), theme.font("small"), color, flags)
            if self.isSortIndicatorShown() and self.sortIndicatorSection() == logical_index:
                arrow = "↑" if self.sortIndicatorOrder() == Qt.SortOrder.AscendingOrder else "↓"
                rest = box.adjusted(used + theme.space("xs"), 0, 0, 0)
                draw_text(painter, rest, arrow, theme.font("small"), theme.color("accent.base"))
        hair_line(painter, theme, rect.left(), rect.bottom() + 1 - theme.pen("hair"), rect.right() + 1)
        painter.restore()


def style_table(view: QTableView, theme: Theme, row: str = "normal") -> None:
    """Dress a table view. Call again after a theme change; the header is made once."""
    view.setPalette(theme.palette())
    view.setFont(theme.font("body"))
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.setShowGrid(False)
    view.setAlternatingRowColors(False)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(theme.row(row))
    view.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
    header = view.horizontalHeader()
    if isinstance(header, TableHeader):
        header.apply_theme(theme)
    else:
        view.setHorizontalHeader(TableHeader(theme, parent=view))
    if theme.is_wall:
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
