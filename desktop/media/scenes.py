"""Drawn pictures for demonstrations, tests and empty sites: streets in perspective with moving cars. Nothing here was filmed.

An address is test:NAME?seed=N&fault=F. NAME: street, junction, canal, market, square, bars. `fault`: never, lost, frozen,
slow; `after` is the second at which it begins. The picture says 演示 and the seconds it has run, so nobody takes it for real.
"""

import math
from random import Random
from urllib.parse import parse_qs, urlsplit

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QLinearGradient, QPainter, QPolygonF

WIDTH, HEIGHT = 640, 360
HORIZON = 0.36
GROUNDS = {
    "street": ("#55585c", "#7d7f80"),
    "junction": ("#585b60", "#82837f"),
    "canal": ("#56646c", "#6f7f72"),
    "market": ("#5e5a56", "#8a8478"),
    "square": ("#77777a", "#8c8c8a"),
}
CARS = ("#e8e8e6", "#2c3a4d", "#b8bcc0", "#d9a441", "#7a2f2c", "#3d5b4c")


class Scene:
    """One camera's view. The ground is painted once; a frame adds what moves."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        given = {key: values[-1] for key, values in parse_qs(parts.query).items()}
        self.name = parts.path or "street"
        self.fault = given.get("fault", "")
        self.after_s = _number(given.get("after", ""), 0.0)
        seed = int(_number(given.get("seed", ""), 1.0))
        self._random = Random(seed)
        self._bend = self._random.uniform(-0.16, 0.16)
        self._cars = [
            (
                self._random.choice((-1, 1)),
                self._random.random(),
                self._random.uniform(0.035, 0.07),
                self._random.choice(CARS),
            )
            for _ in range(self._random.randint(3, 7))
        ]
        self._ground = self._paint_ground()

    def frame(self, at_s: float) -> QImage:
        """The picture after so many seconds."""
        image = self._ground.copy()
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.name == "bars":
            painter.fillRect(QRectF((at_s * 60) % WIDTH, 0, 24, HEIGHT), QColor("#101010"))
        else:
            self._paint_cars(painter, at_s)
        self._paint_stamp(painter, at_s)
        painter.end()
        return image

    def _vanishing(self) -> QPointF:
        return QPointF(WIDTH * (0.5 + self._bend), HEIGHT * HORIZON)

    def _at(self, side: float, near: float) -> QPointF:
        """A place on the ground: `side` −1 left edge of the road … 1 right, `near` 0 horizon … 1 the camera's foot."""
        away = self._vanishing()
        depth = near * near
        return QPointF(
            away.x() + (side * WIDTH * 0.52 + (WIDTH * 0.5 - away.x())) * depth, away.y() + (HEIGHT - away.y()) * depth
        )

    def _paint_ground(self) -> QImage:
        image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.name == "bars":
            for place, color in enumerate(
                ("#c0c0c0", "#c0c000", "#00c0c0", "#00c000", "#c000c0", "#c00000", "#0000c0")
            ):
                painter.fillRect(QRectF(place * WIDTH / 7, 0, WIDTH / 7 + 1, HEIGHT), QColor(color))
        else:
            self._paint_street(painter)
        painter.end()
        return image

    def _paint_street(self, painter: QPainter) -> None:
        road, side = GROUNDS.get(self.name, GROUNDS["street"])
        sky = QLinearGradient(0, 0, 0, HEIGHT * HORIZON)
        sky.setColorAt(0, QColor("#a9b4bd"))
        sky.setColorAt(1, QColor("#c9cfd2"))
        painter.fillRect(0, 0, WIDTH, HEIGHT, QColor(side))
        painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT * HORIZON), sky)
        painter.setPen(Qt.PenStyle.NoPen)
        for edge in (-1, 1):
            self._paint_houses(painter, edge)
        painter.setBrush(QColor(road))
        painter.drawPolygon(QPolygonF([self._at(-1, 0.02), self._at(1, 0.02), self._at(1, 1.05), self._at(-1, 1.05)]))
        painter.setBrush(QColor("#d9c25a" if self.name != "canal" else "#8fa6b3"))
        painter.drawPolygon(
            QPolygonF([self._at(-0.012, 0), self._at(0.012, 0), self._at(0.016, 1.05), self._at(-0.016, 1.05)])
        )
        painter.setBrush(QColor("#dcdcd8"))
        for lane in (-0.5, 0.5):
            for step in range(4, 20, 2):
                near, far = (step + 1) / 20, step / 20
                self._quad(painter, lane - 0.01, lane + 0.01, far, near)
        if self.name == "junction":
            for stripe in range(-9, 10, 2):
                self._quad(painter, stripe / 10 - 0.045, stripe / 10 + 0.045, 0.7, 0.8)

    def _quad(self, painter: QPainter, left: float, right: float, far: float, near: float) -> None:
        corners = (self._at(left, far), self._at(right, far), self._at(right, near), self._at(left, near))
        painter.drawPolygon(QPolygonF(corners))

    def _paint_houses(self, painter: QPainter, edge: int) -> None:
        """Blocks or trees along one side, the far ones first."""
        for step in range(3, 22, 3):
            near, height = step / 20, self._random.uniform(0.5, 1.0)
            foot, behind = self._at(edge * 1.25, near), self._at(edge * 1.25, max(0.05, near - 0.14))
            if self.name in ("canal", "square") and self._random.random() < 0.7:
                painter.setBrush(QColor(self._random.choice(("#5c7a55", "#4f6b4c", "#6b8560"))))
                radius = 70 * near * near + 4
                painter.drawEllipse(QPointF(foot.x(), foot.y() - radius * 1.6), radius, radius * 1.15)
                painter.setBrush(QColor("#5b4a3a"))
                painter.drawRect(QRectF(foot.x() - radius * 0.1, foot.y() - radius * 0.7, radius * 0.2, radius * 0.7))
                continue
            tall, low = 250 * near * height, 250 * max(0.05, near - 0.14) * height
            painter.setBrush(QColor(self._random.choice(("#b9a58c", "#a9a4a0", "#c2b8a6", "#8f969c", "#b08f7a"))))
            out = edge * WIDTH
            front = [QPointF(behind.x(), behind.y() - low), QPointF(foot.x(), foot.y() - tall), foot, behind]
            painter.drawPolygon(
                QPolygonF(
                    [QPointF(foot.x() + out, foot.y() - tall), front[1], front[2], QPointF(foot.x() + out, foot.y())]
                )
            )
            painter.setBrush(painter.brush().color().darker(112))
            painter.drawPolygon(QPolygonF(front))
            painter.setBrush(QColor(70, 80, 90, 150))
            for row in range(3):
                top = 0.12 + row * 0.28
                a, b = front[1], front[0]
                y1, y2 = foot.y() - a.y(), behind.y() - b.y()
                painter.drawPolygon(
                    QPolygonF(
                        [
                            QPointF(a.x() * 0.85 + b.x() * 0.15, a.y() + y1 * top),
                            QPointF(b.x() * 0.85 + a.x() * 0.15, b.y() + y2 * top),
                            QPointF(b.x() * 0.85 + a.x() * 0.15, b.y() + y2 * (top + 0.14)),
                            QPointF(a.x() * 0.85 + b.x() * 0.15, a.y() + y1 * (top + 0.14)),
                        ]
                    )
                )

    def _paint_cars(self, painter: QPainter, at_s: float) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        moving = []
        for side, start, speed, color in self._cars:
            run = (start + at_s * speed) % 1.0
            moving.append(((1 - run) if side > 0 else run, side, color))
        for run, side, color in sorted(moving):
            near = 0.18 + 0.86 * run
            foot, wide = self._at(side * 0.5, near), 150 * near * near
            body = QRectF(foot.x() - wide / 2, foot.y() - wide * 0.62, wide, wide * 0.55)
            painter.setBrush(QColor(0, 0, 0, 70))
            painter.drawEllipse(QRectF(body.left(), foot.y() - wide * 0.14, wide, wide * 0.2))
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(body, wide * 0.1, wide * 0.1)
            painter.setBrush(QColor("#26303a"))
            painter.drawRoundedRect(body.adjusted(wide * 0.14, wide * 0.07, -wide * 0.14, -wide * 0.28), 2, 2)

    def _paint_stamp(self, painter: QPainter, at_s: float) -> None:
        font = QFont()
        font.setFamilies(["Inter", "Noto Sans SC"])
        font.setPixelSize(15)
        painter.setFont(font)
        painter.setPen(QColor(20, 24, 30, 210))
        time = f"{int(at_s) // 60:02d}:{math.floor(at_s) % 60:02d}"
        text = QCoreApplication.translate("media", "演示画面 {time}").format(time=time)
        painter.drawText(QPointF(WIDTH - 132, 26), text)


def _number(text: str, default: float) -> float:
    try:
        number = float(text)
    except ValueError:
        return default
    return number if math.isfinite(number) else default
