"""Runs in a process of its own: our app in Microsoft's worker library, called over a socket.

Plain objects stand in for the host's messages. The app's folder comes last on sys.path, as in Azure.
Started with the app's folder, the number of a socket, and, for a story, the moment at which its clock
stands and the seconds for which a calendar that was read is left alone.
"""

import asyncio
import base64
import contextlib
import json
import os
import resource
import socket
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace


class Typed(SimpleNamespace):
    """One typed value, of which just one kind is set."""

    def WhichOneof(self, _of):  # noqa: N802 (protobuf's own name)
        return next(iter(vars(self)), None)


class Parameter(SimpleNamespace):
    def WhichOneof(self, _of):  # noqa: N802 (protobuf's own name)
        return "data"


class Status(SimpleNamespace):
    Failure, Success, Cancelled = 0, 1, 2


class Binding(SimpleNamespace):
    undefined, out, inout, string, binary, stream = 0, 1, 2, 1, 2, 3  # codespell:ignore inout


class Cookie(SimpleNamespace):
    SameSite = SimpleNamespace(Lax=1, Strict=2, ExplicitNone=3, **{"None": 0})


class Messages:
    """Every kind of message of the host's protocol: the few that have something special, and any other."""

    def __init__(self):
        self.__dict__["TypedData"] = Typed
        self.ParameterBinding, self.StatusResult = Parameter, Status
        self.BindingInfo, self.RpcHttpCookie = Binding, Cookie

    def __getattr__(self, name):
        return type(name, (SimpleNamespace,), {})


def typed(value):
    """A value as the host sends it, from JSON: bytes are written as {"bytes": base64}."""
    [(kind, held)] = value.items()
    if kind == "bytes":
        return Typed(bytes=base64.b64decode(held))
    if kind == "http":
        body = typed(held["body"]) if held["body"] else Typed()
        return Typed(http=SimpleNamespace(**{**held, "body": body, "identities": []}))
    return Typed(**value)


def plain(value):
    """What the worker gave back, as JSON."""
    if isinstance(value, SimpleNamespace):
        return {name: plain(each) for name, each in vars(value).items()}
    if isinstance(value, dict):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def asked(kind, **held):
    properties = {"host": "127.0.0.1", "protos": Messages()}
    return SimpleNamespace(request=SimpleNamespace(**{kind: SimpleNamespace(**held)}), properties=properties)


class Story:
    """The clock of a story, which goes on from where it is set."""

    def __init__(self, moment):
        self.set(moment)

    def set(self, moment):
        self.moment, self.began = datetime.fromisoformat(moment), asyncio.get_running_loop().time()

    def __call__(self):
        return self.moment + timedelta(seconds=asyncio.get_running_loop().time() - self.began)


def tell_the_time(story, seconds):
    """The app is as it is, but for its clock and its patience."""
    from functions import cloud

    cloud.HERE = cloud.Cloud(os.environ, story, timedelta(seconds=float(seconds)))


async def called(worker, message):
    """One invocation, as the host asks for it."""
    trace = SimpleNamespace(trace_parent=f"00-{'1' * 32}-{'2' * 16}-01", trace_state="", attributes={})
    retry = SimpleNamespace(retry_count=0, max_retry_count=0, exception=None)
    given = [Parameter(name=name, data=typed(value)) for name, value in message["given"].items()]
    response = await worker.invocation_request(
        asked(
            "invocation_request",
            invocation_id=message["number"],
            function_id=message["function"],
            input_data=given,
            trigger_metadata={name: typed(value) for name, value in message["about"].items()},
            trace_context=trace,
            retry_context=retry,
        )
    )
    return plain(response)


async def serve(folder, number, *story):
    reader, writer = await asyncio.open_connection(sock=socket.socket(fileno=int(number)), limit=2**26)
    os.chdir(folder)
    sys.path[:] = [
        *(place for place in sys.path if place not in ("", str(Path(__file__).parent), folder)),
        folder,
    ]
    import azure_functions_runtime as worker

    clock = Story(story[0]) if story else None
    worker.start_threadpool_executor()

    def say(said):
        writer.write(json.dumps(said).encode() + b"\n")

    begun = await worker.worker_init_request(
        asked("worker_init_request", capabilities={}, function_app_directory=folder)
    )
    listed = await worker.functions_metadata_request(asked("functions_metadata_request"))
    functions = [
        {"name": one.name, "id": one.function_id, "bindings": [json.loads(each) for each in one.raw_bindings]}
        for one in listed.function_metadata_results or []
    ]
    say({"result": plain(begun.result), "functions": functions, "modules": sorted(sys.modules)})
    if story:
        tell_the_time(clock, story[1])

    async def one(message):
        if "clock" in message:
            clock.set(message["clock"])
            say({"number": message["number"]})
        elif "modules" in message:
            used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            say({"number": message["number"], "modules": sorted(sys.modules), "kilobytes": used})
        else:
            say({"number": message["number"], **await called(worker, message)})

    going = set()
    with contextlib.suppress(ConnectionError):
        while line := await reader.readline():
            task = asyncio.create_task(one(json.loads(line)))
            going.add(task)
            task.add_done_callback(going.discard)


if __name__ == "__main__":
    asyncio.run(serve(*sys.argv[1:]))
