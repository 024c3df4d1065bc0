"""The prepared past of a demo: a log that already holds every day before the replayed instant, made once and copied afterwards.

Making it runs every recorded ticket through the same CommandService as live work; the folder's name is a digest of all that
shaped it, so a change of rules, list or sample makes a new one.
"""

import asyncio
import fcntl
import hashlib
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from backend.clock import ServerClock
from backend.handlers import CommandService, Sink
from backend.reference import Site
from backend.simulator.day import DaySpec, InProcessPort, plans_for, sample_rows
from backend.simulator.handovers import SignedHandover, shift_before
from backend.simulator.run import Simulator
from backend.store.store import Store
from domain.actor import Scope
from domain.kinds import KINDS
from protocol.documents import KindBook
from protocol.messages import BusinessClock
from resources import path as resource_path

KEEP = 3
"""Prepared pasts kept; older ones are removed."""
Progress = Callable[[int, int], None]
"""(steps done, steps in all, estimated)."""
STEPS_PER_TICKET = 8.6


def template_key(spec: DaySpec) -> str:
    """Digest of the spec, the rules and the data that shape the log."""
    digest = hashlib.sha256(msgspec.json.encode(spec))
    house = Path(__file__).resolve().parents[2]
    for folder in ("domain", "protocol", "backend"):
        for file in sorted((house / folder).rglob("*.py")):
            digest.update(file.read_bytes())
    for name in (("samples", "pingshan_2018.csv.gz"), ("maps", "demo", "communities.geojson"), ("catalogues",)):
        place = resource_path(*name)
        for file in sorted(place.glob("pingshan_*.csv")) if place.is_dir() else [place]:
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def ensure_template(spec: DaySpec, site: Site, cache: Path, progress: Progress) -> Path:
    """Folder of a prepared log for `spec`; made when it is not there yet. Raises DayError for a day that cannot be replayed."""
    cache.mkdir(parents=True, exist_ok=True)
    ready = cache / template_key(spec)
    with _alone(cache / f"{ready.name}.lock"):  # a second demo waits for the first one's work
        if ready.exists():
            ready.touch()
            return ready
        unfinished = cache / f"{ready.name}.part"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir()
        asyncio.run(_fill(spec, site, unfinished, progress))
        unfinished.rename(ready)
    _prune(cache, ready)
    return ready


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """One process at a time; the lock falls with the process, however it ends."""
    with place.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


async def _fill(spec: DaySpec, site: Site, folder: Path, progress: Progress) -> None:
    start = spec.starts_at(site.reference.zone)
    clock = standing_clock(start)
    store = Store.open(folder, business_now=clock.now_business)
    try:
        sinks: list[Sink] = []
        zone = site.reference.zone
        service = CommandService(store, site.rules, clock, sinks, zone=zone, kinds=KindBook(KINDS))
        plans = plans_for(spec, site, sample_rows(site))
        simulator = Simulator(plans, InProcessPort(service, store))
        sinks.append(simulator.follow_log)
        simulator.start()
        total = round(sum(plan.reported_at < start for plan in plans) * STEPS_PER_TICKET)
        gone = shift_before(start, zone)
        if gone is not None:
            signed = SignedHandover(service, gone, zone)
            sinks.append(signed.on_records)
            await simulator.run_until(signed.drafted_at, lambda done: progress(done, total))
            await signed.act_out(list(store.iter_tickets(Scope())), store.head.seq)
        await simulator.run_until(start, lambda done: progress(done, total))
        await service.stop()
    finally:
        store.close()


def standing_clock(at: datetime) -> ServerClock:
    """Business time that stands still at `at`: nothing that is loaded lies in its future."""
    return ServerClock(BusinessClock(base=at, server_time=at, rate=0.0))


def _prune(cache: Path, keep: Path) -> None:
    done = (f for f in cache.iterdir() if f.is_dir() and not f.name.endswith(".part"))
    folders = sorted(done, key=lambda f: f.stat().st_mtime, reverse=True)
    for folder in folders[KEEP:]:
        if folder != keep:
            shutil.rmtree(folder, ignore_errors=True)
