"""Takes names out of what is to be shown to strangers: each becomes a key that stays the same and says nothing.

What is known by name goes first: groups, mailboxes, sites, files. Then whatever looks like an address, and all
that stands between quotation marks, because there stand words that people typed. The rest is our own words.
"""

import re
from collections.abc import Callable, Iterable, Mapping

from wording.examined import Examined

THEIRS = "[words that people typed, left out]"
OURS = frozenset(
    {
        *("observe", "tell", "watch", "watch --once", "doctor", "write", "manage"),
        *("on: true", "calendar:", "question:", "papers:", "formerly:"),
        *("Application Calendars.Read", "Application Mail.Read", "Application Mail.Send"),
    }
)
ADDRESS = re.compile(r"[^\s<>\"'(),;:]+@[^\s<>\"'(),;:]+\w")
WEB = re.compile(r"(?:https?|sqlite)://[^\s<>\"')\]]*[^\s<>\"')\].,;:]")
FOLDER = re.compile(r"(?<![\w/])(?:[A-Za-z]:\\|/)[^\s'\":,;]+")
QUOTED = re.compile(r"(?<!\w)['‘“\"]([^'’”\"\n]{1,400})['’”\"](?!\w)")

Key = Callable[[str], str]


class WithoutNames:
    """One text after the other; `known` has each name with the kind of thing it names."""

    def __init__(self, known: Mapping[str, str], key: Key) -> None:
        self._key = key
        self._kinds = {name.casefold(): kind for name, kind in known.items() if name.strip()}
        longest = sorted(self._kinds, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest)) or r"(?!)", re.IGNORECASE)

    def text(self, said: str) -> str:
        """The text with a key in place of each name."""
        said = self._known.sub(lambda found: self._named(self._kinds[found[0].casefold()], found[0]), said)
        for kind, pattern in (("address", ADDRESS), ("web address", WEB), ("file", FOLDER)):
            said = pattern.sub(lambda found, kind=kind: self._named(kind, found[0]), said)  # type: ignore[misc]
        return QUOTED.sub(self._quoted, said)

    def examined(self, found: Iterable[Examined]) -> list[dict[str, str]]:
        """What doctor found, in the order in which it looked."""
        return [
            {
                "what": self.text(one.what),
                "state": one.standing.value,
                "says": THEIRS if one.theirs else self.text(one.says),
                "cure": self.text(one.cure),
            }
            for one in found
        ]

    def _named(self, kind: str, name: str) -> str:
        return f"[{kind} {self._key(name)}]"

    def _quoted(self, found: re.Match[str]) -> str:
        inside = found[1]
        if inside in OURS or re.fullmatch(r"\[[a-z ]+ [0-9a-f]+\]", inside):
            return found[0]
        return self._named("words", inside)
