"""Documents over the bridge: one signal a kind and batch, after the rows of tickets; merged like tickets."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.bridge import Bridge, ChangeMerger
from desktop.services.app_state import Services
from desktop.services.values import ChangeSet
from tests.unit.desktop.services.service_fakes import NOON, ticket
from tests.unit.domain.notices import NOTICE, Notice


def notice(version: int = 1) -> Notice:
    return Notice(id="NB-1", version=version, changed_at=NOON, posted_at=NOON)


def test_a_kind_is_told_once_a_batch_and_after_the_tickets(tmp_path: Path, qtbot: QtBot) -> None:
    services = Services(tmp_path, "ws://127.0.0.1:9", "t", kinds=[NOTICE])
    bridge = Bridge(services)
    order: list[str] = []
    bridge.tickets_changed.connect(lambda changes: order.append(f"tickets {len(changes.documents)}"))
    bridge.documents_changed.connect(order.append)
    for changes in (
        ChangeSet(upserted=(ticket(1),), documents=(("notice", "NB-1", notice()),)),
        ChangeSet(documents=(("notice", "NB-1", notice(2)), ("notice", "NB-2", None))),
    ):
        for callback in services.on.changes:
            callback(changes)
    qtbot.waitUntil(lambda: len(order) == 2)
    assert order == ["tickets 2", "notice"]
    assert bridge.mirror.documents == {"notice": {}}


def test_a_later_word_replaces_the_earlier_and_a_reset_removes_what_it_does_not_hold() -> None:
    merger = ChangeMerger()
    merger.add(ChangeSet(documents=(("notice", "NB-1", notice()), ("notice", "NB-2", notice()))))
    merger.add(ChangeSet(reset=True, documents=(("notice", "NB-1", notice(2)),)))
    merged = merger.take()
    assert merged is not None
    assert dict(((kind, doc_id), state) for kind, doc_id, state in merged.documents) == {
        ("notice", "NB-1"): notice(2),
        ("notice", "NB-2"): None,
    }
    merger.add(ChangeSet(upserted=(ticket(1),)))
    later = merger.take()
    assert later is not None
    assert later.documents == ()
