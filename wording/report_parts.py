"""The quarterly report, part by part, as a partnership board can adopt it; and its easy-read page."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from models.record import Held, Recorded
from models.tally import Result, in_words, result
from wording import report_words as words
from wording.blocks import Block, Box, Drawing, Heading, Points, Words, grid
from wording.plain import LINE, PARAGRAPH, clean, short_day
from wording.report_charts import Bar, Dot, Part, bars, strip
from wording.reported import Promised, Reported

MOST_ROWS = 600  # of one table: the page must open on an old phone; the CSV has them all
MOST_DOTS = 40
STYLES = {
    Result.KEPT: "kept",
    Result.EXPLAINED: "explained",
    Result.AGREED_CHANGE: "agreed",
    Result.MISSED: "missed",
    Result.MISSED_WITH_REASON: "reason",
    Result.CANNOT_TELL: "unknown",
}
HOW_IT_WENT = (
    "What was promised",
    "Kept",
    "Explained",
    "Agreed change",
    "Missed",
    "Missed, reason given",
    "We can't tell",
    "Of how many",
)


def parts(report: Reported) -> tuple[Block, ...]:
    """The whole report; a part that has nothing to say says so in a sentence."""
    if not report.anything:
        return (Words(words.NOTHING, strong=True), *_what_was_read(report))
    return (
        *_how_it_went(report),
        *_agreed_instead(report),
        *_missed(report),
        *_unknown(report),
        *_papers(report),
        *_by_month(report),
        *_load(report),
        *_thanks(report),
        *_questions(report),
        *_what_was_read(report),
        *_every_meeting(report),
        *_comments(report),
    )


def easy_parts(report: Reported) -> tuple[Block, ...]:
    """One page for everybody, in few and short sentences."""
    told: list[Block] = [Words(words.EASY_WHAT), Words(words.EASY_SEE), Heading("How did it go?")]
    told += [Points(words.easy(report))] if report.anything else [Words(words.NOTHING)]
    if report.anything:
        told += [Heading("Thank you"), Points(words.thanks(report)[:3])]
    return (*told, Heading("What do you think?"), Words(words.EASY_TELL))


def _how_it_went(report: Reported) -> Iterator[Block]:
    yield Heading("How it went")
    yield Words(words.in_short(report), strong=True)
    yield Words(words.how_counted(report))
    rows = [
        (
            _named(report.promises.get(one.promise), one.promise),
            *(in_words(one[each]) for each in Result),
            in_words(one.of),
        )
        for one in report.tallies
    ]
    many = words.things(report).replace("meeting", "meetings").replace("request", "requests")
    yield grid(f"How each promise went, by the number of {many}.", HOW_IT_WENT, rows, MOST_ROWS)
    yield Heading("What the words mean", 3)
    meanings = [f"{words.RESULT_WORDS[one].capitalize()}: {words.RESULT_MEANINGS[one]}" for one in Result]
    yield Points(tuple(meanings))
    yield Heading("What the agreement says", 3)
    yield Points(
        tuple(
            f"Clause {clean(one.clause, LINE)}: “{clean(one.says, PARAGRAPH)}”"
            for tally in report.tallies
            if (one := report.promises.get(tally.promise)) is not None
        )
    )


def _agreed_instead(report: Reported) -> Iterator[Block]:
    yield Heading("What was agreed instead, and why")
    found = _with(report, Result.AGREED_CHANGE, Result.EXPLAINED)
    if not found:
        yield Words(words.NO_CHANGE)
        return
    columns = ("When", "Meeting", "What was promised", "What came of it", "Why", "Agreed by")
    rows = [(*_subject(one, report), _result(one), words.why(one), words.agreed(one)) for one in found]
    yield grid("What was explained, or done in another way.", columns, rows, MOST_ROWS)


def _missed(report: Reported) -> Iterator[Block]:
    yield Heading("What was missed")
    found = _with(report, Result.MISSED, Result.MISSED_WITH_REASON)
    if not found:
        yield Words(words.NONE_MISSED)
        return
    columns = ("When", "Meeting", "What was promised", "What came of it", "What we can see")
    rows = [(*_subject(one, report), _result(one), words.why(one)) for one in found]
    yield grid("What was missed, with the reasons that people gave.", columns, rows, MOST_ROWS)


def _unknown(report: Reported) -> Iterator[Block]:
    yield Heading("What we can't tell, and why")
    found = _with(report, Result.CANNOT_TELL)
    if not found:
        yield Words(words.NOTHING_UNKNOWN)
        return
    columns = ("When", "Meeting", "What was promised", "Why we can't tell")
    yield grid(
        "What we can't tell.", columns, [(*_subject(one, report), words.why(one)) for one in found], MOST_ROWS
    )


def _papers(report: Reported) -> Iterator[Block]:
    about = {id: one.days for id, one in report.promises.items() if one.days is not None}
    found = [one for one in report.entries if one.promise in about]
    yield Heading("Papers, meeting by meeting")
    if not found:
        yield Words(words.NO_PAPERS)
        return
    for promise, entries in _by(found, lambda one: one.promise):
        days = about[promise]
        if len(entries) <= MOST_DOTS:
            dots = [Dot(short_day(one.day), one.sent_ahead, words.days_ahead(one)) for one in entries]
            says = "How long before each meeting its papers went out. The table below says the same."
            yield Drawing(strip(dots, days, says), says)
        columns = ("When", "Meeting", "Papers went out", "Promised", "What came of it")
        rows = [
            (
                words.dated(one.day),
                words.whom(one),
                words.days_ahead(one),
                f"{days} working days or more" if days else "",
                _result(one),
            )
            for one in entries
        ]
        yield grid("How long before each meeting its papers went out.", columns, rows, MOST_ROWS)


def _by_month(report: Reported) -> Iterator[Block]:
    yield Heading("Promises by month")
    months = report.quarter.months
    counts = {month: Counter[Result]() for month in months}
    for one in report.entries:
        counts[one.day.replace(day=1)][result(one)] += 1
    rows = [
        Bar(f"{month:%B %Y}", tuple(Part(STYLES[one], counts[month][one]) for one in Result))
        for month in months
    ]
    used = [one for one in Result if any(counts[month][one] for month in months)]
    styles = [(STYLES[one], words.RESULT_WORDS[one]) for one in used]
    says = "What came of the promises in each month. The table below says the same."
    yield Drawing(bars(rows, styles, says), says)
    columns = ("Month", *HOW_IT_WENT[1:-1], "In all")
    table = [
        (f"{month:%B %Y}", *(in_words(counts[month][one]) for one in Result), in_words(counts[month].total()))
        for month in months
    ]
    yield grid("What came of the promises in each month.", columns, table, MOST_ROWS)


def _load(report: Reported) -> Iterator[Block]:
    yield Heading("How much was asked of people")
    yield Words(words.LOAD)
    months = report.quarter.months
    held = {month: [one for one in report.held if one.day.replace(day=1) == month] for month in months}
    says = "How many meetings were held in each month. The table below says the same."
    rows = [Bar(f"{month:%B %Y}", (Part("load", len(held[month])),)) for month in months]
    yield Drawing(bars(rows, (), says), says)
    table = [(f"{month:%B %Y}", in_words(len(held[month])), _hours(held[month])) for month in months]
    yield grid(
        "Meetings held in each month, all groups together.", ("Month", "Meetings", "Time"), table, MOST_ROWS
    )


def _thanks(report: Reported) -> Iterator[Block]:
    yield Heading("Thank you")
    yield Points(words.thanks(report))


def _questions(report: Reported) -> Iterator[Block]:
    yield Heading("Three questions to talk about")
    yield Words(words.STRIKE_OUT)
    yield Points(words.questions(report), numbered=True)


def _what_was_read(report: Reported) -> Iterator[Block]:
    yield Heading("What was read, and when")
    if report.read:
        rows = [(clean(one.group, LINE), words.read_at(one), words.not_read(one)) for one in report.read]
        yield grid(
            "When each calendar was last read, and which days were not.",
            ("Group", "Last read", "Days"),
            rows,
            MOST_ROWS,
        )
    if report.notes:
        yield Points(tuple(words.note(one) for one in report.notes))


def _every_meeting(report: Reported) -> Iterator[Block]:
    yield Heading(f"Every {words.things(report)}")
    yield Words(words.ABOUT_THE_RECORD)
    columns = ("When", "Meeting", "What was promised", "What came of it")
    rows = [(*_subject(one, report), _result(one)) for one in report.entries]
    yield grid(f"What came of each promise at each {words.things(report)}.", columns, rows, MOST_ROWS)


def _comments(report: Reported) -> Iterator[Block]:
    if report.frozen_at is None:
        return
    yield Heading("Comments")
    yield Words(words.EMPTY_BOXES)
    for label in words.BOXES:
        yield Box(label)


def _subject(entry: Recorded, report: Reported) -> tuple[str, str, str]:
    promise = report.promises.get(entry.promise)
    return words.dated(entry.day), words.whom(entry), words.short(promise, entry.promise)


def _named(promise: Promised | None, id: str) -> str:
    if promise is None:
        return words.what(promise, id)
    return f"{promise.name} ({clean(id, LINE)}, clause {clean(promise.clause, LINE)}): {promise.checked}"


def _result(entry: Recorded) -> str:
    return words.RESULT_WORDS[result(entry)]


def _with(report: Reported, *results: Result) -> list[Recorded]:
    return [one for one in report.entries if result(one) in results]


def _by(entries: Sequence[Recorded], name: Callable[[Recorded], str]) -> Iterator[tuple[str, list[Recorded]]]:
    for key, found in groupby(sorted(entries, key=name), key=name):
        yield key, sorted(found, key=lambda one: (one.day, one.key))


def _hours(held: Sequence[Held]) -> str:
    minutes = sum(one.minutes for one in held)
    hours = round(minutes / 60)
    return f"about {hours:,} hour{'' if hours == 1 else 's'}" if minutes else ""
