"""What `setup` found and did: the groups it proposes, the lines it would write, and what it could not read."""

from dataclasses import dataclass
from datetime import date

from models.proposals import Proposed


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUp:
    """One look at the shared mailboxes. `lines` is the YAML of each group that would be written, in their order.

    `file` is the agreement, `is_new` where it does not exist yet, `unread` a sentence for each calendar that
    could not be read, and `written` says that the groups stand in the file now. Where the agreement lies on the
    site, `on_the_site` is its place there and `start` its text: `file` is a copy here that a person uploads.
    """

    file: str
    is_new: bool
    first: date
    last: date
    mailboxes: tuple[str, ...]
    proposed: Proposed
    lines: tuple[str, ...]
    unread: tuple[str, ...] = ()
    written: bool = False
    on_the_site: str = ""
    start: str = ""

    @property
    def anything(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.proposed.proposals)
