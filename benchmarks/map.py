"""P11: frames of the map while a hand pans and zooms, painted in software at 1920 x 1080.

python -m benchmarks.map [--quick] [--json FILE]. 1,000 polygons of 24 corners, 5,000 tickets, 313 cameras with sectors; then ten
times that. A frame is the whole turn of the event loop: move, paint, and the piece of ground work done in between. Figures are
milliseconds of wall time (a person feels them), with the CPU time of the same turns and the machine's load beside. Garbage is
collected as in the program, by its timer.
"""

import argparse
import json
import os
import platform
import random
import statistics
import time
from collections.abc import Callable
from math import cos, pi, sin
from pathlib import Path
from typing import Any

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from desktop.app.garbage import GarbageTimer
from desktop.services.maps.package import read_package
from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.widgets.map_canvas.canvas import MapCanvas
from desktop.widgets.map_canvas.values import CameraMark, Layer, TicketColumns
from domain.geo.measure import Frame
from domain.geo.polygons import AreaShape, Polygon
from domain.ids import AreaCode
from domain.ticket import Point
from resources import path as resource_path

CENTER = Point(114.35, 22.69)
SIDE_M = 9000.0
GOALS = {1: 8.0, 10: 16.0}
ZOOMS = {"district": 13.0, "town": 15.0, "street": 17.2}
STATES = ("live", "live", "live", "still", "still", "frozen", "lost")


def polygons(count: int) -> list[AreaShape]:
    """Neighbouring cells of 24 corners that fill the square."""
    frame, side = Frame(CENTER), round(count**0.5)
    size = SIDE_M / side
    shapes = []
    for number in range(count):
        x, y = (number % side - side / 2 + 0.5) * size, (number // side - side / 2 + 0.5) * size
        ring = [
            frame.degrees(
                x + size / 2 * cos(a) * (1.15 if n % 2 else 0.95), y + size / 2 * sin(a) * (1.15 if n % 2 else 0.95)
            )
            for n, a in enumerate(2 * pi * k / 24 for k in range(24))
        ]
        shapes.append(
            AreaShape(code=AreaCode(f"{number:015d}"), name=f"网格 {number}", polygons=(Polygon((*ring, ring[0])),))
        )
    return shapes


def canvas_of(factor: int, drawn: bool = False) -> MapCanvas:
    """`drawn`: with the streets, blocks and buildings of the demonstration under it (not part of the goal's wording)."""
    dice, frame = random.Random(11), Frame(CENTER)

    def place() -> tuple[float, float]:
        return frame.degrees(dice.uniform(-SIDE_M, SIDE_M) / 2, dice.uniform(-SIDE_M, SIDE_M) / 2)

    canvas = MapCanvas(Theme.load("dark", "desk"))
    canvas.resize(1920, 1080)
    canvas.set_areas([("grid", polygons(1000 * factor))])
    tickets = [place() for _ in range(5000 * factor)]
    states = np.array(dice.choices(range(5), (4, 8, 80, 5, 3), k=len(tickets)), np.int8)
    urgencies = np.array(dice.choices(range(3), (4, 22, 74), k=len(tickets)), np.int8)
    lon, lat = np.array(tickets).T
    canvas.set_tickets(TicketColumns(tuple(map(str, range(len(tickets)))), lon.copy(), lat.copy(), states, urgencies))
    cameras = [
        CameraMark(str(n), str(n), *place(), dice.uniform(0, 360), 60.0, 100.0, dice.choice(STATES))
        for n in range(313 * factor)
    ]
    canvas.set_cameras(cameras)
    canvas.set_layers(frozenset((Layer.TICKETS, Layer.GRIDS, Layer.CAMERAS)))
    if drawn:
        ground = read_package(resource_path("maps", "demo")).ground
        canvas.set_ground(ground.features if ground else ())
    canvas.show()
    return canvas


def turns(app: QApplication, canvas: MapCanvas, step: Callable[[int], None], count: int) -> dict[str, float]:
    """Time `count` turns: a move by hand, its frame, and whatever the event loop does with it."""
    walls, cpus = [], []
    for number in range(count):
        wall, cpu = time.perf_counter(), time.process_time()
        step(number)
        app.processEvents()
        walls.append((time.perf_counter() - wall) * 1000)
        cpus.append((time.process_time() - cpu) * 1000)
    cuts = statistics.quantiles(walls, n=100)
    cpu_cuts = statistics.quantiles(cpus, n=100)
    return {
        "p50": statistics.median(walls),
        "p99": cuts[98],
        "worst": max(walls),
        "cpu_p50": statistics.median(cpus),
        "cpu_p99": cpu_cuts[98],
    }


def measure(app: QApplication, factor: int, frames: int, drawn: bool = False) -> dict[str, dict[str, float]]:
    canvas = canvas_of(factor, drawn)
    app.processEvents()
    garbage = GarbageTimer()
    garbage.start()
    figures = {}
    for name, zoom in ZOOMS.items():
        canvas.show_place(CENTER.lon, CENTER.lat, zoom)
        canvas.finish()
        app.processEvents()
        figures[f"pan {name}"] = turns(app, canvas, lambda n: canvas.pan(14 * cos(n / 40), 9 * sin(n / 25)), frames)
    canvas.show_place(CENTER.lon, CENTER.lat, 13.0)
    canvas.finish()
    zoomed = turns(app, canvas, lambda n: canvas.zoom_by(0.08 if n % 100 < 50 else -0.08), frames)
    figures["zoom"] = zoomed
    start = time.perf_counter()
    canvas.finish()
    figures["sharp after zoom"] = {"worst": (time.perf_counter() - start) * 1000}
    garbage.stop()
    canvas.close()
    canvas.deleteLater()
    return figures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    frames = 200 if args.quick else 1000
    app = QApplication([])
    app.setStyle("Fusion")
    load_fonts()
    print(f"{platform.machine()} {os.cpu_count()} cores, load {os.getloadavg()[0]:.2f}, {frames} frames each, software")
    everything: dict[str, Any] = {"frames": frames, "load": os.getloadavg()}
    for factor, goal in GOALS.items():
        figures = everything[f"x{factor}"] = measure(app, factor, frames)
        for name, figure in figures.items():
            print(f"  x{factor} {name:16s} " + " ".join(f"{key}={value:.2f}" for key, value in figure.items()) + " ms")
        pans = [figure for name, figure in figures.items() if name.startswith("pan")]
        p50, p99 = max(pan["p50"] for pan in pans), max(pan["p99"] for pan in pans)
        cpu, load = max(pan["cpu_p99"] for pan in pans), os.getloadavg()[0]
        word = "ok" if p99 <= goal else "short"
        streets = everything[f"x{factor} with streets"] = measure(app, factor, frames, drawn=True)
        for name, figure in streets.items():
            print(f"  x{factor} streets {name:16s} " + " ".join(f"{k}={v:.2f}" for k, v in figure.items()) + " ms")
        size = f"{1000 * factor} polygons {5000 * factor} tickets {313 * factor} cameras"
        print(
            f"P11 pan p50={p50:.2f} p99={p99:.2f} cpu_p99={cpu:.2f} ms ({size}, load {load:.1f}) goal<={goal:g} {word}"
        )
    if args.json:
        args.json.write_text(json.dumps(everything, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
