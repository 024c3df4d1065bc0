"""QImage as the picture of the camera services."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MARK_SIZE = QSize(48, 27)
MOST_SIDE = 8192
JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"
END_WITHIN = 1024
"""Some devices add a few bytes after the end of a JPEG."""


class QtPictureKit:
    """May be used from any thread."""

    def decode(self, data: bytes) -> QImage | None:
        """None for what is no picture, is cut off, or is absurdly large."""
        if data.startswith(JPEG_START) and JPEG_END not in data[-END_WITHIN:]:
            return None
        buffer = QBuffer()
        buffer.setData(QByteArray(data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        reader = QImageReader(buffer)
        reader.setAutoTransform(True)
        size = reader.size()
        if not reader.canRead() or max(size.width(), size.height()) > MOST_SIDE:
            return None
        image = reader.read()
        return None if image.isNull() else image

    def mark(self, picture: QImage) -> bytes:
        # Points, not means: the noise of a running sensor shows in single points and vanishes in means.
        small = picture.scaled(
            MARK_SIZE, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.FastTransformation
        )
        return bytes(small.convertToFormat(QImage.Format.Format_Grayscale8).constBits())
