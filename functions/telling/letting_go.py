"""Starts the telling, or lets held cards go, as the partnership manager asks for it at the keyboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import get_close_matches

from functions.files.book_of_settings import book_from, texts_from
from functions.settings import Settings
from functions.telling.needs import needs_of
from functions.telling.release import let_held_go, quiet_groups, release, terms_are_checked
from functions.wiring import storage_token, whole_files
from ledger import open_ledger
from ledger.former_names import under_first_names
from ledger.port import Ledger
from models.agreement import Agreement
from models.texts import Texts
from reading.faults import Fault, Unreadable
from wording.needs_you import NeedsYou
from wording.release_text import LetGo


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which groups to release, by name or all of them, and whether to let held cards go."""

    groups: Sequence[str] = ()
    every: bool = False
    held: bool = False

    @property
    def anything(self) -> bool:
        """Whether anything was asked for."""
        return bool(self.groups or self.every or self.held)


async def let_go(settings: Settings, asked: Asked, now: datetime) -> LetGo:
    """Do what was asked; Unreadable where a name is no group's (then nothing is done), LedgerFault as ever."""
    async with whole_files(settings, now) as here:
        book = book_from(here).book
    names = _names(book.agreement, asked)
    async with open_ledger(settings.ledger, storage_token(settings)) as opened:
        ledger = under_first_names(opened, book.agreement.first_names)
        new = await release(ledger, book, names, now)
        held = await let_held_go(ledger, now) if asked.held else None
        unread = await _unread(ledger, new)
    return LetGo(
        new=new,
        already=tuple(name for name in names if name not in new),
        unread=unread,
        held=held,
        observing=settings.mode == "observe",
        unchecked="" if terms_are_checked(book) else book.agreement.terms.main,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What waits for the manager before anybody else is told."""

    quiet: tuple[str, ...]
    needs: NeedsYou
    agreement: Agreement
    texts: Texts


async def waiting(settings: Settings, now: datetime) -> Waiting:
    """The groups of which only the manager hears as yet, and the manager's list."""
    async with whole_files(settings, now) as here:
        book, texts = book_from(here).book, texts_from(here).texts
    async with open_ledger(settings.ledger, storage_token(settings)) as opened:
        ledger = under_first_names(opened, book.agreement.first_names)
        return Waiting(
            quiet=await quiet_groups(ledger, book),
            needs=await needs_of(ledger, book, observing=settings.mode == "observe"),
            agreement=book.agreement,
            texts=texts,
        )


def _names(agreement: Agreement, asked: Asked) -> tuple[str, ...]:
    """The groups as the agreement spells them, in its order."""
    faults = [_no_such_group(agreement, name) for name in asked.groups if agreement.group(name) is None]
    if faults:
        raise Unreadable(faults)
    named = {group.name for name in asked.groups if (group := agreement.group(name)) is not None}
    return tuple(one.name for one in agreement.groups if asked.every or one.name in named)


def _no_such_group(agreement: Agreement, name: str) -> Fault:
    known = {group.name.casefold(): group.name for group in agreement.groups}
    near = get_close_matches(name.casefold(), known, n=1)
    cure = f"Perhaps you meant '{known[near[0]]}'" if near else f"Use one of: {', '.join(known.values())}"
    return Fault("release", 0, f"this agreement has no group '{name}'", cure)


async def _unread(ledger: Ledger, names: Sequence[str]) -> tuple[str, ...]:
    return tuple([name for name in names if await ledger.snapshot(name) is None])
