"""The emulated tenant as a web application: which address is Graph, Entra or a workflow."""

import asyncio
import json
from urllib.parse import parse_qsl

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from emulator.answers import Answer, Call, GraphError, new_request_id
from emulator.graph import Graph
from emulator.libraries import downloaded
from emulator.mishaps import CutOffError
from emulator.sending import BrokenResponse, response
from emulator.tokens import bearer_app, discovery, token
from emulator.workflows import receive
from emulator.world import World


def emulator_app(world: World) -> Starlette:
    """Everything that the tenant answers."""

    async def graph(request: Request) -> Response:
        return await _ask_graph(world, request)

    async def openid_configuration(request: Request) -> Response:
        return response(discovery(world, request.path_params["tenant"], _base_url(request)))

    async def tokens(request: Request) -> Response:
        form = dict(parse_qsl((await request.body()).decode("utf-8", "replace")))
        return _befallen(world, request) or response(
            token(world, request.path_params["tenant"], form, _base_url(request))
        )

    async def workflow(request: Request) -> Response:
        return await _take_post(world, request)

    async def download(request: Request) -> Response:
        return _download(world, request)

    return Starlette(
        routes=[
            Route("/v1.0/{path:path}", graph, methods=["GET", "POST", "PATCH", "PUT", "DELETE"]),
            Route("/downloads/{drive}/{item}", download, methods=["GET"]),
            Route("/workflows/{flow}", workflow, methods=["POST"]),
            Route("/{tenant}/v2.0/.well-known/openid-configuration", openid_configuration),
            Route("/{tenant}/oauth2/v2.0/token", tokens, methods=["POST"]),
            Route("/{path:path}", _no_such_version, methods=["GET", "POST", "PATCH", "PUT", "DELETE"]),
        ]
    )


async def _ask_graph(world: World, request: Request) -> Response:
    content = await request.body()
    headers = {name: ", ".join(request.headers.getlist(name)) for name in request.headers}
    try:
        app = bearer_app(world, request.headers.get("authorization"))
        body = _body(content, headers.get("content-type", ""))
        call = Call(request.method, _url(request), headers, body, _base_url(request), app)
        return response(await _answered(world, call))
    except CutOffError:
        return BrokenResponse()
    except GraphError as refusal:
        request_id = new_request_id()
        answer = refusal.answer(request_id, request.headers.get("client-request-id"))
        return response(Answer(answer.status, answer.body, {"request-id": request_id, **answer.headers}))


async def _answered(world: World, call: Call) -> Answer:
    slots = world.limits.begin(call)
    try:
        if world.limits.seconds_under_way:
            await asyncio.sleep(world.limits.seconds_under_way)
        graph = Graph(world, slots)
        # A handshake calls out and waits: meanwhile this tenant goes on answering
        return await asyncio.to_thread(graph.answer, call) if _calls_out(call) else graph.answer(call)
    finally:
        world.limits.end(call, slots)


def _calls_out(call: Call) -> bool:
    return call.method in ("POST", "PATCH") and (
        "subscriptions" in call.url or "subscriptions" in str(call.body)[:20_000]
    )


def _download(world: World, request: Request) -> Response:
    """SharePoint's side of a file's content: the address is the permission, and a token beside it is refused."""
    if "authorization" in request.headers or request.query_params.get("tempauth") != "emulated":
        return Response(status_code=401)
    found = downloaded(world, request.path_params["drive"], request.path_params["item"])
    return (
        Response(status_code=404) if found is None else Response(found, media_type="application/octet-stream")
    )


async def _no_such_version(request: Request) -> Response:
    refusal = GraphError(404, "UnknownError", f"Nothing here answers {request.url.path}: Graph is at /v1.0.")
    return response(refusal.answer(new_request_id(), request.headers.get("client-request-id")))


async def _take_post(world: World, request: Request) -> Response:
    content, name = await request.body(), f"{request.method} {request.url.path}"
    broken = _befallen(world, request)
    if broken:
        return broken
    answer = receive(world, request.path_params["flow"], request.query_params.get("sig"), content)
    return BrokenResponse() if world.faults.take(name, "cut off after") else response(answer)


def _befallen(world: World, request: Request) -> Response | None:
    """The fault that befalls a call to Entra or to a workflow before any work is done."""
    fault = world.faults.take(f"{request.method} {request.url.path}", "answer", "cut off before")
    if fault is None:
        return None
    return (
        BrokenResponse()
        if fault.kind != "answer"
        else response(Answer(fault.status, fault.body, fault.headers))
    )


def _url(request: Request) -> str:
    path = request.scope["raw_path"].decode("latin-1").removeprefix("/v1.0")
    query = request.scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _base_url(request: Request) -> str:
    return str(request.base_url).rstrip("/")


def _body(content: bytes, media: str) -> object:
    if media.lower().startswith("text/plain"):  # a mail sent as MIME
        return content.decode("latin-1")
    try:
        return json.loads(content) if content else None
    except ValueError as wrong:
        raise GraphError(400, "BadRequest", "Unable to read JSON request payload.") from wrong
