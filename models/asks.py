"""What forum reps ask for: a paper that won't open, a call before a meeting; and whether it was seen to."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from models.days import LONDON
from models.facts import Said, Statement
from models.people import FORUM
from models.statements import standing

ASKS = (Said.CANT_OPEN, Said.CALL_WANTED)
CARRIED = timedelta(days=7)  # an ask that nobody carried for a week is past helping
PUT_RIGHT = frozenset({Said.SENT, Said.IN_HAND})  # an officer's word that ends the waiting for a paper


@dataclass(frozen=True, slots=True)
class Ask:
    """What was asked about one meeting on one day, by one rep or by several; `at` is when it was first asked."""

    said: Said
    meeting: str
    at: datetime
    number: int

    @property
    def day(self) -> date:
        """The day of it, in London."""
        return self.at.astimezone(LONDON).date()

    @property
    def key(self) -> str:
        """Its name: reps who ask the same on the same day ask once."""
        word = "cant-open" if self.said is Said.CANT_OPEN else "call"
        return f"ask/{word}/{self.meeting}/{self.day.isoformat()}"


def asks_in(statements: Iterable[Statement], now: datetime) -> tuple[Ask, ...]:
    """What was asked lately and not taken back, oldest first."""
    asked: dict[tuple[Said, str, date], list[Statement]] = {}
    for one in standing(statements):
        if one.said in ASKS and now - one.at <= CARRIED:
            day = one.at.astimezone(LONDON).date()
            asked.setdefault((one.said, one.subject, day), []).append(one)
    return tuple(
        Ask(said, meeting, min(one.at for one in those), len(those))
        for (said, meeting, _), those in asked.items()
    )


def seen_to(
    ask: Ask, statements: Iterable[Statement], *, series: str = "", opens_since: datetime | None = None
) -> bool:
    """Whether an ask needs nobody any more: taken back, or (a paper) put right by word or by a new file.

    Whether a call took place nobody can see.
    """
    said = standing(statements)
    if not any(one.said is ask.said and one.subject == ask.meeting and one.at >= ask.at for one in said):
        return True
    if ask.said is not Said.CANT_OPEN:
        return False
    if opens_since is not None and opens_since > ask.at:
        return True
    return any(
        one.said in PUT_RIGHT
        and one.subject in {ask.meeting, series} - {""}
        and one.partner.casefold() != FORUM
        and one.at > ask.at
        for one in said
    )


def opened_for(
    rep: str,
    statements: Iterable[Statement],
    meeting: str,
    *,
    series: str = "",
    opens_since: datetime | None = None,
) -> bool:
    """Whether a paper that this rep could not open should open now.

    The rep who said it stands in the statement's id ("rep/<key>/..."). Where no rep does, it was said for all.
    """
    said = standing(statements)
    theirs = [
        one for one in said if one.said is Said.CANT_OPEN and one.subject == meeting and _is_of(one, rep)
    ]
    if not theirs:
        return False
    last = max(one.at for one in theirs)
    if opens_since is not None and opens_since > last:
        return True
    return any(
        one.said is Said.SENT
        and one.subject in {meeting, series} - {""}
        and one.partner.casefold() != FORUM
        and one.at > last
        for one in said
    )


def _is_of(statement: Statement, rep: str) -> bool:
    whose = statement.id.split("/")
    return whose[0] != "rep" or whose[1:2] == [rep]
