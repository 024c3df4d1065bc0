"""Files on the server: parts in order, checked whole, resumed, bounded, read only by who sees what refers to them, pruned."""

import hashlib
import random
from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import msgspec
import pytest
from PIL import Image

from backend.answers import QueryError
from backend.blobs import GET_CHUNK, IDLE_S, UPLOADS_OF_USER, BlobDesk
from backend.store import documents
from domain.actor import Actor
from domain.documents import BlobRef
from domain.ids import AreaCode
from domain.vocabulary import Role
from protocol.messages import BLOB_CHUNK, BlobGet, BlobPart, BlobProgress, BlobPut
from tests.unit.backend.house import DISPATCHER, SHIFT_LEADER, TOWN_A, TOWN_B, House, person
from tests.unit.domain.notices import NOTICE, Attach, Move, Post
from tests.unit.domain.test_photo_bytes import shot

N = NOTICE.name


def picture(form: str, width: int = 8, height: int = 8) -> bytes:
    out = BytesIO()
    Image.new("L", (width, height)).save(out, form)
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    """A PNG of many parts: noise cannot be packed."""
    out = BytesIO()
    Image.frombytes("L", (width, height), random.Random(1).randbytes(width * height)).save(out, "PNG")
    return out.getvalue()


PNG = noise(400, 400)
LEADER_A, LEADER_B = person(Role.SHIFT_LEADER, TOWN_A), person(Role.SHIFT_LEADER, TOWN_B)


class Bench:
    def __init__(self, house: House) -> None:
        self.house = house
        self.now = 0.0
        self.folder = house.folder / "uploads"
        self.desk = self.restarted()

    def restarted(self) -> BlobDesk:
        return BlobDesk(self.house.store, self.house.kinds, self.folder, self.house.clock.now_server, lambda: self.now)

    def part(self, who: Actor, offset: int, data: bytes = PNG, **more: object) -> BlobProgress:
        digest = hashlib.sha256(data).hexdigest()
        fields = {"id": 1, "sha256": digest, "size": len(data), "media_type": "image/png", "offset": offset, **more}
        message = BlobPut(data=data[offset : offset + BLOB_CHUNK], **fields)  # type: ignore[arg-type]
        return msgspec.json.decode(self.house.run(self.desk.handle(who, message)), type=BlobProgress)

    def put(self, who: Actor, data: bytes = PNG, media_type: str = "image/png") -> BlobRef:
        offset, done = 0, False
        while not done:
            progress = self.part(who, offset, data, media_type=media_type)
            offset, done = progress.offset, progress.done
        return BlobRef(hashlib.sha256(data).hexdigest(), len(data), media_type)

    def get(self, who: Actor, sha256: str) -> bytes:
        data = b""
        while True:
            answer = self.house.run(self.desk.handle(who, BlobGet(id=1, sha256=sha256, offset=len(data))))
            part = msgspec.json.decode(answer, type=BlobPart)
            data += part.data
            assert len(part.data) <= GET_CHUNK
            if len(data) >= part.size:
                return data

    def refused(self, who: Actor, sha256: str) -> str:
        with pytest.raises(QueryError) as error:
            self.get(who, sha256)
        return error.value.code

    def left_over(self) -> list[Path]:
        return list(self.folder.iterdir())


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with House(tmp_path, kinds=[NOTICE]) as house:
        yield Bench(house)


def test_parts_become_the_file(bench: Bench) -> None:
    assert bench.part(DISPATCHER, 0) == BlobProgress(BLOB_CHUNK, done=False)
    # A part sent twice, or out of order, only hears how far the file is.
    assert bench.part(DISPATCHER, 0) == BlobProgress(BLOB_CHUNK, done=False)
    assert bench.part(DISPATCHER, 3 * BLOB_CHUNK) == BlobProgress(BLOB_CHUNK, done=False)
    ref = bench.put(DISPATCHER)
    assert bench.get(DISPATCHER, ref.sha256) == PNG
    assert bench.left_over() == []
    assert bench.part(DISPATCHER, 0) == BlobProgress(len(PNG), done=True)


@pytest.mark.parametrize(
    ("data", "media_type", "digest", "code"),
    [
        (PNG, "image/jpeg", None, "bad_file"),
        (b"<html>", "application/pdf", None, "bad_file"),
        (b"\xff\xd8\xff\xe0 and then nothing of a photo", "image/jpeg", None, "bad_picture"),
        (b"\x89PNG\r\n\x1a\n" + b"MZ" * 500, "image/png", None, "bad_picture"),
        (picture("PNG", 7000, 6000), "image/png", None, "too_many_pixels"),
        (picture("JPEG", 6500, 6500), "image/jpeg", None, "too_many_pixels"),
        (shot(), "image/jpeg", None, "private_metadata"),
        (b"%PDF-1.7", "application/pdf", "0" * 64, "bad_digest"),
    ],
)
def test_what_is_not_as_announced_leaves_no_trace(
    bench: Bench, data: bytes, media_type: str, digest: str | None, code: str
) -> None:
    sha256 = digest or hashlib.sha256(data).hexdigest()
    *first, last = range(0, len(data), BLOB_CHUNK)
    for offset in first:
        bench.part(DISPATCHER, offset, data, media_type=media_type, sha256=sha256)
    with pytest.raises(QueryError, match=code):
        bench.part(DISPATCHER, last, data, media_type=media_type, sha256=sha256)
    assert bench.left_over() == []
    assert bench.house.run(bench.house.store.run_read(lambda each: documents.blob_meta(each, sha256))) is None


