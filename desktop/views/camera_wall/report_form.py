"""在此建单: a matter seen on a camera becomes a report at the camera's place. A form in the side pane, never a dialog."""

from __future__ import annotations

from uuid import uuid4

from PySide6.QtCore import QObject, Signal

from desktop.services.values import Refusal
from desktop.theme.theme import Theme
from desktop.views.camera_wall.feed import CameraFeed
from desktop.views.refusal_words import reason_text
from desktop.views.words import filled
from desktop.widgets.inline_form import FormField, InlineForm
from desktop.widgets.wording import listed
from domain.cameras import Camera
from domain.catalogue import Item
from domain.commands import Report
from domain.ids import AreaCode
from domain.lifecycle import allowed
from domain.vocabulary import Source

NAMED = 6
"""How many items are named when what was typed fits several."""


class ReportForm(QObject):
    """Put `form` into the pane; `open` shows it for a camera. `told(text)`: given, or why not."""

    told = Signal(str)

    def __init__(self, theme: Theme, feed: CameraFeed, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._feed = feed
        self._camera: Camera | None = None
        self.form = InlineForm(theme)
        self.form.submitted.connect(self._on_submitted)

    def refusal(self, camera: Camera | None) -> str:
        """Why no report can be made at this camera now; "" where one can."""
        bridge = self._feed.bridge
        if camera is None or camera.point is None:
            return self.tr("没有选中视频，或它没有坐标")
        if bridge.actor is None or not allowed("report", None, bridge.actor.role):
            return self.tr("本席不能登记工单")
        code = bridge.commander.allowed_now("report")
        return reason_text(code) if code else ""

    def open(self, camera: Camera) -> None:
        self._camera = camera
        fields = (
            FormField("item", self.tr("事项（名称里的几个字）")),
            FormField("text", self.tr("看到什么"), "lines"),
        )
        title = filled(self.tr("在 {name} 建单"), {"name": camera.name})
        self.form.open_form(title, fields, self.tr("登记"), hint=self.tr("位置取摄像机的坐标"))

    def _on_submitted(self, values: dict[str, str]) -> None:
        camera, reference = self._camera, self._feed.reference
        if camera is None or camera.point is None or reference is None:
            return
        found = _items(values["item"], reference.items)
        if len(found) != 1:
            self.form.set_error(self._which(found))
            return
        known = {area.code for area in reference.areas}
        command = Report(
            source=Source.CAMERA,
            external_ref=f"{camera.id}-{uuid4().hex[:12]}",
            area=camera.area if camera.area in known else AreaCode(reference.district),
            item=found[0].code,
            point=camera.point,
            channel=camera.name,
            text=values["text"].strip(),
        )
        given = self._feed.bridge.commander.submit(command)
        if isinstance(given, Refusal):
            self.form.set_error(reason_text(given.code, given.detail))
            return
        self.form.close_form()
        self.told.emit(filled(self.tr("已登记：{item}，{name}"), {"item": found[0].name, "name": camera.name}))

    def _which(self, found: list[Item]) -> str:
        if not found:
            return self.tr("清单里没有这样的事项，换几个字")
        names = listed(item.name for item in found[:NAMED])
        return filled(self.tr("有 {n} 项：{names}。再写几个字"), {"n": len(found), "names": names})


def _items(text: str, items: tuple[Item, ...]) -> list[Item]:
    """Items whose name holds every word; one that is named exactly stands alone."""
    words = text.split()
    latest: dict[str, Item] = {}
    for item in items:
        if item.code not in latest or latest[item.code].version < item.version:
            latest[item.code] = item
    latest = {code: item for code, item in latest.items() if not item.retired}
    named = [item for item in latest.values() if item.name == text.strip()]
    if len(named) == 1:
        return named
    full = ((f"{item.class_name} {item.sub_class_name} {item.name}", item) for item in latest.values())
    return [item for name, item in full if words and all(word in name for word in words)]
