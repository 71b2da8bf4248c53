"""A real Azurite, Microsoft's own stand-in for Azure Storage, and a wire to it that breaks when it is told to."""

import asyncio
import os
import shutil
import socket
import subprocess
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path

import pytest
from azure.core.credentials import AzureNamedKeyCredential

from ledger.azure_table import DEVELOPMENT_KEY, NAME

SCRIPT = Path("azurite", "dist", "src", "table", "main.js")
ACCOUNT = "devstoreaccount1"
PATIENCE = 30  # seconds until it listens


def table_address(port: int) -> str:
    """What to write in PROTOCOL_WATCH_LEDGER for the table service at this port."""
    return f"http://127.0.0.1:{port}/{ACCOUNT}"


async def empty(port: int) -> None:
    """Take our table away, with all that is in it."""
    from azure.data.tables.aio import TableServiceClient

    credential = AzureNamedKeyCredential(ACCOUNT, DEVELOPMENT_KEY)
    async with TableServiceClient(table_address(port), credential=credential) as account:
        await account.delete_table(NAME)


@contextmanager
def azurite(house: Path, folder: Path, *more: str, account_key: str = DEVELOPMENT_KEY) -> Iterator[int]:
    """The port of a table service with nothing in it, for as long as the block lasts. Skips without node."""
    script = script_of(house, SCRIPT)
    port = free_port()
    command = ["node", str(script), "--tableHost", "127.0.0.1", "--tablePort", str(port)]
    process = subprocess.Popen(
        [*command, "--inMemoryPersistence", "--silent", "--disableTelemetry", "--skipApiVersionCheck", *more],
        cwd=folder,
        env={**os.environ, "AZURITE_ACCOUNTS": f"{ACCOUNT}:{account_key}"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(port, process)
        yield port
    finally:
        process.kill()
        process.wait()


def script_of(house: Path, name: Path) -> Path:
    """Where one of Azurite's programs lies; the test skips without node or Azurite."""
    folder = Path(os.environ.get("NODE_MODULES_FROM") or house / "node_modules")
    folder = folder.parent if folder.name == "package.json" else folder
    folder = folder if folder.name == "node_modules" else folder / "node_modules"
    if shutil.which("node") is None or not (folder / name).exists():
        pytest.skip("needs node with azurite: npm install, or set NODE_MODULES_FROM")
    return folder / name


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the program listens."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, "azurite ended before it listened"
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    pytest.fail("azurite did not listen in time")


_SAYS = b'{"odata.error":{"code":"ServerBusy","message":{"value":"The server is busy."}}}'
BUSY = (
    b"HTTP/1.1 503 Server Busy\r\nContent-Type: application/json\r\nConnection: close\r\n"
    + f"Content-Length: {len(_SAYS)}\r\n\r\n".encode()
    + _SAYS
)
# What happens to a request: it is passed on, or one of these
CUT_BEFORE, CUT_AFTER, CUT_IN_ANSWER = "cut before", "cut after", "cut in the answer"
BUSY_BEFORE, BUSY_AFTER = "busy, not done", "busy, but done all the same"
Plan = Callable[[int], str | None]


class Wire:
    """Passes requests on to a port, each as its plan says; `asked` counts them."""

    def __init__(self, to: int) -> None:
        self._to = to
        self.port, self.asked = 0, 0
        self.plan: Plan = lambda _number: None

    @property
    def address(self) -> str:
        return table_address(self.port)

    def from_now(self, plan: Plan) -> None:
        """From now on requests are counted from 1 again, and go as this plan says."""
        self.asked, self.plan = 0, plan

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.IncompleteReadError):
            request = await _message(reader)
            self.asked += 1
            await self._pass_on(request, self.plan(self.asked), writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    async def _pass_on(self, request: bytes, fault: str | None, writer: asyncio.StreamWriter) -> None:
        if fault == CUT_BEFORE:
            return
        if fault == BUSY_BEFORE:
            writer.write(BUSY)
            await writer.drain()
            return
        there, back = await asyncio.open_connection("127.0.0.1", self._to)
        back.write(request)
        await back.drain()
        answer = await there.read()
        back.close()
        if fault == CUT_IN_ANSWER:
            answer = answer[: len(answer) * 2 // 3]
        if fault == BUSY_AFTER:
            answer = BUSY
        if fault != CUT_AFTER:
            writer.write(answer)
            await writer.drain()


async def _message(reader: asyncio.StreamReader) -> bytes:
    """One whole request, made the last of its connection."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")
    told = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines[1:])}
    assert "transfer-encoding" not in told
    body = await reader.readexactly(int(told.get("content-length", 0)))
    kept = [line for line in lines if line and not line.lower().startswith("connection:")]
    return "\r\n".join([*kept, "Connection: close", "", ""]).encode("latin-1") + body


@asynccontextmanager
async def wire_to(port: int) -> AsyncIterator[Wire]:
    """A wire to that port, for as long as the block lasts."""
    wire = Wire(port)
    server = await asyncio.start_server(wire.serve, "127.0.0.1", 0, limit=2**20)
    wire.port = server.sockets[0].getsockname()[1]
    try:
        yield wire
    finally:
        server.close()
        await server.wait_closed()
