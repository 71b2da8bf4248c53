"""A plain HTTP server on this machine that answers as it is told, and remembers what it was asked."""

import json
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request: its path, its query or form, its headers."""

    path: str
    given: dict[str, str]
    headers: dict[str, str]


@dataclass
class Server:
    """Where it is, and what it was asked."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)


Answers = Callable[[Asked, str], tuple[int, Any]]
"""The status and the JSON (or text) for a request, given the server's own address."""


@contextmanager
def answering(answers: Answers, certificate: Path | None = None) -> Iterator[Server]:
    """Serve for as long as the block lasts; over TLS where a PEM with key and certificate is given."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer(urlsplit(self.path).query)

        def do_POST(self) -> None:
            self._answer(self.rfile.read(int(self.headers["content-length"])).decode())

        def _answer(self, given: str) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(urlsplit(self.path).path, dict(parse_qsl(given)), headers)
            server.asked.append(asked)
            status, body = answers(asked, server.url)
            content = (body if isinstance(body, str) else json.dumps(body)).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        server.url = f"{'https' if certificate else 'http'}://127.0.0.1:{http.server_port}"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            http.socket = context.wrap_socket(http.socket, server_side=True)
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
