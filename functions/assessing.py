"""What a data protection officer asks of this set-up, taken from its settings and its agreement. Nothing else is
read from Microsoft 365 (and the agreement only where it lies on the site), and nothing is remembered.
"""

from datetime import datetime

from functions.files.book_of_settings import book_from
from functions.settings import Settings
from functions.waking.health import release_number
from functions.wiring import whole_files
from models.days import LONDON
from wording.assessed import Assessed


async def assess(settings: Settings, now: datetime) -> Assessed:
    """The facts as they stand `now` (aware). Unreadable where the agreement can't be used."""
    async with whole_files(settings, now) as here:
        agreement = book_from(here).book.agreement
    return Assessed(
        on=now.astimezone(LONDON).date(),
        version=release_number(),
        agreement=agreement,
        site=settings.site or "",
        ledger=settings.ledger.removeprefix("sqlite:///"),
        sign_in=_sign_in(settings),
        telling=settings.mode == "tell",
        officers=settings.teams_workflow_url is not None,
        manager=settings.manager_workflow_url is not None,
        sender=settings.sender or "",
        hears=settings.public_url is not None and settings.client_state is not None,
        links=settings.public_url is not None and settings.signing_key is not None,
        address=settings.public_url or "",
        heartbeat=settings.heartbeat_url is not None,
    )


def _sign_in(settings: Settings) -> str:
    """By what the program proves who it is; the same order as in wiring."""
    if settings.token is not None:
        return "a ready-made token, which is for a try on one computer"
    if settings.managed_identity_client_id:
        return "an identity of Azure, which has no password"
    if settings.federated_token_file is not None:
        return "a token of another system that Entra trusts"
    return "a certificate" if settings.certificate_path is not None else ""
