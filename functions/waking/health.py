"""How the program is: what it read and when, which dates run out, and what waits. No names and no addresses.

Groups are named by their keys, calendars by theirs. For whoever looks after the program, not for partners.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from functions.cloud import Cloud, NotReady
from functions.telling.release import WHOLE
from functions.waking.read_again import last_read
from functions.waking.subscribing import MEMORY
from functions.waking.touched import calendar_key
from functions.watch import Watch
from ledger import LedgerFault
from ledger.entries import DeliveryState
from models.days import LONDON
from models.keys import slug
from models.review_days import SOON

log = logging.getLogger("protocol_watch")

LATE = timedelta(hours=1)  # four sweeps


@dataclass(frozen=True, slots=True)
class Health:
    """Whether all is well, and the page that says so as JSON."""

    well: bool
    page: dict[str, Any]

    @property
    def status(self) -> int:
        """What a machine that asks is answered."""
        return 200 if self.well else 503


async def health(watch: Watch, now: datetime, certificate: Path | None = None) -> Health:
    """Look at what is remembered; nothing is read from Microsoft 365, and nothing is changed.

    `certificate` is the file that the app proves itself with, where it has one.
    """
    calendars = [await _calendar(watch, mailbox, now) for mailbox in watch.book.agreement.calendars]
    well = bool(calendars) and not any(one["late"] for one in calendars)
    subscribed = (await watch.ledger.remembered(WHOLE)).get(MEMORY, {})
    page = {
        "well": well,
        "at": now.isoformat(),
        "version": release_number(),
        "telling": not watch.observing,
        "calendars": calendars,
        "dates": [*_dates(watch, now), *_certificate(certificate, now)],
        "deliveries": await _deliveries(watch, now),
        "subscriptions": {name: subscribed[name] for name in sorted(set(subscribed) - {"renewed"})},
    }
    return Health(well, page)


async def health_here(here: Cloud) -> Health:
    """The health of this process, whatever is wrong with it."""
    try:
        return await health(await here.watch(), here.clock(), here.settings.certificate_path)
    except NotReady as wrong:
        return not_ready(wrong.faults)
    except LedgerFault as fault:
        log.error("%s", fault)
        return not_ready((str(fault),))


def not_ready(faults: tuple[str, ...]) -> Health:
    """The page of a program whose set-up can't be used. What is wrong stands in the log, not on a page."""
    return Health(well=False, page={"well": False, "version": release_number(), "set_up_faults": len(faults)})


def release_number() -> str:
    """The number of this release; "not known" where the program was unpacked and not installed."""
    try:
        return version("protocol-watch")
    except PackageNotFoundError:
        return "not known"


async def _calendar(watch: Watch, mailbox: str, now: datetime) -> dict[str, Any]:
    read = await last_read(watch, mailbox)
    return {
        "calendar": calendar_key(mailbox),
        "groups": [slug(group.name) for group in watch.groups_of(mailbox)],
        "read_at": read.isoformat() if read else None,
        "late": read is None or now - read > LATE,
    }


def _dates(watch: Watch, now: datetime) -> Iterator[dict[str, Any]]:
    today = now.astimezone(LONDON).date()
    rule = watch.book.agreement.terms
    for name in (rule.main, *rule.also_warn):
        until = watch.book.terms.of(name).covered_until
        yield {
            "school_dates_of": slug(name),
            "covered_until": until.isoformat() if until else None,
            "runs_out_soon": until is None or until - today <= SOON,
        }
    for group in watch.book.agreement.groups:
        if group.until is not None:
            soon = group.until - today <= SOON
            yield {"group": slug(group.name), "until": group.until.isoformat(), "runs_out_soon": soon}
    review = watch.book.agreement.next_review
    if review is not None:
        yield {"next_review": review.isoformat(), "runs_out_soon": review - today <= SOON}


def _certificate(path: Path | None, now: datetime) -> Iterator[dict[str, Any]]:
    """Until when the certificate can be used; none where its file can't be read, which doctor tells."""
    if path is None:
        return
    from functions.doctor.certificate import SOON as TO_RENEW
    from functions.doctor.certificate import ends_of

    ends = ends_of(path)
    yield {
        "certificate_until": ends.astimezone(LONDON).date().isoformat() if ends else None,
        "runs_out_soon": ends is None or ends - now <= TO_RENEW,
    }


async def _deliveries(watch: Watch, now: datetime) -> dict[str, int]:
    every = await watch.ledger.deliveries(since=now)
    owed = [one for one in every if one.state is DeliveryState.OWED]
    return {
        "owed": len(owed),
        "due": sum(one.not_before <= now for one in owed),
        "unsure": sum(one.state is DeliveryState.UNSURE for one in every),
    }
