"""Writes the recorded frames of the present protocol version into tests/wire/v<N>/. Run by hand when a version is new:
recorded frames of a released version are never changed, they are what older desks send and servers answer.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from domain.actor import Actor, ActorRef, Scope
from domain.commands import Comment, Dispatch
from domain.ids import AreaCode, SeatId, TicketId, UnitId, UserId
from domain.vocabulary import Role
from protocol.codec import encode
from protocol.messages import (
    PROTOCOL_MAX,
    Ack,
    Act,
    BlobGet,
    BlobPut,
    BusinessClock,
    Cursor,
    Delta,
    Event,
    Heartbeat,
    Hello,
    Latest,
    Message,
    Outcome,
    Query,
    Reply,
    SnapshotBegin,
    Submit,
    Viewing,
    Welcome,
)

AT = datetime(2026, 9, 1, 8, 30, tzinfo=UTC)
BUSINESS = datetime(2018, 10, 9, 1, 0, tzinfo=UTC)
CLOCK = BusinessClock(BUSINESS, AT, 20.0)
CURSOR = Cursor("5f2c9d0e8b7a46139c1d2e3f40516273", 1041, "9a3f0c5512de77b1", "c7a1f0e2b3d49586")
TICKET = TicketId("181009-0042")
OUTBOX = "0b1c2d3e4f5061728394a5b6c7d8e9f0"
ACTOR = Actor(
    user=UserId("chen"),
    role=Role.DISPATCHER,
    seat=SeatId("A03"),
    scope=Scope(areas=(AreaCode("440310001"),), masked=False),
)

CLIENT: dict[str, Message] = {
    "hello_first": Hello(app="0.1.0", schema=1, device_id="hall-a03", token="opaque", t0=12.5),
    "hello_resume": Hello(
        app="0.1.0", schema=1, device_id="hall-a03", token="opaque", cursor=CURSOR, topics={"reference": 7}, t0=12.5
    ),
    "ack": Ack(seq=1041, t0=17.5),
    "submit_dispatch": Submit(
        outbox_id=OUTBOX,
        n=17,
        ticket_id=TICKET,
        expected_version=3,
        command=Dispatch(lead=UnitId("u-chengguan"), co_units=(UnitId("u-jiaojing"),), text="请先到场核实"),
        created_at=AT,
        settled_below=12,
    ),
    "submit_comment": Submit(outbox_id=OUTBOX, n=18, ticket_id=TICKET, command=Comment(text="已联系"), created_at=AT),
    "act_make": Act(
        outbox_id=OUTBOX,
        n=19,
        kind="inspection",
        body=msgspec.Raw(b'{"do":"issue","units":["u-jiaojing"]}'),
        created_at=AT,
        settled_below=12,
    ),
    "act": Act(
        outbox_id=OUTBOX,
        n=20,
        kind="inspection",
        doc_id="LH-181009-0001",
        expected_version=2,
        body=msgspec.Raw('{"do":"cancel","text":"改期"}'.encode()),
        created_at=AT,
    ),
    "blob_put": BlobPut(id=6, sha256="cd" * 32, size=9, media_type="application/pdf", offset=0, data=b"%PDF-1.7\n"),
    "blob_get": BlobGet(id=7, sha256="cd" * 32, offset=131072),
    "query": Query(id=5, what="record", args={"ticket_id": TICKET}),
    "viewing": Viewing(ticket_id=TICKET),
    "viewing_none": Viewing(),
}
SERVER: dict[str, Message] = {
    "welcome_resume": Welcome(
        proto=1,
        epoch=CURSOR.epoch,
        head=1060,
        scope_hash=CURSOR.scope_hash,
        actor=ACTOR,
        server="liandong 0.1.0",
        t0=12.5,
        server_time=AT,
        clock=CLOCK,
        resume=True,
    ),
    "welcome_reset": Welcome(
        proto=1,
        epoch=CURSOR.epoch,
        head=1060,
        scope_hash=CURSOR.scope_hash,
        actor=ACTOR,
        server="liandong 0.1.0",
        t0=12.5,
        server_time=AT,
        clock=CLOCK,
        resume=False,
        reset_reason="epoch",
    ),
    "snapshot": SnapshotBegin(cursor=CURSOR, chunks=3, size=150_000, raw_size=800_000, tickets=1200, sha256="ab" * 32),
    "delta": Delta(
        from_seq=1041,
        to_seq=1046,
        h="0011223344556677",
        events=(
            Event(
                seq=1042,
                id=TICKET,
                v=4,
                at=BUSINESS,
                st=AT,
                actor=ActorRef(Role.DISPATCHER, SeatId("A03")),
                cmd=(OUTBOX, 17),
                body=msgspec.Raw(b'{"type":"relocated","area":"440310002"}'),
                private={"text": "请先到场核实"},
            ),
            Event(seq=1045, kind="leave", id="181009-0007", v=9, at=BUSINESS, st=AT),
        ),
    ),
    "delta_document": Delta(
        from_seq=1060,
        to_seq=1061,
        h="0123456789abcdef",
        events=(
            Event(
                seq=1061,
                entity="inspection",
                id="LH-181009-0001",
                v=3,
                at=BUSINESS,
                st=AT,
                actor=ActorRef(Role.SHIFT_LEADER, SeatId("A01")),
                body=msgspec.Raw(b'{"type":"cancelled"}'),
            ),
        ),
    ),
    "delta_range": Delta(from_seq=1046, to_seq=1060, h="8899aabbccddeeff"),
    "latest": Latest(topic="presence", version=1788251400123, as_of=BUSINESS, body=msgspec.Raw(b'{"viewing":{}}')),
    "outcome_applied": Outcome(outbox_id=OUTBOX, n=17, status="applied", ticket_id=TICKET, seq=1042, version=4),
    "outcome_conflict": Outcome(
        outbox_id=OUTBOX, n=17, status="conflict", ticket_id=TICKET, version=5, detail={"current_version": 5}
    ),
    "outcome_busy": Outcome(outbox_id=OUTBOX, n=17, status="busy", code="busy", detail={"retry_s": 0.4}),
    "reply": Reply(id=5, body=msgspec.Raw(b"[]")),
    "reply_blob_put": Reply(id=6, body=msgspec.Raw(b'{"offset":9,"done":true}')),
    "reply_error": Reply(id=5, error="unknown_query"),
    "heartbeat": Heartbeat(head=1060, server_time=AT, clock=CLOCK, t0=17.5),
}


def main() -> None:
    folder = Path(__file__).parent / f"v{PROTOCOL_MAX}"
    folder.mkdir(exist_ok=True)
    for name, messages in (("client", CLIENT), ("server", SERVER)):
        frames = {title: json.loads(encode(message)) for title, message in messages.items()}
        text = json.dumps(frames, ensure_ascii=False, indent=1)
        (folder / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
