"""How widget tests look at a widget: which texts it paints, whether its pixels change."""

import xml.etree.ElementTree as ElementTree

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

SVG = "{http://www.w3.org/2000/svg}"


def lay_out(widget: QWidget, width: int | None = None, height: int | None = None) -> QWidget:
    """Give the widget its size hint, or the given size, and let its layout settle, without a window on a screen."""
    widget.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    widget.show()  # layouts measure hidden children only once they are shown
    hint = widget.sizeHint()
    widget.resize(QSize(width or max(hint.width(), 1), height or max(hint.height(), 1)))
    return widget


def painted_line(widget: QWidget) -> str:
    """All text the widget and its children paint, in painting order and without blanks; an ellipsis is visible here."""
    return "".join("".join(painted_texts(widget)).split())


def missing(widget: QWidget, *texts: str) -> set[str]:
    """Those of `texts` that the widget does not paint whole."""
    line = painted_line(widget)
    return {text for text in texts if "".join(text.split()) not in line}


def painted_texts(widget: QWidget) -> list[str]:
    """The text runs as painted. Qt cuts a text where the font changes, so one sentence may be several runs."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    widget.render(generator, QPoint())
    buffer.close()
    root = ElementTree.fromstring(bytes(data))
    return ["".join(node.itertext()).strip() for node in root.iter(f"{SVG}text")]


def picture(widget: QWidget) -> QImage:
    """The pixels of the widget."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def is_blank(image: QImage) -> bool:
    """Whether every pixel is the same."""
    first = image.pixel(0, 0)
    return all(image.pixel(x, y) == first for x in range(image.width()) for y in range(image.height()))


def alike(one: QImage, other: QImage) -> bool:
    """Whether two pictures show the same: the edges of glyphs may differ by a shade, nothing may differ clearly."""
    if one.size() != other.size():
        return False
    points = [(x, y) for x in range(one.width()) for y in range(one.height())]
    clear = sum(abs(one.pixelColor(x, y).lightness() - other.pixelColor(x, y).lightness()) > 96 for x, y in points)
    return clear <= len(points) // 1000
