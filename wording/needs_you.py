"""What needs the partnership manager: everything that nobody else is told yet, and what we can't settle alone."""

from dataclasses import dataclass

from models.alerts import Alert
from models.facts import Meeting
from models.findings import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsYou:
    """The manager's list, as one value.

    `alerts` are those of quiet groups, or all of them while `observing`, each with its current findings.
    `quiet_groups` are groups about which nobody else is told yet. `unplaced` are meetings that fit no group.
    `questions` are whole sentences: a calendar that could not be read, dates to check, a row nobody
    understands. `ended` are alerts that are over, each with the name of its meeting or series.
    """

    alerts: tuple[tuple[Alert, tuple[Finding, ...]], ...] = ()
    quiet_groups: tuple[str, ...] = ()
    observing: bool = False
    unplaced: tuple[Meeting, ...] = ()
    questions: tuple[str, ...] = ()
    ended: tuple[tuple[Alert, str], ...] = ()

    @property
    def number(self) -> int:
        """How many things there are to look at."""
        return len(self.alerts) + len(self.unplaced) + len(self.questions)
