"""The partnership's page in SharePoint: what waits, how the promises stand, and what we could not see.

Everybody who may open the site reads it, so it has counts and no single group: those are in the manager's lists.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from models import spoken
from models.agreement import Agreement
from models.showing import ShownRow
from models.texts import Texts
from wording import plain


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its heading and its columns; `says` stands below it, or in its place where it has no rows."""

    heading: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is honest to say of what we could see: days only, so that the page changes once a day at most.

    `calendars` and `covered` are None where we have not read one, or don't know how far its dates reach.
    `waiting` and `unsure` are numbers of deliveries.
    """

    calendars: Mapping[str, date | None] = field(default_factory=dict)
    covered: Mapping[str, date | None] = field(default_factory=dict)
    waiting: int = 0
    unsure: int = 0
    questions: int = 0


def title(texts: Texts) -> str:
    """What the page is called."""
    return texts.say("site.title")


def intro(texts: Texts) -> str:
    """The first words on it."""
    return texts.say("site.intro")


def lists_heading(texts: Texts) -> str:
    """What stands above the links to the lists."""
    return texts.say("site.lists")


def tables(
    texts: Texts,
    agreement: Agreement,
    needs: Sequence[ShownRow],
    promises: Sequence[ShownRow],
    quarters: Sequence[ShownRow],
    seen: Seen,
) -> tuple[Table, ...]:
    """All tables of the page, in order. `quarters` are those of the last quarter, or none."""
    many = texts.say("site.many")
    return (
        Table(
            texts.say("site.waits"),
            (texts.say("site.sort"), many),
            _counted(one.fields["Sort"] for one in needs),
            "" if needs else texts.say("site.waits_none"),
        ),
        _now(texts, agreement, promises, many),
        *_quarter(texts, quarters),
        *_seen(texts, seen),
    )


def _now(texts: Texts, agreement: Agreement, promises: Sequence[ShownRow], many: str) -> Table:
    says = {one.id: plain.clean(f"{one.id}: {one.says}", plain.LINE) for one in agreement.promises}
    counts = Counter((one.fields["Promise"], one.fields["State"]) for one in promises)
    rows = [(says.get(id, id), state, f"{number:,}") for (id, state), number in sorted(counts.items())]
    columns = (texts.say("site.promise"), texts.say("site.stands"), many)
    nothing = "" if rows else texts.say("site.now_none")
    return Table(texts.say("site.now"), columns, tuple(rows), nothing)


RESULTS = {
    "Kept": "site.kept",
    "Explained": "site.explained",
    "AgreedChange": "site.agreed",
    "Missed": "site.missed",
    "MissedWithReason": "site.reason",
    "CannotTell": "site.unseen",
}
NONE = ("0", "none")


def _quarter(texts: Texts, quarters: Sequence[ShownRow]) -> list[Table]:
    if not quarters:
        return []
    # A line for each thing that came of a promise: three columns fit a phone, and eight do not
    columns = (texts.say("site.promise"), texts.say("site.went"), texts.say("site.many"))
    rows = tuple(
        (
            plain.clean(f"{one.fields['PromiseId']}: {one.fields['Title']}", plain.LINE),
            texts.say(said),
            texts.say("site.out_of", number=one.fields[name], whole=one.fields["OutOf"]),
        )
        for one in quarters
        for name, said in RESULTS.items()
        if one.fields[name] not in NONE
    )
    heading = texts.say("site.quarter", quarter=quarters[0].fields["Quarter"])
    return [Table(heading, columns, rows, texts.say("site.quarter_says"))]


def _seen(texts: Texts, seen: Seen) -> list[Table]:
    unread = texts.say("site.unread")
    calendars = tuple((name, _day(day, unread)) for name, day in sorted(seen.calendars.items()))
    schools = tuple((name, _day(day, texts.say("site.unseen"))) for name, day in sorted(seen.covered.items()))
    waiting = texts.say("site.waiting", number=f"{seen.waiting:,}", unsure=f"{seen.unsure:,}")
    columns = (texts.say("site.calendar"), texts.say("site.read"))
    found = [Table(texts.say("site.seen"), columns, calendars, waiting)]
    if schools:
        heading = texts.say("site.school")
        found.append(Table(heading, (heading, texts.say("site.covered")), schools))
    if seen.questions:
        says = texts.say("site.asks_says", number=f"{seen.questions:,}")
        found.append(Table(texts.say("site.asks"), says=says))
    return found


def _counted(sorts: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    return tuple((sort, f"{number:,}") for sort, number in sorted(Counter(sorts).items()))


def _day(day: date | None, otherwise: str) -> str:
    return spoken.day(day) if day else otherwise
