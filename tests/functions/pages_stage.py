"""A partnership with one alert about papers, one about hours, two reps and four meetings ahead, for tests of pages.

The ledger is a real one, and the app opens its watch from settings as in the cloud; there is no network.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from functions.cloud import Cloud
from functions.files import shipped
from functions.files.rulebooks import read_book
from functions.links import LIVES
from functions.pages import opening
from functions.pages.answers import Answer
from functions.pages.asked import FORM, asked
from functions.saved import ahead_saved, alert_saved, statement_back
from functions.telling.release import release
from functions.watch import Watch
from ledger import Ledger
from ledger.entries import AlertEntry, Snapshot
from models.agreement import Operator, Strength
from models.ahead import MeetingAhead, PapersAre
from models.alerts import Alert, AlertState, alert_key
from models.days import LONDON
from models.facts import Meeting, Statement
from models.findings import Finding, State
from models.keys import meeting_key
from models.links import Pass, Purpose, signed
from models.people import person_key
from models.reps import SEATS, partition_of
from reading.texts import read_texts

KEY, FORMER = "the-present-key-has-thirty-two-letters", "the-former-key-had-thirty-two-letters-too"
NOW = datetime(2026, 11, 24, 10, 0, tzinfo=LONDON)
BOARD, PRIORITY = "SEND Partnership Board", "Priority 1 Group"
REP, OTHER_REP, GONE_REP = (person_key(f"{name}@forum.example") for name in ("rep", "other", "gone"))
OFFICER, CHAIR, MANAGER = "Board Officer", "Forum chair", "Partnership manager"
BOOK, TEXTS = read_book().book, read_texts(None, shipped.WORDING).texts
assert f"{NOW:%A}" == "Tuesday"


def environment(folder: Path) -> dict[str, str]:
    """The settings of an app whose pages work."""
    return {
        "PROTOCOL_WATCH_TOKEN": "opens-nothing",
        "PROTOCOL_WATCH_GRAPH_URL": "http://127.0.0.1:1/v1.0",
        "PROTOCOL_WATCH_PUBLIC_URL": "https://watch.example",
        "PROTOCOL_WATCH_SIGNING_KEY": f"{KEY} {FORMER}",
        "PROTOCOL_WATCH_LEDGER": f"sqlite:///{folder / 'ledger.sqlite3'}",
    }


class NoTenant:
    """Stands where Microsoft 365 would: no page ever asks it for anything."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"a page asked Microsoft 365: {name}")


class Here(Cloud):
    """The app with its watch open already, on this ledger."""

    def __init__(self, environment: Mapping[str, str], clock: Callable[[], datetime], ledger: Ledger) -> None:
        super().__init__(environment, clock)
        keys = (KEY.encode(), FORMER.encode())
        self._watch = Watch(
            book=BOOK,
            tenant=NoTenant(),  # type: ignore[arg-type]
            ledger=ledger,
            site="",
            papers_list="Papers",
            texts=TEXTS,
            post=NoTenant(),  # type: ignore[arg-type]
            public_url="https://watch.example",
            signing_keys=keys,
            by="pages",
        )


def at_a_desk(ledger: Ledger, folder: Path) -> "Desk":
    """The app on this ledger, at ten on Tuesday morning until `moment` is set."""
    here = Here(environment(folder), lambda: made.moment, ledger)
    made = Desk(here)
    return made


def board() -> str:
    """The name of the Board in the shipped agreement."""
    return BOOK.agreement.groups[0].name


def meeting_ahead(name: str, starts: datetime, **more: object) -> MeetingAhead:
    """One meeting of two hours."""
    told = {"title": name, "group": board(), "place": "County Hall, Room B", **more}
    return MeetingAhead(key=meeting_key(name), starts=starts, ends=starts + timedelta(hours=2), **told)


AHEAD = (
    meeting_ahead("Held this morning", NOW - timedelta(hours=3)),
    meeting_ahead(
        "SEND Partnership Board",
        datetime(2026, 11, 27, 10, 30, tzinfo=LONDON),
        papers=PapersAre.NOT_SEEN,
        due=date(2026, 11, 20),
        coming_on=date(2026, 11, 25),
        reason="new figures come on Tuesday",
    ),
    meeting_ahead(
        "Extra Board",
        datetime(2026, 12, 4, 13, 0, tzinfo=LONDON),
        papers=PapersAre.EXPECTED,
        due=date(2026, 11, 27),
        was=datetime(2026, 12, 3, 13, 0, tzinfo=LONDON),
        online=True,
        place="",
    ),
    meeting_ahead("Winter Board", datetime(2026, 12, 11, 10, 0, tzinfo=LONDON), cancelled=True),
    meeting_ahead("Spring Board", datetime(2027, 1, 15, 10, 0, tzinfo=LONDON), papers=PapersAre.UNKNOWN),
)
NEXT = AHEAD[1]


def finding(
    promise: str, operator: Operator, starts: datetime, series: str = "", title: str = BOARD
) -> Finding:
    """What we can see of one meeting."""
    key = meeting_key(f"{title}{starts}")
    held = Meeting(
        key=key,
        uid=key,
        title=title,
        starts=starts,
        ends=starts + timedelta(hours=2),
        group=board(),
        series=series,
    )
    return Finding(
        key=f"lancashire/{promise}/{key}",
        promise=promise,
        clause="4.2",
        operator=operator,
        strength=Strength.FIRM,
        state=State.AT_RISK,
        because="We can't see papers for this meeting yet. They are due by the end of Thursday 26 November 2026"
        if operator is Operator.NOTICE
        else "It starts at 9:30am, and the agreement says 10am to 2pm",
        subject=key,
        meeting=held,
        group=board(),
        series=series,
    )


