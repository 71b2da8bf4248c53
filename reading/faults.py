"""Faults in files that people wrote or exported: what, where and the cure, in one sentence each."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in one file, told to the person who can mend it.

    `file` is the name as the person gave it, `line` counts from 1 (0 where no line can be named), `what`
    says what is wrong and `cure` what to do; neither ends with a full stop.
    """

    file: str
    line: int
    what: str
    cure: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return f"{where}: {self.what}. {self.cure}."


class Unreadable(Exception):
    """A file that can't be used as it stands; `faults` has every reason found, in the order of the file."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in self.faults))
