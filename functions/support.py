"""The bundle for whoever helps from outside: how the program is, in keys, numbers and our own words.

Made from what doctor finds, the health page, and counts in the ledger. Every group, mailbox, site and file is
named by a key, the same as in the log. Nothing is changed, and nothing is sent: a person sends it, or does not.
"""

import platform
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import AsyncExitStack
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from functions.doctor.examination import examine
from functions.doctor.files import files_examined
from functions.files import shipped
from functions.files.book_of_settings import files_that_stand
from functions.last_refusals import last_refusals
from functions.once import clock_from
from functions.saved import alert_back
from functions.settings import PREFIX, Settings, what_stands
from functions.telemetry import key_of
from functions.telling.release import quiet_groups
from functions.waking.health import health, release_number
from functions.watch import Watch
from functions.wiring import files_at_hand, open_watch
from ledger import LedgerFault
from models.days import LONDON
from models.keys import slug
from models.rulebook import Rulebook
from reading.texts import read_texts
from wording.without_names import WithoutNames

A_FILE = "sqlite:///"
LIBRARIES = ("azure-functions", "azure-data-tables", "httpx", "msal", "msgraph-sdk", "pydantic")
PLAIN_SETTINGS = ("mode", "settle_minutes", "delivery_times")  # whose values name nobody

Json = dict[str, Any]


async def bundle(
    environment: Mapping[str, str], now: datetime, *, pretended: bool = True, ca_file: str = ""
) -> Json:
    """Everything for the bundle, as it is `now` (aware). What can't be had is said to be so, and the rest goes on."""
    stand, faults = what_stands(environment)
    async with files_at_hand(stand, now, ca_file=ca_file) as at_hand:
        files, file_faults = files_that_stand(at_hand.settings)
        book = files_examined(files, file_faults, now.astimezone(LONDON).date()).book
    named = WithoutNames(dict(_names(stand, book)), key_of)
    found = await examine(environment, now, pretended=pretended, ca_file=ca_file)
    return {
        "made_at": now.isoformat(),
        "versions": _versions(),
        "settings": _settings(stand, environment),
        "doctor": named.examined(found),
        **await _remembered(stand, book, now, ca_file, usable=not faults),
    }


def _versions() -> Json:
    libraries = {}
    for name in LIBRARIES:
        try:
            libraries[name] = version(name)
        except PackageNotFoundError:
            libraries[name] = "not there"
    return {
        "protocol-watch": release_number(),
        "python": platform.python_version(),
        "system": sys.platform,
        **libraries,
    }


def _settings(stand: Settings, environment: Mapping[str, str]) -> Json:
    """Which settings are given; the values only of those that name nobody."""
    given = sorted(
        name.upper() for name, text in environment.items() if name.upper().startswith(PREFIX) and text
    )
    values = {f"{PREFIX}{name.upper()}": getattr(stand, name) for name in PLAIN_SETTINGS}
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    return {
        "given": [name for name in given if name in known],
        "unknown": sum(name not in known for name in given),
        "values": {name: str(value) for name, value in values.items()},
        "ledger": "a file" if stand.ledger.startswith("sqlite:") else "Azure Tables",
    }


def _names(stand: Settings, book: Rulebook | None) -> Iterator[tuple[str, str]]:
    """All that we know by name, each with what it is."""
    for kind, text in (
        ("site", stand.site),
        ("web address", stand.public_url),
        ("ledger", stand.ledger),
        ("tenant", stand.tenant_id),
        ("app", stand.client_id),
        ("app", stand.managed_identity_client_id),
        ("address", stand.sender),
    ):
        if text:
            yield str(text), kind
    for place in (
        stand.agreement,
        stand.terms,
        stand.wording,
        stand.certificate_path,
        stand.federated_token_file,
    ):
        if place:
            yield str(place), "file"
            yield Path(str(place)).name, "file"
    if book is None:
        return
    yield book.agreement.name, "agreement"
    for authority in (book.agreement.terms.main, *book.agreement.terms.also_warn):
        yield authority, "authority"
        yield book.terms.of(authority).checked_by, "person"
    for group in book.agreement.groups:
        for name in (group.name, *group.formerly):
            yield name, "group"
        yield group.calendar, "calendar"
        yield group.library, "library"
        for role in (group.officer, group.deputy):
            yield role, "role"


async def _remembered(
    stand: Settings, book: Rulebook | None, now: datetime, ca_file: str, *, usable: bool
) -> Json:
    """What the ledger knows: health, counts, and Microsoft's numbers of the calls that it refused last."""
    nothing: Json = {"health": None, "counts": None, "refused": []}
    path = Path(stand.ledger.removeprefix(A_FILE))
    if book is None or not usable or (stand.ledger.startswith(A_FILE) and not path.exists()):
        return nothing
    texts = read_texts(None, shipped.WORDING).texts
    opening = open_watch(stand, book, texts, clock_from(now), by="support", ca_file=ca_file)
    async with AsyncExitStack() as stays_open:
        try:
            watch = await stays_open.enter_async_context(opening)
            return {
                "health": _in_keys((await health(watch, now, stand.certificate_path)).page, book),
                "counts": await _counts(watch),
                "refused": [dict(one) for one in await last_refusals(watch.ledger)],
            }
        except LedgerFault:  # doctor says why
            return nothing


async def _counts(watch: Watch) -> Json:
    alerts: Counter[str] = Counter()
    for group in (*(one.name for one in watch.book.agreement.groups), ""):
        for entry in (await watch.ledger.alerts(group)).values():
            alert = alert_back(entry.value)
            alerts[f"{alert.promise} {alert.state}"] += 1
    deliveries = Counter(f"{one.channel} {one.state}" for one in await watch.ledger.deliveries())
    return {
        "groups": len(watch.book.agreement.groups),
        "quiet_groups": len(await quiet_groups(watch.ledger, watch.book)),
        "calendars": len(watch.book.agreement.calendars),
        "promises_on": sorted(watch.book.agreement.promises_on),
        "alerts": dict(sorted(alerts.items())),
        "deliveries": dict(sorted(deliveries.items())),
    }


def _in_keys(page: Json, book: Rulebook) -> Json:
    """The health page for strangers: it names groups and authorities in words that its own people know."""
    keys = {slug(group.name): key_of(group.name) for group in book.agreement.groups}
    calendars = [{**one, "groups": [keys[name] for name in one["groups"]]} for one in page["calendars"]]
    terms = book.agreement.terms
    authorities = {slug(name): key_of(name) for name in (terms.main, *terms.also_warn)}
    named = {"school_dates_of": authorities, "group": keys}
    dates = [
        {what: named[what][said] if what in named else said for what, said in one.items()}
        for one in page["dates"]
    ]
    return {**page, "calendars": calendars, "dates": dates}
