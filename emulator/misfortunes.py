"""Calls that go wrong at random, and yet the same ones each time for the same seed.

Whether a call goes wrong depends on what is asked and on how often it was asked before, never on which other
calls came between: so two runs of one client differ only where the client does.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

type Misfortune = Literal[
    "429",
    "429 until a date",
    "429 without a time",
    "503",
    "500",
    "504",
    "401",
    "reset",
    "truncated",
    "html",
    "drip",
    "redirect",
    "page twice",
    "empty first page",
    "oversized page",
]

ANSWERS: tuple[Misfortune, ...] = ("429", "429 until a date", "429 without a time", "503", "500", "504")
PAGES: tuple[Misfortune, ...] = ("page twice", "empty first page", "oversized page")
WIRE: tuple[Misfortune, ...] = ("401", "reset", "truncated", "html", "drip", "redirect")
OF_A_CALL = (*ANSWERS, *PAGES, *WIRE)
OF_A_BATCH: tuple[Misfortune, ...] = (*ANSWERS, "401", "reset", "truncated", "html", "drip")
OF_A_PART = (*ANSWERS, *PAGES)
OF_A_WRITE: tuple[Misfortune, ...] = (*ANSWERS, "reset", "401")


@dataclass(slots=True)
class Misfortunes:
    """Goes wrong at this rate, and for one call at most so often in a row: to go on trying always helps."""

    seed: int
    rate: float
    writes: bool = False
    """Whether calls that change something are befallen too, before they are done."""
    most_in_a_row: int = 2
    asked: Counter[str] = field(default_factory=Counter)
    in_a_row: Counter[str] = field(default_factory=Counter)
    befallen: list[tuple[str, Misfortune]] = field(default_factory=list)
    """What happened to whom, for a test that fails to show."""

    def take(self, name: str, kinds: tuple[Misfortune, ...]) -> Misfortune | None:
        """What befalls this call, if anything does."""
        self.asked[name] += 1
        digest = hashlib.sha256(f"{self.seed}|{name}|{self.asked[name]}".encode()).digest()
        if int.from_bytes(digest[:8]) / 2**64 >= self.rate or self.in_a_row[name] >= self.most_in_a_row:
            self.in_a_row[name] = 0
            return None
        self.in_a_row[name] += 1
        kind = kinds[int.from_bytes(digest[8:16]) % len(kinds)]
        self.befallen.append((name, kind))
        return kind
