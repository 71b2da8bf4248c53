"""What went wrong, named for what the caller must do next.

GraphError
├── TryAgainLater     wait (`after` seconds where we were told), then ask the same again
├── ReadAfresh        what we remembered of the last read is no use: read everything again
├── PersonMustAct     a person must grant, unlock or correct something; asking again never helps
├── NotThere          no such mailbox, site, list or row
├── ChangedMeanwhile  somebody saved first: read again before saving
├── GraphRefused      our own request was wrong: a fault of ours
└── AnswerUnusable    the answer broke Microsoft's own contract, or never ended

Each message is one plain sentence that names what was asked. It holds no token and nothing of a body.
"""

from math import ceil
from typing import Any, Self

from graph_client.asked import Asked
from models.spoken import count

PASSING = "Microsoft 365 could not give us"  # how the sentence begins where trying again is the whole cure


def will_pass(sentence: str) -> bool:
    """Whether a sentence tells of something that trying again will cure, so that nobody need be asked yet."""
    return sentence.startswith(PASSING)


class GraphError(Exception):
    """Something that Microsoft 365 did not give us, or would not do.

    `request` is Microsoft's own number of the call, where it told one.
    """

    request = ""

    def __init__(self, asked: Asked, said: str, *, status: int = 0) -> None:
        super().__init__(self._sentence(asked, said))
        self.asked = asked
        self.said = said
        self.status = status

    def about(self, asked: Asked) -> Self:
        """The same error, said of another thing: what befell a batch befell each of its parts."""
        same = type(self)(asked, self.said, status=self.status, **self._more())
        same.request = self.request
        return same

    def _more(self) -> dict[str, Any]:
        return {}

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 did not give us {asked} ({said})."


class TryAgainLater(GraphError):
    """Try again after `after` seconds; None where nobody said how long."""

    def __init__(self, asked: Asked, said: str, *, status: int = 0, after: float | None = None) -> None:
        self.after = after
        super().__init__(asked, said, status=status)

    def _more(self) -> dict[str, Any]:
        return {"after": self.after}

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"{PASSING} {asked} just now ({said}): try again {_when(self.after)}."


class ReadAfresh(GraphError):
    """Read the whole of it again, once, and forget what is not returned."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 has lost our place in {asked} ({said}): read it again from the start."


class PersonMustAct(GraphError):
    """A person must grant, unlock or correct something; asking again never helps."""

    def __init__(self, asked: Asked, said: str, *, status: int = 0, cure: str = "") -> None:
        self.cure = cure or asked.cure
        super().__init__(asked, said, status=status)

    def _more(self) -> dict[str, Any]:
        return {"cure": "" if self.cure == self.asked.cure else self.cure}

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 does not let us have {asked} ({said}): {self.cure}."


class NotThere(GraphError):
    """It does not exist, or not under that name."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return (
            f"Microsoft 365 does not know {asked} ({said}): check the spelling, "
            "and whether it was renamed or deleted."
        )


class ChangedMeanwhile(GraphError):
    """Somebody saved it first: read it again before saving."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Somebody changed {asked} before we could save ({said}): read it again, then save."


class GraphRefused(GraphError):
    """Our request was wrong; trying again gives the same."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return (
            f"Microsoft 365 refused the way we asked for {asked} ({said}): "
            "this is a fault of Protocol Watch, please report it."
        )


class AnswerUnusable(GraphError):
    """The answer came, but it can't be used; what was read so far must not be taken for the whole."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 gave an answer for {asked} that can't be used ({said}): please report this."


def _when(seconds: float | None) -> str:
    """In 30 seconds, in 5 minutes, in 1 hour; later, where nobody said."""
    if not seconds or seconds < 1:
        return "later"
    for unit, name in ((3600, "hour"), (60, "minute")):
        if seconds >= 2 * unit or seconds == unit:
            return f"in {count(ceil(seconds / unit), name)}"
    return f"in {count(round(seconds), 'second')}"
