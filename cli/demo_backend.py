"""The demo's own backend: a backend whose business clock stands in the recorded day, with the rest of the day arriving live."""

import argparse
import asyncio
from datetime import UTC
from pathlib import Path

from backend.app import Backend
from backend.cameras import CameraRegister
from backend.config import BackendConfig
from backend.places import demo_places
from backend.reference import demo_site
from backend.simulator.components import REASON as COMPONENTS_REASON
from backend.simulator.components import demo_components
from backend.simulator.day import DayError, DaySpec, InProcessPort, plans_for, sample_rows
from backend.simulator.inspections import act_out, stories
from backend.simulator.organisation import REASON as ORGANISATION_REASON
from backend.simulator.organisation import demo_organisation
from backend.simulator.publishing import publish
from backend.simulator.roster import set_roster
from backend.simulator.run import Simulator
from backend.simulator.wall import DemoWall
from backend.store.errors import StoreError
from cli.backend_jobs import log_to_stderr, serve
from cli.errors import OperatorError
from domain.actor import Scope
from domain.tables.words import Table
from protocol.reference import Demo
from resources import path as resource_path

TICK_S = 0.1
SOURCE = "坪山区政府开放数据 民生诉求数据 2018"


def run(args: argparse.Namespace) -> int:
    spec = DaySpec(day=args.day, at=args.at.time(), scale=args.scale)
    site = demo_site(Demo(str(spec.day), args.speed, SOURCE))
    config = BackendConfig(
        data=args.data,
        port=args.port,
        clock_base=spec.starts_at(site.reference.zone),
        clock_rate=args.speed,
        handovers=True,
    )
    log_to_stderr()
    _add_demo_cameras(args.data)
    backend = Backend(config, site, places=demo_places())
    try:
        plans = plans_for(spec, site, sample_rows(site))
    except DayError as error:
        raise OperatorError(str(error)) from error

    async def replay(running: Backend) -> None:
        simulator = Simulator(plans, InProcessPort(running.service, running.store))
        running.sinks.append(simulator.follow_log)
        tickets = await asyncio.to_thread(lambda: list(running.store.iter_tickets(Scope())))
        simulator.start(tickets)
        del tickets
        while simulator.pending:
            await simulator.run_until(running.clock.now_business())
            await asyncio.sleep(TICK_S)

    async def inspect(running: Backend) -> None:
        told = stories(site, spec.starts_at(site.reference.zone).astimezone(UTC))
        await asyncio.gather(*(act_out(story, running.service, running.clock.now_business) for story in told))

    async def register(running: Backend) -> None:
        if not running.tables.has(Table.COMPONENTS):
            components = await asyncio.to_thread(demo_components, site)
            await publish(Table.COMPONENTS, components, COMPONENTS_REASON, running.service)
        if not running.tables.has(Table.ORGANISATION):
            organisation = await asyncio.to_thread(demo_organisation, site)
            await publish(Table.ORGANISATION, organisation, ORGANISATION_REASON, running.service)
        await set_roster(spec.day, running.service)

    async def hang(running: Backend) -> None:
        wall = DemoWall()
        running.sinks.append(wall.on_records)
        await wall.run(running.service)

    backend.feeds += [replay, inspect, register, hang]
    try:
        return asyncio.run(serve(backend, args.ready_file))
    except StoreError as problem:
        raise OperatorError(str(problem), 3) from problem


def _add_demo_cameras(data: Path) -> None:
    """Invented cameras, marked 演示, where the data folder has none yet."""
    register = CameraRegister(data)
    if not register.cameras:
        register.import_csv(resource_path("samples", "demo_cameras.csv").read_text("utf-8"))
