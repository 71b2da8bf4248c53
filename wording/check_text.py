"""What `check` found, for the terminal: lines that read well at 80 columns, aloud, and without colour."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text

from models import spoken
from models.agreement import Promise
from models.findings import Finding
from wording import check_words as words
from wording.arranged import Arranged, Part, Point, Subject, Unknown, arranged
from wording.check_json import WHICH_GROUP
from wording.plain import LINE, PARAGRAPH, clean, sentence, title, when
from wording.results import Results

MOST_SUBJECTS = 20  # meetings or series of one group that a screen bears
MOST_LINES = 20  # of any other list
MOST_DETAILS = 6  # sentences or dates under one line
NARROWEST = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph, wrapped to the width with its indent kept. Its words are never read as markup."""

    words: str
    indent: int = 0
    style: str = ""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw it: no trailing blanks, so that the output can be saved and compared."""
        width = max(options.max_width - self.indent, NARROWEST)
        for line in Text(self.words, style=self.style).wrap(console, width):
            line.rstrip()
            line.pad_left(self.indent)
            yield line


def text(results: Results) -> Group:
    """The whole report, to be printed on a rich console."""
    order = arranged(results)
    parts = (
        _opening(results, order),
        _needs_a_look(order.needs_a_look),
        _coming_up(order.coming_up),
        _cannot_tell(order),
        _said(order.said),
        _which_group(results),
        _counts(order),
        _not_watched(results.agreement.not_watched()),
        _sentences("Could not be used", results.faults),
        _sentences("Worth knowing", results.notes),
    )
    return Group(*(line for part in parts for line in part))


def _opening(results: Results, order: Arranged) -> Iterator[Line]:
    yield Line(words.DRAFT, style="bold")
    yield Line(f"Calendar check: {clean(results.agreement.name, LINE)}", style="bold")
    yield Line(words.looked_at(results))
    yield Line(words.WHOSE_CALL)
    totals = words.counted_states(Counter(finding.state for finding in results.findings))
    yield from _optional(f"In all: {totals}." if totals else "", 0)
    if results.faults:
        unused = spoken.count(len(results.faults), "thing")
        yield Line(f"{unused} could not be used: see the end of this report.")
    if not results.meetings and not results.unplaced and not order.counts:
        yield from _blank(Line("We saw no meetings in these dates. Are these the right files and dates?"))


def _needs_a_look(parts: tuple[Part, ...]) -> Iterator[Line]:
    yield from _heading("What needs a look")
    if not parts:
        yield Line("Nothing that we can see.", 2)
    for part in parts:
        yield from _blank(Line(part.group, 2, "bold"))
        for subject in part.subjects[:MOST_SUBJECTS]:
            yield from _blank(Line(_subject(subject), 4))
            for point in subject.points:
                yield from _point(point)
        yield from _more(len(part.subjects) - MOST_SUBJECTS, 4)


def _subject(subject: Subject) -> str:
    return _named(words.subject_days(subject), words.subject_title(subject)) or words.WHOLE_GROUP


def _named(when_or_who: str, what: str) -> str:
    return ": ".join(filter(None, (when_or_who, what)))


def _point(point: Point) -> Iterator[Line]:
    what = f"{words.state_label(point)}. {words.headline(point)} ({words.reference(point.promise)})"
    yield Line(what, 6)
    details = words.details(point)
    for detail in details[:MOST_DETAILS]:
        yield Line(detail, 8)
    yield from _more(len(details) - MOST_DETAILS, 8)


def _coming_up(findings: tuple[Finding, ...]) -> Iterator[Line]:
    if not findings:
        return
    yield from _heading("Coming up")
    if any(finding.due_latest for finding in findings):
        yield Line(words.TWO_READINGS, 2)
    for finding in findings[:MOST_LINES]:
        yield from _blank(Line(_named(words.due_days(finding), words.what_for(finding)), 2))
        if finding.meeting:
            yield Line(f"Meeting: {when(finding.meeting)}", 4)
        yield Line(
            f"{sentence(finding.because)} ({finding.promise}, clause {clean(finding.clause, LINE)})", 4
        )
        yield from _optional(words.sum_line(finding), 4)
    yield from _more(len(findings) - MOST_LINES, 2)


def _cannot_tell(order: Arranged) -> Iterator[Line]:
    if order.dates_wanted:
        yield from _heading("Please add dates")
        wanted = [sentence(finding.because) for finding in order.dates_wanted]
        yield from _capped(wanted, len(wanted))
    if order.unknown:
        yield from _heading("What we can't tell")
        for unknown in order.unknown[:MOST_LINES]:
            yield from _unknown(unknown)
        yield from _more(len(order.unknown) - MOST_LINES, 2)


def _unknown(unknown: Unknown) -> Iterator[Line]:
    what = _named(unknown.group, words.unknown_line(unknown))
    yield from _blank(Line(f"{what} ({words.reference(unknown.promise)})", 2))
    for why in words.reasons_unknown(unknown, 2):
        yield Line(why, 4)


def _said(parts: tuple[Part, ...]) -> Iterator[Line]:
    if not parts:
        return
    yield from _heading("Explained or agreed")
    for part in parts:
        yield from _blank(Line(part.group, 2, "bold"))
        for subject in part.subjects[:MOST_SUBJECTS]:
            yield Line(_subject(subject), 4)
            for point in subject.points:
                yield from _point(point)
        yield from _more(len(part.subjects) - MOST_SUBJECTS, 4)


def _which_group(results: Results) -> Iterator[Line]:
    if not results.unplaced:
        return
    yield from _heading(WHICH_GROUP)
    yield Line(words.NOT_PLACED, 2)
    shown = (f"{when(meeting)}: {title(meeting)}" for meeting in results.unplaced)
    yield from _capped(shown, len(results.unplaced))


def _counts(order: Arranged) -> Iterator[Line]:
    if not order.counts:
        return
    yield from _heading("Promise by promise")
    for promise, counts in order.counts:
        yield Line(f"{_promise(promise)}: {words.counted_states(counts)}", 2)


def _promise(promise: Promise) -> str:
    return f"{words.reference(promise)} ({clean(promise.says, 160)})"


def _not_watched(promises: Sequence[Promise]) -> Iterator[Line]:
    if not promises:
        return
    yield from _heading("Promises we don't watch yet")
    listed = ", ".join(f"{clean(promise.id)} ({clean(promise.clause)})" for promise in promises)
    yield Line(f"{listed}.", 2)
    yield Line("Their words: protocol-watch agreement show.", 2)


def _sentences(name: str, sentences: tuple[str, ...]) -> Iterator[Line]:
    if sentences:
        yield from _heading(name)
        yield from _capped((clean(line, PARAGRAPH) for line in sentences), len(sentences))


def _heading(name: str) -> Iterator[Line]:
    yield from _blank(Line(name, style="bold underline"))


def _blank(line: Line) -> tuple[Line, Line]:
    return Line(""), line


def _optional(line: str, indent: int) -> Iterator[Line]:
    if line:
        yield Line(line, indent)


def _capped(lines: Iterable[str], number: int) -> Iterator[Line]:
    for line, _ in zip(lines, range(MOST_LINES), strict=False):
        yield Line(line, 2)
    yield from _more(number - MOST_LINES, 2)


def _more(number: int, indent: int) -> Iterator[Line]:
    if number > 0:
        yield Line(f"and {number:,} more: use --format csv", indent)