def test_a_wall_brings_nothing(bench: Bench) -> None:
    with pytest.raises(QueryError, match="role"):
        bench.part(person(Role.WALL), 0)


def test_uploads_are_few_and_rested_ones_make_room(bench: Bench) -> None:
    files = [noise(400, 400 + number) for number in range(UPLOADS_OF_USER + 1)]
    for data in files[:-1]:
        bench.part(DISPATCHER, 0, data)
    with pytest.raises(QueryError, match="busy"):
        bench.part(DISPATCHER, 0, files[-1])
    bench.part(SHIFT_LEADER, 0, files[-1])
    bench.now += IDLE_S + 1
    assert bench.part(DISPATCHER, 0, files[-1]).offset == BLOB_CHUNK
    assert len(bench.left_over()) == 1
    with pytest.raises(QueryError, match="announced otherwise"):
        bench.part(DISPATCHER, BLOB_CHUNK, files[-1], media_type="image/jpeg")


def test_what_a_killed_server_left_is_swept(bench: Bench) -> None:
    bench.part(DISPATCHER, 0)
    assert bench.left_over() != []
    bench.desk = bench.restarted()
    assert bench.left_over() == []
    assert bench.get(DISPATCHER, bench.put(DISPATCHER).sha256) == PNG


def attached(bench: Bench, ref: BlobRef, area: str, **fields: object) -> str:
    notice = bench.house.act(SHIFT_LEADER, N, Post(area=area, **fields)).ticket_id  # type: ignore[arg-type]
    assert notice is not None
    outcome = bench.house.act(SHIFT_LEADER, N, Attach(file=ref), notice, 1)
    assert outcome.status == "applied", outcome
    return notice


def test_a_file_is_read_by_who_sees_a_document_that_refers_to_it(bench: Bench) -> None:
    ref = bench.put(SHIFT_LEADER)
    assert bench.refused(LEADER_A, ref.sha256) == "unknown_blob"
    notice = attached(bench, ref, TOWN_A)
    assert bench.get(LEADER_A, ref.sha256) == PNG
    assert bench.refused(LEADER_B, ref.sha256) == "unknown_blob"
    bench.house.act(SHIFT_LEADER, N, Move(area=TOWN_B), notice, 2)
    assert bench.refused(LEADER_A, ref.sha256) == "unknown_blob"
    assert bench.get(LEADER_B, ref.sha256) == PNG
    assert bench.refused(LEADER_B, "0" * 64) == "unknown_blob"


def test_or_by_who_sees_the_ticket_that_the_document_belongs_to(bench: Bench) -> None:
    ticket = bench.house.reported(TOWN_B)
    ref = bench.put(SHIFT_LEADER)
    attached(bench, ref, TOWN_A, ticket=ticket)
    assert bench.get(LEADER_B, ref.sha256) == PNG
    assert bench.refused(person(Role.SHIFT_LEADER, AreaCode("440310003")), ref.sha256) == "unknown_blob"


def test_an_uploader_without_the_right_to_see_reads_no_more(bench: Bench) -> None:
    ref = bench.put(LEADER_B)
    assert bench.get(LEADER_B, ref.sha256) == PNG
    bench.put(SHIFT_LEADER)
    attached(bench, ref, TOWN_A)
    assert bench.refused(LEADER_B, ref.sha256) == "unknown_blob"


def test_only_an_own_or_visible_file_is_named_and_only_as_what_it_is(bench: Bench) -> None:
    ref = bench.put(SHIFT_LEADER)
    mine = attached(bench, ref, TOWN_A)
    theirs = bench.house.act(LEADER_B, N, Post(area=TOWN_B)).ticket_id
    assert theirs is not None
    answer = bench.house.act(LEADER_B, N, Attach(file=ref), theirs, 1)
    assert (answer.code, answer.detail) == ("unknown_blob", {"sha256": ref.sha256})
    for wrong in (BlobRef(ref.sha256, ref.size - 1, ref.media_type), BlobRef(ref.sha256, ref.size, "image/jpeg")):
        assert bench.house.act(SHIFT_LEADER, N, Attach(file=wrong), mine, 2).code == "unknown_blob"
    # Who sees it in one document may put it into another one.
    own = bench.house.act(LEADER_A, N, Post(area=TOWN_A)).ticket_id
    assert bench.house.act(LEADER_A, N, Attach(file=ref), own, 1).status == "applied"


def test_the_servers_own_pictures(bench: Bench) -> None:
    ref = bench.house.run(bench.desk.keep(SHIFT_LEADER, PNG, "image/png"))
    assert bench.get(SHIFT_LEADER, ref.sha256) == PNG
    with pytest.raises(QueryError, match="bad_file"):
        bench.house.run(bench.desk.keep(SHIFT_LEADER, PNG, "image/jpeg"))


def test_what_nothing_refers_to_goes_after_a_week(bench: Bench) -> None:
    used = bench.put(SHIFT_LEADER)
    attached(bench, used, TOWN_A)
    unused = bench.put(SHIFT_LEADER, b"%PDF-1.4 nobody", "application/pdf")
    assert bench.house.run(bench.desk.prune()) == 0
    bench.house.clock.pass_(timedelta(days=6))
    again = bench.put(DISPATCHER, b"%PDF-1.4 nobody", "application/pdf")
    assert again == unused
    bench.house.clock.pass_(timedelta(days=2))
    assert bench.house.run(bench.desk.prune()) == 0
    bench.house.clock.pass_(timedelta(days=6))
    assert bench.house.run(bench.desk.prune()) == 1
    assert bench.get(SHIFT_LEADER, used.sha256) == PNG
    assert bench.refused(DISPATCHER, unused.sha256) == "unknown_blob"
