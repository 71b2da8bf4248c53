"""A real Azurite with queues and tables: what Azure Storage is to the app, for the tests."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from ledger.azure_table import DEVELOPMENT_KEY

SCRIPT = Path("azurite", "dist", "src", "azurite.js")
ACCOUNT = "devstoreaccount1"
PATIENCE = 30  # seconds until it listens


@dataclass(frozen=True)
class Storage:
    """An account that runs on this machine; `process` is killed where storage is to be down."""

    queues: int
    tables: int
    process: "subprocess.Popen[bytes]"

    @property
    def connection(self) -> str:
        """What the host has in AzureWebJobsStorage."""
        return (
            f"DefaultEndpointsProtocol=http;AccountName={ACCOUNT};AccountKey={DEVELOPMENT_KEY};"
            f"QueueEndpoint=http://127.0.0.1:{self.queues}/{ACCOUNT};"
        )

    @property
    def ledger(self) -> str:
        """What the app has in PROTOCOL_WATCH_LEDGER."""
        return f"http://127.0.0.1:{self.tables}/{ACCOUNT}"


@contextmanager
def storage(house: Path, folder: Path) -> Iterator[Storage]:
    """An empty account for as long as the block lasts. Skips without node or Azurite."""
    script = _script(house)
    blobs, queues, tables = (_free_port() for _ in range(3))
    ports = ["--blobPort", str(blobs), "--queuePort", str(queues), "--tablePort", str(tables)]
    quiet = ["--silent", "--disableTelemetry", "--skipApiVersionCheck", "--inMemoryPersistence"]
    process = subprocess.Popen(
        ["node", str(script), *ports, *quiet],
        cwd=folder,
        env={**os.environ, "AZURITE_ACCOUNTS": f"{ACCOUNT}:{DEVELOPMENT_KEY}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for port in (queues, tables):
            _wait_for(port, process)
        yield Storage(queues, tables, process)
    finally:
        process.kill()
        process.wait()


def _script(house: Path) -> Path:
    folder = Path(os.environ.get("NODE_MODULES_FROM") or house / "node_modules")
    folder = folder.parent if folder.name == "package.json" else folder
    folder = folder if folder.name == "node_modules" else folder / "node_modules"
    if shutil.which("node") is None or not (folder / SCRIPT).exists():
        pytest.skip("needs node with azurite: npm install, or set NODE_MODULES_FROM")
    return folder / SCRIPT


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "azurite ended before it listened"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("azurite did not listen in time")
