"""The card for the manager when much comes up at once: nobody is told before somebody has looked."""

from collections.abc import Sequence

from models.agreement import Agreement
from models.alerts import Alert
from models.findings import Finding
from models.texts import Texts
from wording import managers_list, plain
from wording.alert_words import kind
from wording.cards.listed import behind
from wording.cards.parts import Card, Line, Said, card, fitting

COMMAND = "protocol-watch release --held"
ROOM = 4_000  # bytes for the counts


def held_card(
    texts: Texts,
    held: Sequence[tuple[Alert, tuple[Finding, ...]]],
    agreement: Agreement,
    *,
    again: bool = False,
) -> Card:
    """What is held, by kind and clause and by group; behind *More* the first of them."""
    said = held_said(texts, held, agreement)
    return card(texts, said.headline, said.lines, said.more, again=again)


def held_said(texts: Texts, held: Sequence[tuple[Alert, tuple[Finding, ...]]], agreement: Agreement) -> Said:
    """The same before it is a card or a mail."""
    number = len(held)
    one = number == 1
    headline = texts.say("held.headline_one") if one else texts.say("held.headline", number=f"{number:,}")
    lines = (
        Line(texts.say("held.says")),
        *fitting(map(Line, _by_kind(texts, held, agreement)), ROOM),
        Line(texts.say("held.ask", command=COMMAND)),
        Line(texts.say("held.wrong")),
    )
    parts = managers_list.by_group(texts, held, agreement)
    return Said(headline, lines, tuple(behind(texts, parts)))


def _by_kind(
    texts: Texts, held: Sequence[tuple[Alert, tuple[Finding, ...]]], agreement: Agreement
) -> list[str]:
    """One line for each promise: what kind of thing, and how many in which group."""
    counts: dict[tuple[str, str], dict[str, int]] = {}
    for alert, findings in held:
        first = findings[0] if findings else None
        said = kind(texts, first), first.clause if first else ""
        groups = counts.setdefault(said, {group.name: 0 for group in agreement.groups})
        groups[alert.group] = groups.get(alert.group, 0) + 1
    return [
        texts.say(
            "held.line", kind=what, clause=plain.clean(clause, plain.LINE), groups=_groups(texts, groups)
        )
        for (what, clause), groups in counts.items()
    ]


def _groups(texts: Texts, groups: dict[str, int]) -> str:
    told = {name: number for name, number in groups.items() if number}
    names = ((plain.clean(name, plain.LINE) or texts.say("manager.no_group"), told[name]) for name in told)
    return ", ".join(texts.say("held.group", group=name, number=f"{number:,}") for name, number in names)
