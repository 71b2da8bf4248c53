"""Why a write was not done, or may have been: the same errors as for a read, in words that fit a write.

Every one but WriteUnsure means that nothing was done. The kinds are those of the one map (refusals.py),
so that a caller who knows what to do about a read that was refused knows it about a write too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph_client import errors
from graph_client.asked import Asked
from graph_client.errors import GraphError
from graph_client.refusals import Refusal, error_for

# A gateway that gave up, or a server that broke, may have done the work first. One 503 sent a mail four
# times (facts: graph §8). A 503 that says when to come back is a throttle, and was turned away (graph §7).
OPEN = frozenset({408, 500, 502, 503, 504, 506, 508, 509})
TURNED_AWAY = frozenset({501, 505, 507, 511})  # a 5xx that says no more than "not this"


@dataclass(frozen=True, slots=True)
class Writing(Asked):
    """A change to the tenant: `what` it is made to, and what will be `done`, as in "sent a mail from x".

    `makes` where it makes a new thing, so that a conflict means that there is one like it already. `cures`
    says for an error code who must do what, where the code tells more than the status.
    """

    done: str = ""
    makes: bool = False
    cures: Mapping[str, str] = field(default_factory=dict)


class WriteUnsure(GraphError):
    """It may have been done, or not: look before doing it again."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 may or may not have {_done(asked)} ({said}): look before doing it again."


class AlreadyThere(GraphError):
    """There is one like it, so none was made."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 has not {_done(asked)} ({said}): there is one like it already, use that."


class WriteLater(errors.TryAgainLater):
    """Surely not done: do the same again after `after` seconds."""

    def _sentence(self, asked: Asked, said: str) -> str:
        when = f" in {self.after:.0f} seconds" if self.after and self.after >= 1 else " later"
        return f"Microsoft 365 has not {_done(asked)} ({said}): try again{when}."


class WriteNeedsPerson(errors.PersonMustAct):
    """Surely not done, until a person grants, unlocks or corrects something."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return f"Microsoft 365 has not {_done(asked)} ({said}): {self.cure}."


class WriteRefused(errors.GraphRefused):
    """Surely not done, and our request was wrong."""

    def _sentence(self, asked: Asked, said: str) -> str:
        return (
            f"Microsoft 365 has not {_done(asked)} ({said}): "
            "this is a fault of Protocol Watch, please report it."
        )


def may_have_happened(refusal: Refusal) -> bool:
    """Whether the work may have been done although the answer is no success."""
    if refusal.status == 503 and refusal.after is not None:
        return False
    return refusal.status in OPEN or (refusal.status >= 512 and refusal.status not in TURNED_AWAY)


def error_of_write(refusal: Refusal, writing: Writing) -> GraphError:
    """The error for a write that was not answered with success."""
    error = _error_of_write(refusal, writing)
    error.request = refusal.request
    return error


def _error_of_write(refusal: Refusal, writing: Writing) -> GraphError:
    said = f"it answered {refusal}"
    if may_have_happened(refusal):
        return WriteUnsure(writing, said, status=refusal.status)
    if refusal.status == 409 and writing.makes:
        return AlreadyThere(writing, said, status=refusal.status)
    cure = writing.cures.get(refusal.code.casefold(), "")
    if cure:
        return WriteNeedsPerson(writing, said, status=refusal.status, cure=cure)
    return _in_words_of_a_write(error_for(refusal, writing), writing, said)


def _in_words_of_a_write(error: GraphError, writing: Writing, said: str) -> GraphError:
    match error:
        case errors.TryAgainLater():
            return WriteLater(writing, said, status=error.status, after=error.after)
        case errors.PersonMustAct():
            return WriteNeedsPerson(writing, said, status=error.status, cure=error.cure)
        case errors.GraphRefused():
            return WriteRefused(writing, said, status=error.status)
        case errors.ReadAfresh():  # 410 Gone: what is written to has no place to be lost in
            return errors.NotThere(writing, said, status=error.status)
    return error


def _done(asked: Asked) -> str:
    return asked.done if isinstance(asked, Writing) else f"changed {asked}"
