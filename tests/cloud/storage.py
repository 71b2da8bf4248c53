"""A real Azurite with queues and tables: what Azure Storage is to the app, for the tests."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ledger.azure_table import DEVELOPMENT_KEY
from tests.ledger.azurite import free_port, script_of, wait_for

SCRIPT = Path("azurite", "dist", "src", "azurite.js")
ACCOUNT = "devstoreaccount1"


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
    script = script_of(house, SCRIPT)
    blobs, queues, tables = (free_port() for _ in range(3))
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
            wait_for(port, process)
        yield Storage(queues, tables, process)
    finally:
        process.kill()
        process.wait()
