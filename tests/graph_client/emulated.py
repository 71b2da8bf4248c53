"""The invented county's tenant, in process, for tests of what is written to it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx

from emulator.app import emulator_app
from emulator.recording import App, Recorded
from emulator.seed import invented_county
from emulator.world import World

SITE = "https://council.sharepoint.example/sites/send-partnership"
WHERE = "council.sharepoint.example/sites/send-partnership"
SENDER = "send.partnership@council.example"


def county(role: str = "manage", *, lists: bool = True, **app: Any) -> World:
    """The invented county, with our app in this role on the partnership's site, with or without lists."""
    world = invented_county()
    if not lists:
        world.sites = [replace(site, lists=()) for site in world.sites]
    for client_id, registered in world.apps.items():
        changed: Mapping[str, Any] = {"site_roles": {WHERE: role}, **app}
        world.apps[client_id] = replace(registered, **changed)
    return world


class InProcess(httpx.ASGITransport):
    """The emulated tenant below our client; it notes what was asked, and loses answers on request."""

    def __init__(self, world: World, record_to: Path | None = None) -> None:
        super().__init__(app=cast("Any", Recorded(cast(App, emulator_app(world)), record_to, None)))
        self.world = world
        self.bearer = next(iter(world.bearers))
        self.asked: list[httpx.Request] = []
        self.waits: list[float] = []
        self.lose: set[str] = set()
        """Methods whose next answer is lost after the work was done."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        answer = await super().handle_async_request(request)
        if request.method in self.lose:
            self.lose.remove(request.method)
            raise httpx.ReadError("reset")
        return answer

    @property
    def writes(self) -> list[str]:
        """The methods of all that was not only read."""
        return [request.method for request in self.asked if request.method != "GET"]

    async def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
