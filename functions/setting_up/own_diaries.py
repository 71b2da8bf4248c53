"""Why a calendar that looks like a person's own diary may be read: an administrator's reasons, as remembered."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from functions.settings import Settings
from functions.telling.release import WHOLE
from functions.wiring import storage_token
from ledger import Ledger, open_ledger

OWN_DIARIES = "own diaries"  # the name under which an administrator's reasons are remembered
LOOKED_AT = timedelta(days=31)  # back and ahead: by these two months a calendar is judged


def is_there(settings: Settings) -> bool:
    """Whether there is a ledger to look into: who only looks makes none."""
    file = settings.ledger.removeprefix("sqlite:///")
    return file == settings.ledger or Path(file).exists()


async def reasons_in(ledger: Ledger) -> dict[str, Mapping[str, str]]:
    """By mailbox, the reason and when it was given."""
    return dict((await ledger.remembered(WHOLE)).get(OWN_DIARIES, {}))


async def reasons_remembered(settings: Settings, ca_file: str = "") -> Mapping[str, str]:
    """The reason by mailbox; LedgerFault where the ledger can't be read. None is made."""
    if not is_there(settings):
        return {}
    async with open_ledger(settings.ledger, storage_token(settings, ca_file), ca_file=ca_file) as ledger:
        return {mailbox: one["reason"] for mailbox, one in (await reasons_in(ledger)).items()}
