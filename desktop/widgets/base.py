"""The base of every widget: holds the theme and re-styles itself and its children. No drawing here."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from desktop.theme.theme import Theme


class ThemedWidget(QWidget):
    """A widget with a theme. Subclasses override `restyle` when they keep fonts, margins or sizes."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    @property
    def theme(self) -> Theme:
        return self._theme

    def apply_theme(self, theme: Theme) -> None:
        """Take another theme, hand it to the direct children that know themes, and repaint."""
        self._theme = theme
        apply_to_children(self, theme)
        self.restyle()
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Called after the theme changed."""

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self.layout() is None else super().minimumSizeHint()


def apply_to_children(widget: QWidget, theme: Theme) -> None:
    """Hand `theme` to every themed widget below `widget`, through plain containers too."""
    for child in widget.children():
        if not isinstance(child, QWidget):
            continue
        apply = getattr(child, "apply_theme", None)
        if apply is not None:
            apply(theme)
        else:
            apply_to_children(child, theme)


def tab_after(anchor: QWidget, controls: Iterable[QWidget]) -> None:
    """Controls made later than the rest of a window would be last in its order of focus: they come where `anchor` is."""
    policy, before = anchor.focusPolicy(), anchor
    anchor.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # Qt orders nothing after what never takes the keyboard
    for control in controls:
        QWidget.setTabOrder(before, control)
        before = control
    anchor.setFocusPolicy(policy)


def set_shown(widget: QWidget, shown: bool) -> None:
    """Hide, or show together with its parent. A widget that has no parent yet must not open a window of its own."""
    if not shown:
        widget.setHidden(True)
    elif widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)
    else:
        widget.setHidden(False)
