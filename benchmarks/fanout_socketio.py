"""The python-socketio side of benchmarks.fanout, run by an interpreter that has python-socketio and aiohttp; imports nothing of ours.

usage: PYTHON fanout_socketio.py CORE CLIENTS FRAMES_FILE. `FRAMES_FILE`: one JSON object a line, the deltas of a round. Talks
on stdin and stdout as every server of the benchmark does.
"""

import asyncio
import json
import os
import sys
import time
from pathlib import Path

import socketio
from aiohttp import web


async def main(core: int, clients: int, frames: Path) -> None:
    os.sched_setaffinity(0, {core})
    deltas = [json.loads(line) for line in frames.read_text("utf-8").splitlines()]
    server = socketio.AsyncServer(async_mode="aiohttp", ping_interval=3600, cors_allowed_origins="*")
    known: set[str] = set()

    @server.event
    async def connect(sid: str, environ: object) -> None:
        known.add(sid)

    app = web.Application()
    server.attach(app)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0, backlog=1024)
    await site.start()
    print(json.dumps({"port": runner.addresses[0][1]}), flush=True)
    loop = asyncio.get_running_loop()
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        number, count = map(int, line.split())
        while len(known) < clients:
            await asyncio.sleep(0.01)
        cpu, began = time.process_time(), time.perf_counter()
        for delta in deltas[:count]:
            await server.emit("delta", delta)
            await asyncio.sleep(0)
        await server.emit("end", f"bench-end-{number}.")
        await loop.run_in_executor(None, sys.stdin.readline)
        print(json.dumps({"cpu": time.process_time() - cpu, "wall": time.perf_counter() - began}), flush=True)


asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])))
