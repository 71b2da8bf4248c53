"""Words out of somebody's file, made safe to show: one line, nothing hidden, not too long."""

from collections.abc import Iterable
from difflib import get_close_matches

LONGEST = 80  # characters of a file's own text in a message


def printable(text: object) -> str:
    """Text without control characters, colours, hidden marks or line breaks: a terminal can't be fooled."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in str(text)).split())


def quoted(text: object) -> str:
    """Text in quotation marks, cut where it is long."""
    plain = printable(str(text)[: 4 * LONGEST])
    return f"'{plain}'" if len(plain) <= LONGEST else f"'{plain[: LONGEST - 1]}…'"


def nearest(word: object, choices: Iterable[str]) -> str:
    """The choice that was probably meant; empty where none is close."""
    by_fold = {choice.casefold(): choice for choice in choices}
    found = get_close_matches(str(word)[:LONGEST].casefold(), by_fold, n=1, cutoff=0.6)
    return by_fold[found[0]] if found else ""


def did_you_mean(word: object, choices: Iterable[str]) -> str:
    """A cure for a word that is none of the choices: the nearest one, and all of them."""
    allowed = tuple(choices)
    near = nearest(word, allowed)
    every = "The choices are: " + ", ".join(printable(choice) for choice in allowed)
    return f"Did you mean {quoted(near)}? {every}" if near else every
