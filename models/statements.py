"""Statements: which of all that was said still stands. Nothing is ever changed; what was said can be taken back."""

from collections.abc import Iterable

from models.facts import Statement


def standing(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """What was said and not taken back, in its order; a word that only takes another back is not among them.

    Taking back a taking-back lets the first word stand again. Expiry is judged where a day is known.
    """
    said = tuple(statements)
    undone: set[str] = set()
    for one in sorted((one for one in said if one.undoes), key=lambda one: (one.at, one.id), reverse=True):
        if one.id not in undone:
            undone.add(one.undoes)
    return tuple(one for one in said if not one.undoes and one.id not in undone)
