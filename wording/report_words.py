"""The sentences of the quarterly report: plain, kind, and the same on the page, in Word and in the terminal."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from models import spoken
from models.days import LONDON
from models.record import Recorded
from models.tally import Result, Tally, in_words, meetings_of, requests_of, result
from wording.check_words import WHOSE_CALL
from wording.plain import LINE, PARAGRAPH, clean, sentence, short_day
from wording.reported import GroupRead, Promised, Reported

RESULT_WORDS = {
    Result.KEPT: "kept",
    Result.EXPLAINED: "explained",
    Result.AGREED_CHANGE: "agreed change",
    Result.MISSED: "missed",
    Result.MISSED_WITH_REASON: "missed, reason given",
    Result.CANNOT_TELL: "we can't tell",
}
RESULT_MEANINGS = {
    Result.KEPT: "What we can see fits the agreement.",
    Result.EXPLAINED: "It was an aim, and people gave a reason.",
    Result.AGREED_CHANGE: "The partners agreed to do it in another way.",
    Result.MISSED: "The day has passed, and this is what we can see.",
    Result.MISSED_WITH_REASON: "The same, and people gave a reason.",
    Result.CANNOT_TELL: "We can't see enough to say. It counts for nobody and against nobody.",
}
HOW_COUNTED = (
    "We count meetings that were held. Explained and agreed changes are never added to kept. "
    "Counts below five are in words."
)
REQUESTS_COUNTED = "A request to the forum is counted once its work has begun."
NOT_BY_PERSON = "Nothing here is counted by person."
NOTHING = "Nothing is on record for these months yet."
PRIVATE = "Private meeting"
A_REQUEST = "Request to the forum"
NO_REASON_WORDS = "A reason was given."
PLACE_UNKNOWN = "The place is not in the venue list, or nobody has looked at it yet."
NO_CHANGE = "Nothing was agreed or explained in these months."
NOTHING_UNKNOWN = "There is nothing here that we can't tell."
NONE_MISSED = "We can't see that any promise was missed."
NO_PAPERS = "No promise about papers was looked at."
STRIKE_OUT = "These are only ideas. Either chair may strike out any of them."
EMPTY_BOXES = "Each chair gets the same draft at the same time. Please write here what you would like to add."
BOXES = ("Comments of the forum's chair", "Comments of the partnership manager")
LOAD = "This is how many meetings were held. It is a total, and says nothing about any one person."
ALL_READ = "Every day was read."
NEVER_READ = "Not read yet"
ABOUT_THE_RECORD = "Each count above comes from these rows."
USUAL_QUESTIONS = (
    "What did parents notice that no calendar shows?",
    "Is the forum asked for the right amount of time?",
    "Are these still the right promises to look at?",
)

# The easy-read page
EASY_WHAT = "The council, the NHS and the parents' forum made some promises. This page says how it went."
EASY_SEE = "We looked at the calendars. We can't see all things."
EASY_TELL = "Did it feel like this to you? Please tell the forum. They would like to know."


def heading(report: Reported) -> str:
    """What the report is called."""
    asked = "How would we have done?" if report.backtest else "How our promises went"
    return f"{asked} {report.quarter.spoken}" if report.backtest else f"{asked}: {report.quarter.spoken}"


def standing(report: Reported) -> str:
    """Whether the figures can still change, and when they were made."""
    made = spoken.moment(report.made_at.astimezone(LONDON))
    if report.backtest:
        return f"Made on {made} from calendars that somebody saved. The same rules were used."
    if report.frozen_at is not None:
        frozen = spoken.moment(report.frozen_at.astimezone(LONDON))
        return f"The figures stopped on {frozen}. Both chairs have the same draft."
    if report.so_far:
        return f"Made on {made}. These months are not over, so this is how it goes so far."
    return f"Made on {made}. The figures can still change."


def intro() -> str:
    """What the report is, in a few sentences."""
    return f"{WHOSE_CALL} {NOT_BY_PERSON}"


def in_short(report: Reported) -> str:
    """How many meetings, of how many groups, and how many requests where there were any."""
    groups = len({one.group for one in report.entries if not one.is_request})
    looked = f"{counted(meetings_of(report.entries), 'meeting')} of {counted(groups, 'group')}"
    if asked := requests_of(report.entries):
        looked = f"{looked}, at {counted(asked, 'request')}"
    return f"We looked at {looked} and at {counted(len(report.tallies), 'promise')}."


def how_counted(report: Reported) -> str:
    """What the figures count."""
    return f"{HOW_COUNTED} {REQUESTS_COUNTED}" if requests_of(report.entries) else HOW_COUNTED


def things(report: Reported) -> str:
    """What the figures are numbers of."""
    return "meeting and request" if requests_of(report.entries) else "meeting"


def counted(number: int, thing: str) -> str:
    """A count with its word: "three meetings", "12 meetings"."""
    return f"{in_words(number)} {thing if number == 1 else thing + 's'}"


def thing(promise: Promised | None) -> str:
    """What a promise is counted by."""
    return "request" if promise and promise.of_requests else "meeting"


def every(promise: Promised | None, number: int) -> str:
    """ "At all three meetings", or "for all three requests"."""
    near = "for" if promise and promise.of_requests else "at"
    return f"{near} all {counted(number, thing(promise))}"


def what(promise: Promised | None, id: str) -> str:
    """What was promised, in plain words; the id where the agreement does not have it any more."""
    return promise.checked if promise else f"Promise {clean(id, LINE)}"


def short(promise: Promised | None, id: str) -> str:
    """What was promised, in two or three words and its id."""
    return f"{promise.name} ({clean(id, LINE)})" if promise else what(promise, id)


def whom(entry: Recorded) -> str:
    """Which meeting: its group, or only its kind where it was private. A request has no group."""
    if entry.is_request:
        return A_REQUEST
    if entry.private:
        return f"{PRIVATE} ({clean(entry.type, LINE)})" if entry.type else PRIVATE
    return clean(entry.group, LINE)


def why(entry: Recorded) -> str:
    """The reason that people gave, else what we can see, in one sentence or two; empty where it was kept."""
    told = [sentence(entry.reason) if entry.reason else NO_REASON_WORDS if entry.reason_given else ""]
    if result(entry) in (Result.MISSED, Result.MISSED_WITH_REASON, Result.CANNOT_TELL):
        told.insert(0, sentence(entry.because))
        if result(entry) is Result.CANNOT_TELL and not entry.because:
            told.insert(0, PLACE_UNKNOWN)
    return " ".join(one for one in told if one)


def agreed(entry: Recorded) -> str:
    """Who agreed to a change and when; empty where nobody did."""
    if not entry.agreed_by:
        return ""
    who = spoken.listed([clean(one, LINE) for one in entry.agreed_by])
    return f"{who}, {spoken.day(entry.agreed_on)}" if entry.agreed_on else who


def dated(day: date) -> str:
    """Thu 12 Nov 2026."""
    return f"{short_day(day)} {day.year}"


def days_ahead(entry: Recorded) -> str:
    """How many working days before the meeting its papers went out."""
    if entry.sent_ahead is None:
        return "we can't see" if result(entry) is Result.CANNOT_TELL else "not seen"
    return spoken.count(entry.sent_ahead, "working day")


def thanks(report: Reported) -> tuple[str, ...]:
    """What went well at every meeting; a word for everybody's time where nothing did."""
    well = [one for one in report.tallies if one[Result.KEPT] == one.of >= 2]
    told = [
        f"{short(report.promises.get(one.promise), one.promise)}: "
        f"so it was {every(report.promises.get(one.promise), one.of)}."
        for one in well
    ]
    return tuple(told) or (f"Thank you for your time at {counted(meetings_of(report.entries), 'meeting')}.",)


