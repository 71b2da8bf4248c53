"""The partnership manager's list: by group what we see, what fits no group, what needs an answer, what to do.

Composed once, so that the card and the terminal say the same; the terminal has room for all of it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from models.agreement import Agreement
from models.alerts import Alert
from models.facts import Meeting
from models.findings import Finding
from models.texts import Texts
from wording import alert_words, plain
from wording.ended_words import ended_line
from wording.needs_you import NeedsYou

RELEASE = "protocol-watch release"
SAFE_TO_TYPE = re.compile(r"[\w &,.()'’/-]+")  # between double quotes, in any terminal

Taken = tuple[Alert, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the list: its heading, and a line for each thing in it."""

    heading: str
    lines: tuple[str, ...]


def headline(texts: Texts, needs: NeedsYou) -> str:
    """How many things there are to look at."""
    if needs.number == 0:
        return texts.say("manager.headline_none")
    if needs.number == 1:
        return texts.say("manager.headline_one")
    return texts.say("manager.headline", number=f"{needs.number:,}")


def standing(texts: Texts, needs: NeedsYou) -> str:
    """Who has been told so far; empty where everybody hears what they should."""
    if needs.observing:
        return texts.say("manager.observing")
    return texts.say("manager.untold") if needs.alerts else ""


def quiet(texts: Texts, needs: NeedsYou) -> str:
    """The groups about which nobody else hears yet; empty where there are none."""
    names = [plain.clean(name, plain.LINE) or texts.say("manager.no_group") for name in needs.quiet_groups]
    return texts.say("manager.quiet", groups=", ".join(names)) if names else ""


def asks(texts: Texts, needs: NeedsYou) -> list[str]:
    """What to do: look, and then start telling people."""
    every = f"{RELEASE} --all"
    lines = [texts.say("manager.ask")] if needs.number else []
    if needs.observing:
        return [*lines, texts.say("manager.tell", all=every)]
    typeable = [name for name in map(plain.clean, needs.quiet_groups) if SAFE_TO_TYPE.fullmatch(name)]
    if typeable:
        return [*lines, texts.say("manager.release", command=f'{RELEASE} "{typeable[0]}"', all=every)]
    return [*lines, texts.say("manager.release_all", all=every)] if needs.quiet_groups else lines


def totals(texts: Texts, needs: NeedsYou) -> list[str]:
    """How much there is of each kind: "Outside the agreed hours: 3"."""
    counts = Counter(alert_words.kind(texts, _first(findings)) for _, findings in needs.alerts)
    if needs.unplaced:
        counts[texts.say("kind.unplaced")] = len(needs.unplaced)
    return [texts.say("manager.kind", kind=kind, number=f"{count:,}") for kind, count in counts.items()]


def parts(texts: Texts, needs: NeedsYou, agreement: Agreement) -> tuple[Part, ...]:
    """The whole list: what we see by group, what fits no group, what is over."""
    found = [*by_group(texts, needs.alerts, agreement)]
    if needs.unplaced:
        found.append(Part(texts.say("manager.which_group"), _meetings(texts, needs.unplaced)))
    if needs.ended:
        ended = tuple(ended_line(texts, alert, title) for alert, title in needs.ended)
        found.append(Part(texts.say("manager.ended"), ended))
    return tuple(found)


def by_group(texts: Texts, taken: Iterable[Taken], agreement: Agreement) -> tuple[Part, ...]:
    """What we see, group by group in the agreement's own order, and by date within each."""
    groups: dict[str, list[Taken]] = {group.name: [] for group in agreement.groups}
    for alert, findings in taken:
        groups.setdefault(alert.group, []).append((alert, findings))
    return tuple(_part(texts, name, found, agreement) for name, found in groups.items() if found)


def managers_text(texts: Texts, needs: NeedsYou, agreement: Agreement) -> str:
    """The whole list as plain text, for the terminal."""
    blocks = [[headline(texts, needs), standing(texts, needs), quiet(texts, needs)]]
    blocks += [[part.heading, *part.lines] for part in parts(texts, needs, agreement)]
    if needs.questions:
        blocks.append([texts.say("manager.questions"), *map(plain.sentence, needs.questions)])
    written = ["\n".join(_indented(block)) for block in blocks]
    written += [plain.clean(line) for line in asks(texts, needs)]
    return "\n\n".join(written) + "\n"


def _indented(block: Sequence[str]) -> Iterator[str]:
    heading, *lines = block
    yield plain.clean(heading)
    yield from (f"  {plain.clean(line)}" for line in lines if line)


def _part(texts: Texts, name: str, found: Sequence[Taken], agreement: Agreement) -> Part:
    ordered = sorted(found, key=_when)
    heading = plain.clean(name, plain.LINE) or texts.say("manager.no_group")
    return Part(heading, tuple(_item(texts, alert, findings, agreement) for alert, findings in ordered))


def _meetings(texts: Texts, unplaced: Iterable[Meeting]) -> tuple[str, ...]:
    """Why we ask, and each meeting in one line: when it is and what it is called."""
    ordered = sorted(unplaced, key=lambda one: (one.starts, one.key))
    listed = (texts.say("manager.meeting", when=_short(one), title=plain.title(one)) for one in ordered)
    return texts.say("manager.which_group_says"), *listed


def _item(texts: Texts, alert: Alert, findings: Sequence[Finding], agreement: Agreement) -> str:
    if not findings:
        when = plain.days_listed(alert.dates.values())
        return texts.say("manager.item", when=when, what=texts.say("kind.other"))
    told = alert_words.worth_telling(findings)
    what = alert_words.headline(texts, told, alert_words.known_promise(agreement, alert))
    held = alert_words.meetings_of(told)
    if not held:
        return texts.say("manager.item", when=what, what=plain.sentence(told[0].because))
    when = _short(held[0])
    if len(held) > 1:
        when = texts.say("manager.series", number=f"{len(held):,}", when=when)
    title = plain.title(held[0])
    if title.casefold() == alert.group.casefold():
        return texts.say("manager.item", when=when, what=what)
    return texts.say("manager.titled", title=title, when=when, what=what)


def _first(findings: Sequence[Finding]) -> Finding | None:
    return alert_words.worth_telling(findings)[0] if findings else None


def _short(meeting: Meeting) -> str:
    return f"{plain.short_day(meeting.day)} {meeting.day.year}, {plain.hours(meeting)}"


def _when(taken: Taken) -> tuple[bool, str, str]:
    """By date, what has none last; the key settles it between two on one day."""
    alert, findings = taken
    first = _first(findings)
    starts = first.meeting.starts.isoformat() if first is not None and first.meeting is not None else ""
    return not starts, starts, alert.key