PAPERS = (finding("P01", Operator.NOTICE, datetime(2026, 12, 1, 10, 30, tzinfo=LONDON)),)
SERIES = tuple(
    finding(
        "P04", Operator.WINDOW, datetime(2027, month, 4, 9, 30, tzinfo=LONDON), series="series-of-the-board"
    )
    for month in (2, 3, 5)
)
SERIES_PAPERS = tuple(
    replace(one, promise="P02", operator=Operator.NOTICE, key=one.key.replace("P04", "P02")) for one in SERIES
)


def alert_of(findings: tuple[Finding, ...], state: AlertState = AlertState.OPENED) -> Alert:
    """The alert of these findings."""
    dates = {one.subject: one.meeting.day for one in findings if one.meeting}
    return Alert(
        key=alert_key(findings[0]),
        promise=findings[0].promise,
        group=board(),
        state=state,
        opened_at=NOW - timedelta(days=2),
        changed_at=NOW - timedelta(days=2),
        dates=dates,
    )


@dataclass
class Desk:
    """The app and its ledger; `now` is what its clock says."""

    here: Cloud
    moment: datetime = NOW

    async def begin(self) -> None:
        """Put everything into the ledger as reviews would have left it."""
        ledger = (await self.here.watch()).ledger
        for rep in (REP, OTHER_REP):
            await ledger.remember(partition_of(rep), SEATS, {"groups": [board()], "roles": ["Forum rep"]})
        saved = {
            "meetings": [ahead_saved(one) for one in AHEAD],
            "read_at": (NOW - timedelta(hours=1)).isoformat(),
        }
        await ledger.remember(board(), "meetings ahead", saved)
        looked_at = NOW - timedelta(hours=1)
        await ledger.save_snapshot(board(), Snapshot(first=NOW.date(), last=NOW.date(), read_at=looked_at))
        await release(ledger, BOOK, [board()], NOW - timedelta(days=3))
        alerts = [(alert_of(each), each) for each in (PAPERS, SERIES, SERIES_PAPERS)]
        await ledger.save_alerts(
            board(), [AlertEntry(one.key, alert_saved(one, found)) for one, found in alerts]
        )

    async def state(self, findings: tuple[Finding, ...], state: AlertState) -> None:
        """A review has changed the state of an alert."""
        ledger = (await self.here.watch()).ledger
        alert = alert_of(findings, state)
        known = (await ledger.alerts(board()))[alert.key]
        await ledger.save_alerts(
            board(), [AlertEntry(alert.key, alert_saved(alert, findings), known.version)]
        )

    async def said(self) -> list[Statement]:
        """Everything that was said about the Board."""
        ledger = (await self.here.watch()).ledger
        return [statement_back(one.value) for one in await ledger.statements(board())]

    async def remembered(self, place: str) -> Mapping[str, Mapping[str, object]]:
        """What is remembered of a rep or of the partnership."""
        return await (await self.here.watch()).ledger.remembered(place)

    async def look(self, token: str, part: str = "", method: str = "GET") -> Answer:
        """Open a link."""
        return await opening.page(self.here, token, asked(method, part, "", b""))

    async def press(self, token: str, media: str = FORM, body: bytes | None = None, **fields: str) -> Answer:
        """Press a button of the page behind a link."""
        return await opening.page(
            self.here, token, asked("POST", "", media, urlencode(fields).encode() if body is None else body)
        )

    async def fetch(self, token: str, known_as: str = "", method: str = "GET") -> Answer:
        """Fetch a feed."""
        return await opening.calendar(self.here, f"{token}.ics", asked(method, "", "", b"", known_as))


def token(
    purpose: Purpose,
    person: str,
    about: str = "",
    *,
    group: str | None = None,
    turn: int = 0,
    now: datetime = NOW,
    key: str = KEY,
) -> str:
    """A link as a mail holds it."""
    if group is None:
        group = board() if about else ""
    opens = Pass(
        purpose=purpose,
        person=person,
        expires=(now + LIVES[purpose]).astimezone(UTC),
        group=group,
        about=about,
        turn=turn,
    )
    return signed(opens, key.encode())


ON_PAPERS, ON_SERIES, ON_SERIES_PAPERS = (alert_key(each[0]) for each in (PAPERS, SERIES, SERIES_PAPERS))
EVERY_PAGE = {
    "my meetings": token(Purpose.MY_MEETINGS, REP),
    "open": token(Purpose.CANT_OPEN, REP, NEXT.key),
    "call": token(Purpose.CALL, REP, NEXT.key),
    "pause": token(Purpose.PAUSE, REP),
    "preferences": token(Purpose.PREFERENCES, REP),
    "unsubscribe": token(Purpose.UNSUBSCRIBE, REP),
    "alert": token(Purpose.ALERT, OFFICER, ON_PAPERS),
    "alert of a series": token(Purpose.ALERT, OFFICER, ON_SERIES),
    "reason": token(Purpose.REASON, CHAIR, ON_PAPERS),
    "check": token(Purpose.CHECK, MANAGER, ON_PAPERS),
    "introduce": token(Purpose.INTRODUCE, CHAIR),
}
