"""What `doctor` looked at: one thing, how it stands, what to say of it, and what to do."""

from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a thing stands."""

    WELL = "well"
    LOOK = "look"  # it works, and a person should look at it
    WRONG = "wrong"  # it does not work until a person mends it


@dataclass(frozen=True, slots=True)
class Examined:
    """One thing that was looked at. `says` is one sentence; `cure` another, empty where all is well.

    `command` are the lines to type for the cure, exactly as they stand. `theirs`: it says words that people typed,
    which no stranger should read.
    """

    what: str
    standing: Standing
    says: str
    cure: str = ""
    command: tuple[str, ...] = ()
    theirs: bool = False


def well(what: str, says: str) -> Examined:
    """Nothing to do."""
    return Examined(what, Standing.WELL, says)


def look(what: str, says: str, cure: str = "", *, theirs: bool = False) -> Examined:
    """It works, and a person should look at it."""
    return Examined(what, Standing.LOOK, says, cure, theirs=theirs)


def refused(what: str, sentence: str) -> Examined:
    """An error's own sentence, parted into what happened and what to do."""
    said, parted, cure = sentence.removesuffix(".").partition("): ")
    return wrong(what, said + parted.removesuffix(": "), cure or "Try again in a few minutes")


def wrong(
    what: str, says: str, cure: str, command: tuple[str, ...] = (), *, theirs: bool = False
) -> Examined:
    """It does not work until a person mends it."""
    return Examined(what, Standing.WRONG, says, cure, command, theirs=theirs)
