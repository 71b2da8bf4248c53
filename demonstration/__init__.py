"""The demo's door: starts an emulated Microsoft 365 on this computer and lets the real client loose on it.

The only module of ours that knows the emulator. What it leaves behind: cards as the workflow received them,
a report, and the recorded traffic.
"""

import asyncio
import json
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path
from threading import Event

from emulator.certificates import app_certificate
from emulator.seed import invented_county, whole_county, world_from_ics
from emulator.serve import Running, running
from emulator.world import World
from functions.demo import DemoClock, Shown, demo_book, show, summary
from functions.flow import LOOK_AHEAD, LOOK_BACK
from functions.rulebooks import known_type, read_book
from functions.settings import PREFIX, settings
from functions.wiring import open_watch
from models.agreement import Group
from models.days import LONDON
from models.keys import slug
from models.rulebook import Rulebook
from models.spoken import day as spoken_day
from reading.faults import Fault, Unreadable
from wording.check_page import page

COUNTY_NOW = datetime(
    2026, 11, 5, 9, 15, tzinfo=LONDON
)  # the moment the invented county's files are written for
MAILBOX = "send.partnership@council.example"
EXCHANGES, OTHER = "graph-exchanges.jsonl", "other-exchanges.jsonl"
A_WEEK = timedelta(days=7)


def demonstrate(
    calendar: Path | None, meeting_type: str, now: datetime | None, clock: datetime, output: Path
) -> str:
    """Run the demo and say what came of it in a few lines.

    `calendar` is a person's own .ics in place of the invented county's; `now` the moment to pretend, where
    one was named; `clock` the real one. A second run over the same calendar remembers the first.
    """
    world = _world(calendar)
    moment, notes = _moment(world, calendar, now, clock)
    book = demo_book(read_book().book, _own_group(calendar, meeting_type))
    pretended = DemoClock(moment)
    world.clock = lambda: pretended().timestamp()
    ledger = _prepared(output, calendar)
    with (
        tempfile.TemporaryDirectory(prefix="protocol-watch-") as keys,
        running(world, record_to=output / EXCHANGES, other_to=output / OTHER) as tenant,
    ):
        environment = _environment(world, tenant, Path(keys), ledger)
        shown = asyncio.run(_run(environment, book, pretended, notes, str(tenant.ca_file)))
    _keep_cards(world, output / "cards")
    (output / "report.html").write_text(page(shown.results), "utf-8")
    return summary(shown, str(output))


def serve_tenant(calendar: Path | None, port: int, say: Callable[[str], None]) -> None:
    """Serve the emulated tenant until somebody stops it, saying how to point a client at it."""
    world = _world(calendar) if calendar is not None else whole_county()
    with tempfile.TemporaryDirectory(prefix="protocol-watch-") as keys, running(world, port=port) as tenant:
        environment = _environment(world, tenant, Path(keys), Path("protocol-watch.sqlite3"))
        say("An emulated Microsoft 365 runs on this computer. Stop it with Ctrl-C.")
        say("\n".join(f"export {name}='{value}'" for name, value in environment.items()))
        say(f"export SSL_CERT_FILE='{tenant.ca_file}' REQUESTS_CA_BUNDLE='{tenant.ca_file}'")
        with suppress(KeyboardInterrupt):
            Event().wait()


async def _run(
    environment: Mapping[str, str], book: Rulebook, clock: DemoClock, notes: tuple[str, ...], ca_file: str
) -> Shown:
    async with open_watch(settings(environment), book, clock, by="demo", ca_file=ca_file) as watch:
        return await show(watch, clock, notes)


def _world(calendar: Path | None) -> World:
    if calendar is None:
        return invented_county()
    try:
        return world_from_ics(calendar, MAILBOX)
    except ValueError as wrong:
        what = str(wrong).removeprefix(f"{calendar} ").removesuffix(".")
        raise Unreadable([Fault(str(calendar), 0, what, "Export the calendar again as .ics")]) from wrong


def _moment(
    world: World, calendar: Path | None, now: datetime | None, clock: datetime
) -> tuple[datetime, tuple[str, ...]]:
    """The demo's present: as asked; the county's own; else today, or a week before a calendar that is over."""
    if now is not None:
        return now, ()
    if calendar is None:
        return COUNTY_NOW, ()
    days = _days(world)
    today = clock.date()
    if not days or any(today - LOOK_BACK <= day <= today + LOOK_AHEAD for day in days):
        return clock, ()
    pretended = datetime.combine(days[0] - A_WEEK, time(9, 15), LONDON)
    note = f"This calendar has no meetings near today, so the demo pretends it is {spoken_day(pretended.date())}."
    return pretended, (note,)


def _days(world: World) -> list[date]:
    """The days with meetings in the shared mailbox, over ten years."""
    mailbox = world.mailbox(MAILBOX)
    if mailbox is None:
        return []
    first, last = datetime(2020, 1, 1, tzinfo=LONDON), datetime(2030, 1, 1, tzinfo=LONDON)
    return sorted({event.starts.astimezone(LONDON).date() for event in mailbox.calendar.between(first, last)})


def _own_group(calendar: Path | None, meeting_type: str) -> Group | None:
    if calendar is None:
        return None
    kind = known_type(meeting_type, read_book().book.agreement)
    return Group(name=f"Meetings in {calendar.name}", type=kind, calendar=MAILBOX)


def _prepared(output: Path, calendar: Path | None) -> Path:
    """The output folder, made new for another calendar, kept for the same one; and the ledger in it."""
    content = calendar.read_bytes() if calendar is not None else b""
    name = slug(calendar.stem) if calendar is not None else "invented-county"
    ledger = output / f"ledger-{name}-{sha256(content).hexdigest()[:8]}.sqlite3"
    (output / "cards").mkdir(parents=True, exist_ok=True)
    for old in (output / EXCHANGES, output / OTHER):
        old.unlink(missing_ok=True)
    if not ledger.exists():
        for old in [*output.glob("ledger-*"), *(output / "cards").glob("*.json")]:
            old.unlink()
    return ledger


def _environment(world: World, tenant: Running, keys: Path, ledger: Path) -> dict[str, str]:
    """The settings a council would set, with the emulator's address and a certificate made this minute."""
    [client_id] = world.apps
    made = app_certificate()
    world.apps[client_id] = replace(world.apps[client_id], certificates=(made.certificate,))
    certificate = keys / "app.pem"
    certificate.write_text(made.private_key + made.certificate)
    [site] = [one for one in world.sites if world.apps[client_id].may_read_site(one)]
    given = {
        "GRAPH_URL": f"{tenant.base_url}/v1.0",
        "AUTHORITY_URL": tenant.base_url,
        "TENANT_ID": world.tenant_id,
        "CLIENT_ID": client_id,
        "CERTIFICATE_PATH": str(certificate),
        "SITE": f"https://{site.hostname}{site.path}",
        "TEAMS_WORKFLOW_URL": world.workflow_url(tenant.base_url),
        "LEDGER": f"sqlite:///{ledger}",
        "MODE": "tell",
    }
    return {f"{PREFIX}{name}": value for name, value in given.items()}


def _keep_cards(world: World, folder: Path) -> None:
    """Every card that the workflow received, in order, after those of earlier runs."""
    already = len(list(folder.glob("*.json")))
    cards = (card for post in world.posts for card in post.cards)
    for number, card in enumerate(cards, start=already + 1):
        name = f"{number:02}-{slug(str(card.get('fallbackText', ''))[:40])}.json"
        (folder / name).write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")
