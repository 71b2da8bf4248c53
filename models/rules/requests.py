"""Section 3, the forward plan: what a request to the forum must say, and how long before it must come."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from models import spoken
from models.agreement import NoticeTest, PresentTest, Promise
from models.days import LONDON, end_of
from models.facts import RegisterRow
from models.findings import State
from models.keys import slug
from models.register import CONSULTATIONS, LIST_OF_ITEM, REQUESTS
from models.rules.notice import cannot_count, latest_days
from models.rules.verdict import Case, Verdict

CAME = {REQUESTS: "ReceivedOn", CONSULTATIONS: "ForumAskedOn"}
STARTS = {REQUESTS: "StartsOn", CONSULTATIONS: "OpensOn"}


def rows_for(promise: Promise, case: Case) -> Iterable[RegisterRow]:
    """The register rows that a promise is about, and that came while it was in force."""
    name = list_of(promise)
    for row in case.rows.get(name, ()):
        came = _day(row.fields, CAME[name])
        if came is None or promise.in_force(came):
            yield row


def list_of(promise: Promise) -> str:
    """The list whose rows a promise is about."""
    return LIST_OF_ITEM[promise.test.item] if isinstance(promise.test, PresentTest) else REQUESTS


def about_rows(promise: Promise) -> bool:
    """Whether a promise is about rows of the register, and so about no meeting."""
    asks = isinstance(promise.test, PresentTest) and promise.test.item in LIST_OF_ITEM
    return asks or (isinstance(promise.test, NoticeTest) and promise.test.thing != "papers")


def row_subject(row: RegisterRow) -> str:
    """The last part of the key of a finding about this row."""
    return f"{slug(row.list)}-{row.id}"


def day_of_row(row: RegisterRow) -> date | None:
    """The day on which the work that was asked for starts, else the day on which the request came."""
    return (
        _day(row.fields, STARTS[row.list]) or _day(row.fields, CAME[row.list]) if row.list in CAME else None
    )


def filled_in(promise: Promise, row: RegisterRow, case: Case) -> Verdict:
    """A column that the agreement asks for has something in it ("None" is a valid answer)."""
    if str(row.fields.get(promise.test.field) or "").strip():
        return Verdict(State.KEPT, "It is filled in.")
    return Verdict(_late(_day(row.fields, STARTS[row.list]), case), "It is not filled in.")


def asked_in_time(promise: Promise, row: RegisterRow, case: Case) -> Verdict:
    """So many days or weeks lie between the request reaching the forum and the first activity."""
    came, starts = _day(row.fields, CAME[row.list]), _day(row.fields, STARTS[row.list])
    if came is None or starts is None:
        return Verdict(State.CANNOT_TELL, "The day it came or the day it starts is not filled in.")
    sums = latest_days(promise.test, starts, case)
    no_sum = cannot_count(sums)
    if no_sum is not None:
        return no_sum
    notice = spoken.count((starts - came).days, "day")
    text = f"It came on {spoken.day(came)} and starts on {spoken.day(starts)}: {notice}."
    due = end_of(sums[0].due)
    if came <= sums[0].last_day:
        return Verdict(State.KEPT, text, due)
    if came <= sums[-1].last_day:
        return Verdict(State.CANNOT_TELL, f"{text} The partners have not settled how days are counted.", due)
    return Verdict(_late(starts, case), text, due)


def _late(starts: date | None, case: Case) -> State:
    """What is wrong can be put right until the work with parents starts."""
    return State.AT_RISK if starts is None or case.today < starts else State.MISSED


def _day(fields: Mapping[str, object], column: str) -> date | None:
    """The day in a column: a date, a moment (then its day in London), or either as text; else None."""
    value = fields.get(column)
    if not isinstance(value, date):
        try:
            value = datetime.fromisoformat(str(value).strip())
        except ValueError:
            return None
    if isinstance(value, datetime):
        return (value.astimezone(LONDON) if value.tzinfo else value).date()
    return value
