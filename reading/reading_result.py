"""What the readers of calendar files hand to the door: meetings, faults, and counts worth a note."""

from collections.abc import Callable
from dataclasses import dataclass, field

from models.facts import Meeting
from reading.faults import Fault

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """All that one file says. What is worth a note is counted.

    `endless`: series without an end. `shortened`: long series, of which only the later dates were read.
    `older`: entries that a newer version of the same meeting replaced.
    """

    meetings: list[Meeting] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    endless: int = 0
    shortened: int = 0
    older: int = 0
