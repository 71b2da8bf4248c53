"""What `provision` did, or with --dry-run would do: lists, subscriptions, and what an administrator must do first."""

from dataclasses import dataclass, field

from models.diaries import Diary


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDone:
    """One list of the register: made, given columns, or found in order. `looks` wants a person's eye.

    `refused` is a sentence where nothing could be done, `forbidden` where a right is lacking for it. Without
    a name it is about all lists.
    """

    name: str = ""
    made: bool = False
    added: tuple[str, ...] = ()
    looks: tuple[str, ...] = ()
    refused: str = ""
    forbidden: bool = False

    @property
    def changed(self) -> bool:
        """Whether anything was done to it."""
        return self.made or bool(self.added)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribed:
    """How many subscriptions there should be, how many were there, and what is done about the rest.

    `why_not` is a sentence where none is wanted, or they could not be looked at.
    """

    wanted: int = 0
    made: int = 0
    renewed: int = 0
    removed: int = 0
    failed: int = 0
    why_not: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provisioned:
    """One run. With `dry`, nothing was done. `site` and `app` stand in the request to an administrator.

    `no_site` says that no site is set. `diaries` are the calendars that don't look shared, `reason` why an
    administrator lets one be read all the same. `stopped` says that because of a diary nothing was done.
    """

    dry: bool
    site: str = ""
    app: str = ""
    lists: tuple[ListDone, ...] = ()
    subscribed: Subscribed = field(default_factory=Subscribed)
    diaries: tuple[Diary, ...] = ()
    reason: str = ""
    stopped: bool = False

    @property
    def in_order(self) -> bool:
        """Whether everything that is needed is there now."""
        refused = any(one.refused for one in self.lists)
        return not (self.stopped or refused or self.subscribed.failed)

    @property
    def needs_grant(self) -> bool:
        """Whether an administrator must let us make lists first."""
        return any(one.forbidden for one in self.lists)


@dataclass(frozen=True, slots=True)
class Rotated:
    """The files into which new secret words were written; the words themselves are never shown."""

    client_state: str
    signing_key: str
    former: bool = False  # whether the keys of before stand behind the new one
