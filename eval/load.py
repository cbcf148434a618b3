"""Load: many visitors at once, and a day of use, against a server that really runs.

    python -m eval.load [--clients 64] [--seconds 60] [--questions 5000]

First CLIENTS visitors ask the dev questions for SECONDS, one after another, as the page does: an
event in the queue, then the stream that brings the reply. A full queue answers "even geduld"; the
visitor then waits a second. Afterwards one visitor after another asks QUESTIONS in all. Printed:
replies, refusals, faults, latency, and the server's memory (resident, MiB) along the way. The
numbers are for reading; no test depends on them.
"""

import argparse
import asyncio
import json
import re
import secrets
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any

import httpx

from eval.memory import read_memory

CONFIG = re.compile(r"window\.gradio_config = (\{.*?\});</script>")
START_S = 300.0  # to load the model on a busy machine
PATIENCE_S = 1.0
TIMEOUT_S = 120.0
BUSY = 429


@dataclass(slots=True)
class Tally:
    """What came back: `seconds` of every reply, and how often what happened."""

    seconds: list[float] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def main(arguments: Sequence[str]) -> None:
    """Start a server, put it under load, and print what it did."""
    parser = argparse.ArgumentParser(prog="python -m eval.load")
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--questions", type=int, default=5000)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        port, server = _start(Path(name))
        try:
            asyncio.run(_load(port, server.pid, options))
        finally:
            server.terminate()
            server.wait(30)


def _start(folder: Path) -> tuple[int, subprocess.Popen[bytes]]:
    """Start `bijlage chat` on an index of the appendix, and wait until it serves."""
    import socket

    from corpus.readers import BUNDLED_APPENDIX
    from index.encoder import Encoder
    from index.storage import build_index

    build_index([BUNDLED_APPENDIX], folder / "index", Encoder.load())
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = int(probe.getsockname()[1])
    command = [str(Path(sys.executable).with_name("bijlage")), "chat", "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--index", str(folder / "index")], stdout=subprocess.DEVNULL
    )
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/", timeout=5).is_success:
                return port, server
        except httpx.TransportError:
            pass
        time.sleep(0.2)  # nothing yet, or the page that stands there while the chat opens
    server.kill()
    raise RuntimeError("bijlage chat served nothing")


async def _load(port: int, server_id: int, options: argparse.Namespace) -> None:
    from eval.questions import read_gold

    questions = cycle([question.turns[-1] for question in read_gold("dev")])
    limits = httpx.Limits(max_connections=None)
    base = f"http://127.0.0.1:{port}"
    async with httpx.AsyncClient(base_url=base, timeout=TIMEOUT_S, limits=limits) as client:
        event = await _question_event(client)
        print(f"memory before: {read_memory(server_id)['VmRSS']:.0f} MiB")
        tally, deadline = Tally(), time.monotonic() + options.seconds
        visitors = [
            _visit(client, event, questions, tally, deadline) for _ in range(options.clients)
        ]
        await asyncio.gather(*visitors)
        _report(f"{options.clients} clients, {options.seconds:.0f} s", tally, server_id)
        for part in range(5):
            tally = Tally()
            for _ in range(options.questions // 5):
                await _ask(client, event, next(questions), tally)
            _report(f"a day of use, part {part + 1} of 5", tally, server_id)


async def _visit(
    client: httpx.AsyncClient,
    event: dict[str, Any],
    questions: Iterator[str],
    tally: Tally,
    deadline: float,
) -> None:
    while time.monotonic() < deadline:
        await _ask(client, event, next(questions), tally)


async def _ask(
    client: httpx.AsyncClient, event: dict[str, Any], question: str, tally: Tally
) -> None:
    """Ask one question as a new visitor, and note what came back."""
    session, started = secrets.token_hex(6), time.perf_counter()
    data = [question if value == "" else value for value in event["data"]]
    body = {**event, "data": data, "session_hash": session}
    try:
        joined = await client.post("/gradio_api/queue/join", json=body)
        if joined.status_code == BUSY:
            tally.counts["even geduld"] += 1
            await asyncio.sleep(PATIENCE_S)
            return
        joined.raise_for_status()
        done = await _wait_for_reply(client, session)
    except httpx.HTTPError as error:
        tally.counts[f"fault {type(error).__name__}"] += 1
        return
    tally.counts["replies" if done else "fault: no reply"] += 1
    tally.seconds.append(time.perf_counter() - started)


async def _wait_for_reply(client: httpx.AsyncClient, session: str) -> bool:
    params = {"session_hash": session}
    async with client.stream("GET", "/gradio_api/queue/data", params=params) as stream:
        async for line in stream.aiter_lines():
            if line.startswith("data:") and '"process_completed"' in line:
                return bool(json.loads(line[5:])["success"])
    return False


async def _question_event(client: httpx.AsyncClient) -> dict[str, Any]:
    """Return the event that the question box sends; "" in its data stands for the question."""
    found = CONFIG.search((await client.get("/")).text)
    if found is None:
        raise RuntimeError("the page doesn't say what it is made of")
    config = json.loads(found[1])
    kinds = {component["id"]: component["type"] for component in config["components"]}
    asked = next(d for d in config["dependencies"] if any(e == "submit" for _, e in d["targets"]))
    values: dict[str, Any] = {"textbox": "", "checkboxgroup": []}
    data = [values.get(kinds[component]) for component in asked["inputs"]]
    return {"data": data, "fn_index": asked["id"]}


def _report(name: str, tally: Tally, server_id: int) -> None:
    counts = ", ".join(f"{count} {what}" for what, count in tally.counts.most_common())
    print(f"{name}: {counts}; memory {read_memory(server_id)['VmRSS']:.0f} MiB")
    if len(tally.seconds) > 1:
        cuts = statistics.quantiles(tally.seconds, n=100)
        print(
            f"    seconds: median {cuts[49]:.3f}, p99 {cuts[98]:.3f}, max {max(tally.seconds):.3f}"
        )
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
