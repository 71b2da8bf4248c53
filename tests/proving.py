"""How hard a test tries: a part that finds most faults in `make test`, all of it in `make prove`."""

import os
from collections.abc import Sequence

PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"


def some_of[T](everything: Sequence[T], turn: int, *, of: int) -> Sequence[T]:
    """Every `of`th, beginning at this turn, so that neighbours in a table try different ones; all when proving."""
    return everything if PROVING else everything[turn % of :: of] or everything[:1]
