"""What a series of meetings is called: its titles without the dates and notes that people put around a name.

"CANCELLED: SEND Partnership Board (12 November)" is called "SEND Partnership Board".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MOST_WORDS = 12
MONTHS = "january february march april may june july august september october november december"
SHORT_MONTHS = "jan feb mar apr jun jul aug sep sept oct nov dec"
DAYS = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun"
NOTES = (
    "cancelled canceled postponed moved rearranged rescheduled updated extra extraordinary additional first second "
    "third fourth final hold tbc provisional draft online hybrid virtual teams fw fwd re am pm copy"
)
AROUND = "the a an of and for with to in on at our by new date"
HOW_OFTEN = "meeting meetings monthly weekly fortnightly quarterly termly annual session regular"
_BREAKS = frozenset(f"{MONTHS} {SHORT_MONTHS} {DAYS} {NOTES}".split())
_AROUND, _HOW_OFTEN = frozenset(AROUND.split()), frozenset(HOW_OFTEN.split())
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Called:
    """A name as people write it, and the same in small letters as words to find in a title."""

    title: str
    words: str


def called(title: str) -> Called | None:
    """What a meeting of this title is called; None where the title has no words of its own."""
    runs = [_trimmed(run) for run in _runs(title)]
    longest = max(runs, key=len, default=[])[:MOST_WORDS]
    if not longest:
        return None
    shown = title[longest[0].start() : longest[-1].end()]
    plain = " ".join("".join(sign if sign.isprintable() else " " for sign in shown).split())
    return Called(plain, " ".join(word[0] for word in longest).casefold())


def _runs(title: str) -> Iterator[list[re.Match[str]]]:
    """The stretches of a title between its dates, numbers and notes."""
    run: list[re.Match[str]] = []
    for word in _WORD.finditer(title):
        if word[0].casefold() in _BREAKS or any(sign.isdigit() for sign in word[0]):
            yield run
            run = []
        else:
            run.append(word)
    yield run


def _trimmed(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """Without small words at its ends; "meeting" or "monthly" goes too, where two words are left."""
    while run and run[0][0].casefold() in _AROUND | _HOW_OFTEN:
        run = run[1:]
    while run and _is_loose(run):
        run = run[:-1]
    return run


def _is_loose(run: list[re.Match[str]]) -> bool:
    last = run[-1][0].casefold()
    return last in _AROUND or (last in _HOW_OFTEN and len(run) > 2)