def questions(report: Reported) -> tuple[str, ...]:
    """Three questions for the board, the first ones about what the figures show."""
    asked = []
    missed = _most(report.tallies, (Result.MISSED, Result.MISSED_WITH_REASON))
    unknown = _most(report.tallies, (Result.CANNOT_TELL,))
    if missed is not None:
        asked.append(
            f"What would help with this one? {what(report.promises.get(missed.promise), missed.promise)}"
        )
    if unknown is not None:
        asked.append(
            f"How could we all see this one? {what(report.promises.get(unknown.promise), unknown.promise)}"
        )
    if any(one[Result.EXPLAINED] or one[Result.AGREED_CHANGE] for one in report.tallies):
        asked.append("Do the reasons that people gave still hold?")
    return tuple([*asked, *USUAL_QUESTIONS][:3])


def read_at(one: GroupRead) -> str:
    """When a calendar was last read."""
    return spoken.moment(one.read_at.astimezone(LONDON)) if one.read_at else NEVER_READ


def not_read(one: GroupRead) -> str:
    """Which days of the quarter nobody read."""
    spans = [
        dated(first) if first == last else f"{dated(first)} to {dated(last)}" for first, last in one.unread
    ]
    told = f"Not read: {spoken.listed(spans)}." if spans else ""
    if one.gap:
        told = f"{told} Some days in between were not read.".strip()
    return told or (ALL_READ if one.read_at else "")


def note(text: str) -> str:
    """A sentence that came from a file or a list, safe to show."""
    return clean(text, PARAGRAPH)


def easy(report: Reported) -> tuple[str, ...]:
    """Each promise in one or two short sentences, for the easy-read page."""
    return tuple(
        f"{_promise_easy(promise, one)} {_easy(promise, one)}"
        for one in report.tallies
        for promise in [report.promises.get(one.promise)]
    )


def _promise_easy(promise: Promised | None, tally: Tally) -> str:
    return f"{promise.name}. {promise.checked}" if promise else what(promise, tally.promise)


def _easy(promise: Promised | None, tally: Tally) -> str:
    kept = tally[Result.KEPT]
    if kept == tally.of:
        return f"This went well {every(promise, tally.of)}." if kept > 1 else "This went well."
    unknown = tally[Result.CANNOT_TELL]
    near = "for" if promise and promise.of_requests else "at"
    first = f"This went well {near} {in_words(kept)} of {counted(tally.of, thing(promise))}."
    return f"{first} We can't tell about {in_words(unknown)}." if unknown else first


def _most(tallies: Sequence[Tally], results: Sequence[Result]) -> Tally | None:
    totals = Counter({one.promise: sum(one[each] for each in results) for one in tallies})
    most = max(tallies, key=lambda one: totals[one.promise], default=None)
    return most if most is not None and totals[most.promise] else None
