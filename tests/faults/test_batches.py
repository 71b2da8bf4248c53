"""Twenty calendars in one call: an odd part, or a call that fails as a whole, mixes nothing up and loses nobody."""

from collections.abc import Callable

import pytest

from graph_client.calendar_windows import WindowRead
from graph_client.errors import AnswerUnusable, GraphError, PersonMustAct, TryAgainLater
from graph_client.windows_of_many import read_windows
from tests.faults import effects
from tests.faults.faults import ALWAYS
from tests.faults.partnership import CALENDARS, FIRST, LAST, TROUBLED, opened, tenant_of_twenty
from tests.faults.sentences import assert_one_sentence
from tests.faults.wires import Changed, Effect, Instead, Json, Troubled

BATCH = "$batch"
Read = dict[str, WindowRead | GraphError]


def parts(change: Callable[[list[Json]], list[object]]) -> Effect:
    """The parts of the answer, changed."""
    return Changed(lambda body: body | {"responses": change(body["responses"])})


def each_part(**different: object) -> Effect:
    """Every part with something different."""
    return parts(lambda given: [part | different for part in given])


def without_its_part(answers: list[Json]) -> list[object]:
    """The part with four meetings and no others of its kind is the troubled calendar's: it has next pages."""
    return [part for part in answers if "@odata.nextLink" not in part["body"]]


PASSING: dict[str, tuple[Effect, int]] = {
    "parts in another order": (parts(lambda given: list(reversed(given))), ALWAYS),
    "numbers for ids": (parts(lambda given: [part | {"id": int(part["id"])} for part in given]), ALWAYS),
    "parts that nobody asked for": (
        parts(lambda given: [{"id": "99", "status": 200, "body": given[0]["body"]}, *given]),
        ALWAYS,
    ),
    "rubbish among the parts": (parts(lambda given: ["rubbish", None, {}, {"id": "1"}, *given]), ALWAYS),
    "no headers": (each_part(headers=None), ALWAYS),
    "every part twice": (parts(lambda given: [*given, *given]), ALWAYS),
    "one part left out": (parts(without_its_part), 1),
    "all parts left out": (parts(lambda _: []), 2),
    "all parts throttled": (each_part(status=429, headers={"Retry-After": 2.128}, body=None), 3),
    "all parts failed with the first": (each_part(status=424, body=None), 2),
    "parts that are web pages": (each_part(body="PGh0bWw+"), 2),
    "the call throttled": (effects.throttled("2")(), 3),
    "a bare 503 for all": (Instead(503), 2),
    "a web page for all": (Instead(200, effects.HTML), 2),
    "the call reset": (effects.broken(effects.reset)(), 2),
    "the answer cut": (effects.broken(effects.cut)(), 2),
    "the answer cut in its gzip": (effects.broken(effects.cut_gzip)(), 2),
    "a token called back": (effects.refused(401)(), 1),
    "all parts say that the token is called back": (each_part(status=401, body=None), 1),
}
LASTING: dict[str, tuple[Effect, type[GraphError]]] = {
    "all parts always left out": (parts(lambda _: []), TryAgainLater),
    "throttled for ever": (effects.throttled("20")(), TryAgainLater),
    "down for ever": (Instead(503), TryAgainLater),
    "always a web page": (Instead(200, effects.HTML), TryAgainLater),
    "not allowed": (effects.refused(403)(), PersonMustAct),
    "refused for good": (effects.refused(401)(), PersonMustAct),
    "no parts at all": (Instead(200, {"value": []}), AnswerUnusable),
    "parts of another kind": (Instead(200, {"responses": "none"}), AnswerUnusable),
    "parts without a body": (each_part(body=None), AnswerUnusable),
    "parts with another body": (each_part(body={"value": "none"}), AnswerUnusable),
}


async def read(effect: Effect | None = None, times: int = 0) -> tuple[Read, Troubled]:
    """The twenty calendars while this befalls the batch, and the wire that it went over."""
    nothing = Changed(lambda body: body)
    wire = Troubled(tenant_of_twenty(), BATCH, effect or nothing, times=times)
    async with opened(wire) as client:
        return dict(await read_windows(client.tenant, CALENDARS, FIRST, LAST)), wire


_CALM: list[Read] = []


@pytest.fixture
async def calm() -> Read:
    """The twenty calendars on a good day."""
    if not _CALM:
        _CALM.append((await read())[0])
    return _CALM[0]


async def test_on_a_good_day_each_has_its_own(calm: Read) -> None:
    for mailbox, window in calm.items():
        assert isinstance(window, WindowRead)
        assert len(window.meetings) == (24 if mailbox == TROUBLED else 4)


@pytest.mark.parametrize("name", PASSING)
async def test_what_passes_leaves_everybody_their_own_meetings(name: str, calm: Read) -> None:
    effect, times = PASSING[name]
    windows, wire = await read(effect, times)
    assert wire.struck
    assert windows == calm
    assert len(wire.asked) < 12


@pytest.mark.parametrize("name", LASTING)
async def test_what_lasts_is_told_of_each(name: str) -> None:
    effect, kind = LASTING[name]
    windows, wire = await read(effect, ALWAYS)
    assert list(windows) == list(CALENDARS)
    for mailbox, error in windows.items():
        assert type(error) is kind
        assert_one_sentence(str(error), mailbox)
    assert len(wire.asked) < 12


async def test_nobody_is_told_of_anothers_trouble() -> None:
    """One calendar refused, one gone, one throttled for ever: three sentences, each about one of them."""
    world = tenant_of_twenty()
    first, second, third = CALENDARS[:3]
    world.faults.answer(pattern(first), 403, times=ALWAYS)
    world.faults.answer(pattern(second), 404, times=ALWAYS)
    world.faults.throttle(pattern(third), times=ALWAYS, retry_after="100")
    async with opened(Troubled(world, BATCH, Changed(lambda body: body), times=0)) as client:
        windows = await read_windows(client.tenant, CALENDARS, FIRST, LAST)
    told = {mailbox: str(window) for mailbox, window in windows.items() if isinstance(window, GraphError)}
    assert list(told) == [first, second, third]
    for mailbox, sentence in told.items():
        assert_one_sentence(sentence, mailbox)
        assert not any(other in sentence for other in CALENDARS if other != mailbox)


def pattern(mailbox: str) -> str:
    """What the emulator is told to look for in a call."""
    return f"users/{mailbox.replace('.', '[.]').replace('@', '(@|%40)')}/"
