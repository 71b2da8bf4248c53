"""Serves the emulated tenant on this machine, over https as Microsoft's own libraries insist."""

import asyncio
import socket
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import uvicorn

from emulator.app import emulator_app
from emulator.certificates import server_certificate
from emulator.recording import App, Recorded
from emulator.world import World


@dataclass(frozen=True, slots=True)
class Running:
    """A tenant that is being served."""

    base_url: str
    ca_file: Path | None
    """The PEM that a client must trust; none without TLS."""
    _server: uvicorn.Server
    _thread: threading.Thread
    _folder: tempfile.TemporaryDirectory[str]

    def stop(self) -> None:
        """Stop serving. To stop twice does nothing."""
        self._server.should_exit = True
        self._thread.join()
        self._folder.cleanup()


@contextmanager
def running(
    app_or_world: App | World,
    *,
    record_to: Path | None = None,
    other_to: Path | None = None,
    tls: bool = True,
    port: int = 0,
) -> Iterator[Running]:
    """Serve a tenant, or any ASGI app, for as long as the block lasts. Port 0 is a free one."""
    served = start(app_or_world, record_to=record_to, other_to=other_to, tls=tls, port=port)
    try:
        yield served
    finally:
        served.stop()


def start(
    app_or_world: App | World,
    *,
    record_to: Path | None = None,
    other_to: Path | None = None,
    tls: bool = True,
    port: int = 0,
) -> Running:
    """Serve until `stop` is called."""
    app = cast(App, emulator_app(app_or_world)) if isinstance(app_or_world, World) else app_or_world
    folder = tempfile.TemporaryDirectory(prefix="emulated-tenant-")
    certificate = _written_certificate(Path(folder.name)) if tls else None
    listening = _listen(port)
    server = _Server(_config(Recorded(app, record_to, other_to), certificate))
    thread = threading.Thread(target=server.run, args=([listening],), name="emulated tenant")
    thread.start()
    server.ready.wait()
    scheme, ca_file = ("https", certificate) if certificate else ("http", None)
    return Running(f"{scheme}://127.0.0.1:{listening.getsockname()[1]}", ca_file, server, thread, folder)


class _Server(uvicorn.Server):
    """Uvicorn, but it tells the waiting thread that it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start listening, then say so."""
        try:
            await super().startup(sockets)
        finally:
            self.ready.set()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let answers under way end, then drop what clients left open: they may never close it themselves."""
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=1)
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        await super().shutdown(sockets)


def _config(app: App, certificate: Path | None) -> uvicorn.Config:
    key = certificate.with_name("key.pem") if certificate else None
    return uvicorn.Config(
        app,
        http="h11",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        ssl_certfile=str(certificate) if certificate else None,
        ssl_keyfile=str(key) if key else None,
        timeout_graceful_shutdown=2,
    )


def _listen(port: int) -> socket.socket:
    # Only with the protocol named does asyncio send at once: else each answer waits 40 ms for an acknowledgement
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    return listening


def _written_certificate(folder: Path) -> Path:
    made = server_certificate()
    key = folder / "key.pem"
    key.touch(mode=0o600)
    key.write_text(made.private_key)
    ca_file = folder / "ca.pem"
    ca_file.write_text(made.certificate)
    return ca_file
