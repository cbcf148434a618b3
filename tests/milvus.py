"""A real Milvus server for the tests: milvus-lite in its own process, or that of MILVUS_URI."""

import os
import secrets
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from index.remote.address import StoreError, read_address
from index.remote.client import Client

START_S = 60.0


class MilvusServer:
    """A server that can be stopped and started again over the same data."""

    def __init__(self, folder: Path) -> None:
        given = os.environ.get("MILVUS_URI", "")
        self.is_ours = not given
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.place = urlsplit(given).netloc if given else f"127.0.0.1:{_free_port()}"
        self.start()

    def address(self, name: str) -> str:
        return f"milvus://{self.place}/{name}"

    def fresh_address(self) -> str:
        """Return the address of a collection that nobody has."""
        return self.address(f"test_{secrets.token_hex(6)}")

    def start(self) -> None:
        if self.is_ours:
            host, _, port = self.place.partition(":")
            command = [str(Path(sys.executable).with_name("milvus-lite")), "server"]
            self._process = subprocess.Popen(
                [*command, "--data-dir", str(self._folder), "--host", host, "--port", port],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        self._wait()

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)

    def _wait(self) -> None:
        end = time.monotonic() + START_S
        while True:
            try:
                Client(read_address(self.address("niets")))
                return
            except StoreError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.5)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
