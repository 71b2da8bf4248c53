"""Looks at everything that Protocol Watch needs, and goes on after each failure: every fault is named at once."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from functions.doctor.certificate import certificate_examined
from functions.doctor.files import FilesExamined, files_examined
from functions.doctor.ledger import ledger_examined
from functions.doctor.links import links_examined
from functions.doctor.reach import reach_examined
from functions.doctor.scope import scope_examined
from functions.doctor.settings import settings_examined
from functions.doctor.tenant import tenant_examined
from functions.files.book_of_settings import files_that_stand
from functions.once import clock_from
from functions.settings import Settings, what_stands
from functions.wiring import files_at_hand, storage_token
from models.days import LONDON
from wording.examined import Examined, Standing


async def examine(
    environment: Mapping[str, str],
    now: datetime,
    *,
    outside: str = "",
    pretended: bool = True,
    ca_file: str = "",
) -> tuple[Examined, ...]:
    """Everything that was looked at, in the order in which things depend on each other. `now` is aware.

    Nothing is changed and nobody is told. What can't be looked at because something before it is wrong
    is said to be so. `outside` is a mailbox that must be refused; with `pretended`, `now` is no clock's
    time, so it is not compared with Microsoft's.
    """
    clock = clock_from(now)
    stand, faults = what_stands(environment)
    read = await _files(stand, now, ca_file)
    return (
        *settings_examined(stand, faults),
        *read.examined,
        *certificate_examined(stand.certificate_path, now),
        *await ledger_examined(stand.ledger, read.book, now, storage_token(stand, ca_file)),
        *await tenant_examined(stand, read.agreement, now, ca_file),
        *await scope_examined(stand, read.agreement, outside, now, ca_file),
        *await reach_examined(stand, None if pretended else clock(), ca_file),
        *await links_examined(stand, None if pretended else clock(), ca_file),
    )


async def _files(stand: Settings, now: datetime, ca_file: str) -> FilesExamined:
    """The files, those on the site too; what can't be had of them is told by its place there."""
    async with files_at_hand(stand, now, ca_file=ca_file) as at_hand:
        files, faults = files_that_stand(at_hand.settings)
        told = [*at_hand.faults, *map(at_hand.as_called, faults)]
        read = files_examined(files, told, now.astimezone(LONDON).date())
        called = at_hand.in_words
        examined = tuple(
            replace(one, what=called(one.what), says=called(one.says), cure=called(one.cure))
            for one in read.examined
        )
        return replace(read, examined=examined)


def exit_code(examined: Iterable[Examined]) -> int:
    """0 where nothing is wrong, though something may be worth a look; else 2."""
    return 2 if any(one.standing is Standing.WRONG for one in examined) else 0
