"""F1 and F2: kill -9 of a backend process under load. What was acknowledged is there, once; clients go on, at the other node
where there is one (I9, I10)."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

from backend.opening import open_tokens, verify_log
from backend.store import highwater
from protocol.messages import Outcome, Submit
from tests.blackbox.centre import Client, Place, leader, report, until
from tests.faults.cluster import Node
from tests.patience import WHOLE_S

ACKED = 30


def token_for(place: Place, data: Path) -> str:
    tokens = open_tokens(place.database, data)
    try:
        return tokens.issue(leader("leader"), datetime.now(UTC))
    finally:
        tokens.close()


async def loaded(client: Client, sent: list[Submit], enough: int) -> list[Outcome]:
    """Sends as fast as its user may until so many were acknowledged; every outcome of it."""
    while True:
        outcomes = [outcome for message in sent for outcome in client.told(message) if outcome.status == "applied"]
        if len(outcomes) >= enough:
            return outcomes
        if len(sent) < len(outcomes) + 10:
            sent.append(client.message(report()))
            await client.say(sent[-1])
        await asyncio.sleep(0.002)


async def settled(client: Client, message: Submit) -> Outcome:
    """Asks until the answer is final: `busy` says how long to wait."""
    for _ in range(200):
        outcome = await client.send(message)
        if outcome.status not in ("busy", "unavailable"):
            return outcome
        await asyncio.sleep(outcome.detail.get("retry_s", 0.1))
    raise AssertionError(f"never settled: {message.n}")


def test_what_was_acknowledged_before_a_kill_is_there_once(place: Place, tmp_path: Path) -> None:
    nodes = [Node(tmp_path / f"node{number}", database=place.database) for number in range(place.nodes)]
    for node in nodes:
        node.data.mkdir(mode=0o700)
        node.start()

    async def work() -> int:
        victim, heir = nodes[0], nodes[-1]
        client = Client(f"ws://127.0.0.1:{victim.port}", token_for(place, victim.data), tmp_path)
        await client.connect()
        await until(lambda: client.live, "first contact")
        sent: list[Submit] = []
        acked = await loaded(client, sent, ACKED)
        victim.kill()
        if heir is victim:
            await asyncio.to_thread(victim.start)
        await client.cut()
        client.go_to(f"ws://127.0.0.1:{heir.port}")
        await client.connect()
        await until(lambda: client.live, "resume")
        # The client is unsure of what it was not told, and asks again under the same ids.
        again = [await settled(client, message) for message in sent]
        assert {outcome.status for outcome in again} == {"applied"}
        by_number = {outcome.n: outcome for outcome in again}
        assert all(by_number[outcome.n] == outcome for outcome in acked), (
            "an acknowledged command was lost or done twice"
        )
        head = max(outcome.seq or 0 for outcome in again)
        await client.at(head)
        assert len(client.tickets) == len(sent) == head
        assert client.resets == ["first"]
        await client.cut()
        return head

    try:
        head = asyncio.run(asyncio.wait_for(work(), WHOLE_S))
    finally:
        for node in nodes:
            node.stop()
    report_of_log = verify_log(place.database, nodes[-1].data, rows=True)
    assert report_of_log.ok
    assert report_of_log.events == head
    assert (nodes[-1].data / highwater.NAME).exists()
