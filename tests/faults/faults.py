"""What goes wrong between us and Microsoft 365, and what must come of each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime

from emulator.faults import UNAVAILABLE
from graph_client.errors import (
    AnswerUnusable,
    ChangedMeanwhile,
    GraphError,
    GraphRefused,
    NotThere,
    PersonMustAct,
    ReadAfresh,
    TryAgainLater,
)
from tests.faults import effects
from tests.faults.partnership import NOW
from tests.faults.wires import Asked, Effect, Instead

ALWAYS = 1_000
ELSEWHERE = "https://elsewhere.example/v1.0/users/x/calendarView?$skiptoken=a-token-that-is-a-secret"
SKEWED = NOW + timedelta(hours=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault: what it does, from which call and how often, and what must come of it.

    `ends_in` is the error of a fault that lasts; None where the read is right all the same. `says` is part
    of its sentence. `lost` is how many entries can't be understood. `waits` are the seconds that must be waited.
    """

    effect: Callable[[], Effect]
    after: int = 0
    times: int = 1
    ends_in: type[GraphError] | None = None
    says: str = ""
    lost: int = 0
    waits: tuple[float, ...] | None = None
    renewals: int = 0
    budget: float = 90.0


LATER, PERSON = TryAgainLater, PersonMustAct
A_DATE = format_datetime(NOW + timedelta(seconds=30), usegmt=True)
FAULTS: dict[str, Fault] = {
    # what passes
    "a storm of 429": Fault(effect=effects.throttled("2"), times=6, waits=(2.0,) * 6),
    "429 with a fraction of seconds": Fault(
        effect=lambda: Asked(lambda world, path: world.faults.throttle(path)), waits=(2.128,)
    ),
    "429 with a date": Fault(effect=effects.throttled(A_DATE), waits=(30.0,)),
    "429 without a word": Fault(effect=effects.throttled(), times=2, waits=(0.5, 1.0)),
    "429 with a word that is no time": Fault(effect=effects.throttled("soon"), waits=(0.5,)),
    "429 in the middle": Fault(effect=effects.throttled("3"), after=2, waits=(3.0,)),
    "a server whose clock is hours off": Fault(
        effect=effects.throttled(
            format_datetime(SKEWED + timedelta(seconds=7), usegmt=True),
            Date=format_datetime(SKEWED, usegmt=True),
        ),
        waits=(7.0,),
    ),
    "a throttle that calls itself 403": Fault(effect=effects.refused(403, "activityLimitReached"), times=2),
    "a bare 503": Fault(
        effect=lambda: Asked(lambda world, path: world.faults.unavailable(path, times=3)),
        waits=(0.5, 1.0, 2.0),
    ),
    "503 with a web page": Fault(effect=effects.page_of_a_stranger(503), times=2),
    "500": Fault(effect=effects.refused(500, "InternalServerError"), times=2),
    "502 with a web page": Fault(effect=effects.page_of_a_stranger(502), times=2),
    "504": Fault(effect=effects.refused(504, "UnknownError"), times=2),
    "408": Fault(effect=effects.refused(408), times=2),
    "424 as part of a throttled batch": Fault(effect=effects.refused(424, "FailedDependency"), times=2),
    "no connection": Fault(effect=effects.broken(effects.no_connection), times=3),
    "a reset before the answer": Fault(effect=effects.broken(effects.reset), times=3),
    "a reset in the middle of the answer": Fault(
        effect=effects.broken(effects.reset_in_the_middle), after=1, times=3
    ),
    "an answer that the server breaks off": Fault(
        effect=lambda: Asked(lambda world, path: world.faults.cut_off(path, times=2, after_the_work=True))
    ),
    "JSON cut short": Fault(effect=effects.broken(effects.cut), times=2),
    "a web page instead of JSON": Fault(effect=effects.page_of_a_stranger(200), times=2),
    "an empty answer": Fault(effect=effects.broken(effects.empty), times=2),
    "gzip cut short": Fault(effect=effects.broken(effects.cut_gzip), times=2),
    "gzip that is none": Fault(effect=effects.broken(effects.no_gzip), times=2),
    "a slow drip": Fault(effect=effects.broken(effects.drips(0.001, 30)), times=ALWAYS),
    "a token called back in the middle": Fault(
        effect=effects.refused(401, "InvalidAuthenticationToken"), after=2, renewals=1
    ),
    # what is right all the same
    "an empty first page": Fault(
        effect=lambda: Asked(lambda world, path: world.faults.empty_first_page(path))
    ),
    "pages that repeat each other": Fault(effect=effects.twice, times=ALWAYS),
    "a page of megabytes": Fault(effect=effects.changed(effects.oversized), times=ALWAYS),
    "an answer in another mailbox's name": Fault(
        effect=effects.changed(effects.in_anothers_name), times=ALWAYS
    ),
    "new properties": Fault(
        effect=effects.changed(lambda body: effects.with_first(body, novelty={"a": [1]})), times=ALWAYS
    ),
    "an event without a time": Fault(
        effect=effects.changed(lambda body: effects.with_first(body, start=None)), lost=1
    ),
    "an event of another kind": Fault(
        effect=effects.changed(lambda body: effects.with_first(body, location="Room 0")), lost=1
    ),
    "an event that is no object": Fault(
        effect=effects.changed(lambda body: body | {"value": ["rubbish", *body["value"]]}), lost=1
    ),
    # what lasts
    "a wait beyond all patience": Fault(
        effect=effects.throttled("179"), times=ALWAYS, ends_in=LATER, says="in 3 minutes", waits=()
    ),
    "a storm that does not end": Fault(
        effect=effects.throttled("20"), times=ALWAYS, ends_in=LATER, says="429"
    ),
    "never up again": Fault(
        effect=lambda: Instead(503, UNAVAILABLE), times=ALWAYS, ends_in=LATER, says="503"
    ),
    "never connected": Fault(
        effect=effects.broken(effects.no_connection), times=ALWAYS, ends_in=LATER, says="connection broke"
    ),
    "always a web page": Fault(
        effect=effects.page_of_a_stranger(200), times=ALWAYS, ends_in=LATER, says="the answer was no JSON"
    ),
    "a drip that never ends": Fault(
        effect=effects.broken(effects.drips(0.05, 1_000)),
        times=ALWAYS,
        ends_in=LATER,
        says="no answer in time",
        budget=0.2,
    ),
    "a token that is refused for good": Fault(
        effect=effects.refused(401, "InvalidAuthenticationToken"),
        times=ALWAYS,
        ends_in=PERSON,
        says="401",
        renewals=1,
    ),
    "403 on this mailbox": Fault(
        effect=effects.refused(403, "ErrorAccessDenied"),
        times=ALWAYS,
        ends_in=PERSON,
        says="RBAC for Applications",
    ),
    "403 in the middle": Fault(
        effect=effects.refused(403, "ErrorAccessDenied"), after=2, times=ALWAYS, ends_in=PERSON, says="403"
    ),
    "404": Fault(
        effect=effects.refused(404, "ErrorInvalidUser"), times=ALWAYS, ends_in=NotThere, says="spelling"
    ),
    "a group's address": Fault(
        effect=effects.refused(400, "ErrorGroupIsUsedInNonGroupURI"),
        times=ALWAYS,
        ends_in=PERSON,
        says="shared mailbox",
    ),
    "410": Fault(effect=effects.refused(410), times=ALWAYS, ends_in=ReadAfresh, says="410"),
    "a lost place that calls itself 400": Fault(
        effect=effects.refused(400, "SyncStateNotFound"),
        times=ALWAYS,
        ends_in=ReadAfresh,
        says="from the start",
    ),
    "412": Fault(effect=effects.refused(412), times=ALWAYS, ends_in=ChangedMeanwhile, says="412"),
    "423": Fault(effect=effects.refused(423, "resourceLocked"), times=ALWAYS, ends_in=PERSON, says="unlock"),
    "a redirect": Fault(
        effect=lambda: Instead(302, "", (("Location", ELSEWHERE),)),
        times=ALWAYS,
        ends_in=GraphRefused,
        says="302",
    ),
    "a next page at another address": Fault(
        effect=effects.changed(effects.linked(ELSEWHERE)),
        times=ALWAYS,
        ends_in=AnswerUnusable,
        says="another address",
    ),
    "a next page that is no address": Fault(
        effect=effects.changed(effects.linked("https://[half")),
        times=ALWAYS,
        ends_in=AnswerUnusable,
        says="another address",
    ),
    "pages that lead back to themselves": Fault(
        effect=effects.loop, times=ALWAYS, ends_in=AnswerUnusable, says="never end"
    ),
    "empty pages without end": Fault(
        effect=lambda: Asked(lambda world, path: world.faults.empty_first_page(path, times=ALWAYS)),
        ends_in=AnswerUnusable,
        says="never end",
    ),
    "JSON of another kind": Fault(
        effect=lambda: Instead(200, {"value": "none"}), times=ALWAYS, ends_in=AnswerUnusable, says="publishes"
    ),
}
RIGHT = {name: fault for name, fault in FAULTS.items() if fault.ends_in is None}
LASTING = {name: fault for name, fault in FAULTS.items() if fault.ends_in is not None}
