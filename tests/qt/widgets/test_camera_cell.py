"""One camera cell: every state by word and shape, and no picture where none may be."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop.theme.assets import load_fonts
from desktop.theme.theme import Theme
from desktop.widgets.camera_cell import CameraCell, CellValue
from desktop.widgets.camera_panel import STATES, CameraCounts, CameraPanel
from desktop.widgets.camera_strip import CameraStrip, StripCamera
from tests.qt.widgets.widget_look import alike, lay_out, missing

WIDTH, HEIGHT = 420, 236
GREEN = QColor(40, 220, 60)


@pytest.fixture(params=["desk", "wall"])
def theme(qapp, request) -> Theme:
    load_fonts()
    return Theme.load(profile=request.param)


def picture() -> QImage:
    image = QImage(640, 360, QImage.Format.Format_RGB32)
    image.fill(GREEN)
    return image


def value(state: str, **fields) -> CellValue:
    known = {"name": "石浦桥东", "state_text": "字", "picture": picture(), "picture_number": 1, **fields}
    return CellValue(state=state, **known)


def shown(theme: Theme, cell_value: CellValue | None) -> CameraCell:
    cell = CameraCell(theme)
    cell.set_value(cell_value)
    lay_out(cell, WIDTH, HEIGHT)
    return cell


def middle(cell: CameraCell) -> QColor:
    return cell.grab().toImage().pixelColor(4, HEIGHT // 2)


def test_live_shows_the_picture_in_its_colours(theme):
    assert middle(shown(theme, value("live", state_text="实时"))) == GREEN


def test_restricted_shows_no_picture_whatever_is_handed_in(theme):
    with_picture = shown(theme, value("restricted", notice="本席无权查看"))
    without = shown(theme, value("restricted", notice="本席无权查看", picture=None))
    assert alike(with_picture.grab().toImage(), without.grab().toImage())


def test_lost_and_frozen_lose_their_colours(theme):
    for state in ("lost", "frozen"):
        color = middle(shown(theme, value(state, notice="画面 2 分 11 秒未变")))
        assert abs(color.red() - color.green()) < 12
        assert color.lightness() < GREEN.lightness() or state == "frozen"


def test_every_state_looks_different(theme):
    pictures = {
        state: shown(theme, value(state, notice="一", picture=None, state_text=theme.status("camera", state).word))
        .grab()
        .toImage()
        for state in STATES
    }
    for one in STATES:
        for other in STATES:
            assert one == other or not alike(pictures[one], pictures[other])


def test_the_whole_state_is_said_aloud(theme):
    cell = shown(theme, value("frozen", state_text="冻结", notice="画面 2 分 11 秒未变"))
    assert cell.accessibleName() == "石浦桥东，冻结，画面 2 分 11 秒未变"
    cell.set_value(None)
    assert cell.accessibleName() == ""


def test_words_fit_the_cells_of_all_sizes(theme):
    for side in (1, 2, 3, 4, 5):
        cell = CameraCell(theme)
        cell.set_value(
            value("still", state_text="静图 12 秒", tag="积水 剩 0:06", tag_status=("urgency", "top"), event=True)
        )
        lay_out(cell, 1600 // side, 900 // side)
        assert not missing(cell, "静图 12 秒", "积水 剩 0:06")


def test_a_new_picture_is_painted(theme):
    cell = shown(theme, value("live"))
    assert middle(cell) == GREEN
    other = QImage(64, 36, QImage.Format.Format_RGB32)
    other.fill(QColor(200, 0, 0))
    cell.set_value(value("live", picture=other, picture_number=2))
    assert middle(cell) == QColor(200, 0, 0)


def test_the_event_frame(theme):
    plain, event = shown(theme, value("live")), shown(theme, value("live", event=True))
    edge = event.grab().toImage().pixelColor(WIDTH // 2, 1)
    assert edge == theme.component("camera_cell", "event_edge")
    assert plain.grab().toImage().pixelColor(WIDTH // 2, 1) != edge


def test_counts_are_printed_and_said(theme):
    panel = CameraPanel(theme)
    panel.set_counts(
        CameraCounts(
            shown=16,
            states={"live": 4, "still": 8, "frozen": 1},
            live=4,
            allowed=8,
            stream_notes=("其余每 60 秒一张",),
            reached=311,
            total=313,
            register_notes=("2 路断开",),
        )
    )
    lay_out(panel, theme.px("body") * 8, 900)
    assert not missing(panel, "本屏 16 路", "实时码流", "其余每 60 秒一张", "311", "2 路断开", "冻结")
    assert "实时 4，静图 8，冻结 1" in panel.accessibleName()


def lines(count: int) -> list[StripCamera]:
    return [
        StripCamera(f"C-{n}", f"石浦桥{n}", f"{n}0 米", "覆盖" if n == 1 else "仅邻近", n == 1, "still", "静图 12 秒")
        for n in range(1, count + 1)
    ]


def test_the_strip_opens_what_is_clicked_or_chosen_by_keys(qapp, qtbot):
    load_fonts()
    strip = CameraStrip(Theme.load())
    qtbot.addWidget(strip)
    strip.set_cameras(lines(3))
    lay_out(strip, 400, strip.sizeHint().height())
    assert not missing(strip, "石浦桥1", "10 米", "覆盖", "仅邻近", "静图 12 秒")
    chosen: list[str] = []
    strip.activated.connect(chosen.append)
    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect().center())
    QTest.keyClick(strip, Qt.Key.Key_Down)
    QTest.keyClick(strip, Qt.Key.Key_Return)
    assert chosen == ["C-2", "C-2"]
    strip.set_cameras([], "300 米内没有视频")
    lay_out(strip, 400, strip.sizeHint().height())
    assert not missing(strip, "300 米内没有视频")


def test_a_picture_made_for_the_cell_is_copied_point_by_point(theme):
    made = QImage(WIDTH + 4, HEIGHT + 1, QImage.Format.Format_RGB32)
    made.fill(GREEN)
    for x in range(0, made.width(), 2):
        for y in range(made.height()):
            made.setPixelColor(x, y, QColor(0, 0, 90))
    seen = shown(theme, value("live", picture=made)).grab().toImage()
    line = [seen.pixelColor(x, 3) for x in range(WIDTH)]
    assert line == [made.pixelColor(x + 2, 3) for x in range(WIDTH)]


def test_words_follow_the_state_though_they_are_kept_between_pictures(theme):
    cell = shown(theme, value("live", state_text="实时"))
    before = cell.grab().toImage()
    cell.set_value(value("live", state_text="实时", picture_number=2))
    assert alike(before, cell.grab().toImage())
    cell.set_value(value("still", state_text="静图 12 秒", picture_number=3))
    fresh = shown(theme, value("still", state_text="静图 12 秒", picture_number=3))
    assert cell.grab().toImage() == fresh.grab().toImage()
