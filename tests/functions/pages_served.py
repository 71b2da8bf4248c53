"""The app's own web triggers on a small server of this machine, so that a browser can press their buttons.

What Azure's host would do with them (routes, headers, the message for the queue) is done here in its way.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import azure.functions as func
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from functions import cloud
from functions.cloud import Cloud
from functions.triggers import pages as triggers


class Out(func.Out[str]):
    """Where a function puts its message for the queue."""

    def __init__(self) -> None:
        self.value: str | None = None

    def set(self, val: str) -> None:
        """Keep it."""
        self.value = val

    def get(self) -> str:
        """What was put."""
        return self.value or ""


def web(here: Cloud, touched: list[str]) -> Starlette:
    """The pages and the feed of this app; messages for the queue go into `touched`."""

    def given(request: Request, body: bytes) -> func.HttpRequest:
        return func.HttpRequest(
            method=request.method,
            url=str(request.url),
            headers=dict(request.headers),
            params=dict(request.query_params),
            route_params=dict(request.path_params),
            body=body,
        )

    def answered(said: func.HttpResponse) -> Response:
        return Response(said.get_body(), said.status_code, dict(said.headers))

    async def page(request: Request) -> Response:
        cloud.HERE, out = here, Out()
        said = await triggers.page.build().get_user_function()(given(request, await request.body()), out)
        touched.extend([out.value] if out.value else [])
        return answered(said)

    async def feed(request: Request) -> Response:
        cloud.HERE = here
        return answered(await triggers.feed.build().get_user_function()(given(request, await request.body())))

    return Starlette(
        routes=[
            Route("/p/{token}", page, methods=triggers.METHODS),
            Route("/feed/{token}", feed, methods=triggers.METHODS),
        ]
    )


@asynccontextmanager
async def served(here: Cloud) -> AsyncIterator[tuple[str, list[str]]]:
    """The address at which the pages are served, and the messages for the queue, for as long as the block lasts."""
    touched: list[str] = []
    config = uvicorn.Config(
        web(here, touched), host="127.0.0.1", port=0, log_config=None, lifespan="off", http="h11", ws="none"
    )
    server = uvicorn.Server(config)
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    before, serving = cloud.HERE, asyncio.create_task(server._serve())
    while not server.started:
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", touched
    finally:
        server.should_exit = True
        await serving
        cloud.HERE = before
