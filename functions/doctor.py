"""Looks at everything that Protocol Watch needs, and goes on after each failure: every fault is named at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from functions.book_of_settings import files_that_stand
from functions.doctor_certificate import certificate_examined
from functions.doctor_files import FilesExamined, files_examined
from functions.doctor_ledger import ledger_examined
from functions.doctor_settings import settings_examined
from functions.doctor_tenant import tenant_examined
from functions.settings import what_stands
from functions.wiring import storage_token
from models.days import LONDON
from wording.examined import Examined, Standing, look

NOT_PROVED = look(
    "What else we may read",
    "that Protocol Watch is refused every other mailbox is not proved here",
    "Ask your Microsoft 365 administrator to try one with Test-ServicePrincipalAuthorization",
)


async def examine(
    environment: Mapping[str, str], now: datetime, *, ca_file: str = ""
) -> tuple[Examined, ...]:
    """Everything that was looked at, in the order in which things depend on each other. `now` is aware.

    Nothing is changed and nobody is told. What can't be looked at because something before it is wrong
    is said to be so.
    """
    stand, faults = what_stands(environment)
    files, file_faults = files_that_stand(stand)
    read: FilesExamined = files_examined(files, file_faults, now.astimezone(LONDON).date())
    return (
        *settings_examined(stand, faults),
        *read.examined,
        *certificate_examined(stand.certificate_path, now),
        *await ledger_examined(stand.ledger, read.book, now, storage_token(stand, ca_file)),
        *await tenant_examined(stand, read.agreement, now, ca_file),
        NOT_PROVED,
    )


def exit_code(examined: Iterable[Examined]) -> int:
    """0 where nothing is wrong, though something may be worth a look; else 2."""
    return 2 if any(one.standing is Standing.WRONG for one in examined) else 0
