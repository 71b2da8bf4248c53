"""What a story is made of: chapters, each with its days, its words, and the scenes that happen in it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from demonstration.county import County


@dataclass(frozen=True, slots=True)
class Scene:
    """Something that somebody does at a moment (London time)."""

    at: datetime
    deed: Callable[[County], None]


@dataclass(frozen=True, slots=True)
class Click:
    """A link that begins with these words, the first one `under` a heading with those."""

    words: str
    under: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """Somebody opens a link of a mail, follows more links if there are any, and presses a button.

    `role` is whose mail it is: the newest to that role that has the first of the links. The pages that
    somebody saw are kept beside the story, unless `kept` is False.
    """

    at: datetime
    role: str
    links: Sequence[Click]
    button: str
    filled_in: Mapping[str, str] = field(default_factory=dict)
    kept: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One chapter before it is played.

    `happened` and `done` tell it, with an empty line between paragraphs. `released_at` is when the manager lets the
    telling start, in the one chapter where that happens.
    """

    title: str
    first: date
    last: date
    happened: str
    done: str
    scenes: Sequence[Scene] = ()
    presses: Sequence[Press] = ()
    released_at: datetime | None = None


def paragraphs(text: str) -> tuple[str, ...]:
    """A text's paragraphs, each on one line."""
    parts = (" ".join(part.split()) for part in text.split("\n\n"))
    return tuple(part for part in parts if part)
