"""Proposes the groups of an agreement from two months of the shared mailboxes, and writes them after a yes."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from functions.files import shipped
from functions.files.book_of_settings import files_of
from functions.files.on_the_site import is_on_the_site
from functions.setting_up.groups_written import write_groups, yaml_of
from functions.setting_up.owners_seen import owners_seen
from functions.setting_up.routes_seen import routes_seen
from functions.settings import Settings
from functions.wiring import tokens_of, whole_files
from graph_client.calendar_windows import WindowRead
from graph_client.tenant import open_tenant
from graph_client.windows_of_many import read_windows
from models.agreement import Agreement
from models.days import LONDON
from models.proposals import propose, with_owners, with_routes
from reading.agreements import read_agreement
from reading.faults import Fault, Unreadable
from wording.set_up import SetUp

# 64 days: two dates of any monthly meeting lie in them, since "the second Tuesday" and the one after next
# are never more than 63 days apart.
BACK, AHEAD = timedelta(days=31), timedelta(days=32)
USUAL_FILE = "agreement.yaml"
SECONDS = 60.0  # that one read may take: somebody waits for the answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which agreement to write, and which mailboxes to look at; empty where the settings and the agreement say."""

    agreement: Path | None = None
    mailboxes: Sequence[str] = ()


async def look_round(settings: Settings, asked: Asked, now: datetime, *, ca_file: str = "") -> SetUp:
    """What the mailboxes hold that the agreement has no group for. Nothing is changed. `now` is aware.

    Unreadable where the agreement can't be used, or nothing says which mailbox; GraphError never: a calendar
    that can't be read is told, and the rest goes on.
    """
    place = "" if asked.agreement else settings.agreement
    if not is_on_the_site(place):
        return await _look_round(settings, asked, asked.agreement or _file_of(settings), now, ca_file)
    async with whole_files(settings, now, ca_file=ca_file) as here:
        there = files_of(here).agreement
        assert there is not None  # noqa: S101 (whole files: a setting that names none is a fault)
        found = await _look_round(settings, asked, there, now, ca_file)
        return replace(found, file=USUAL_FILE, on_the_site=place, start=there.read_text("utf-8"))


async def _look_round(settings: Settings, asked: Asked, file: Path, now: datetime, ca_file: str) -> SetUp:
    is_new = not file.exists()
    agreement = read_agreement(shipped.AGREEMENT if is_new else file)
    templates = read_agreement(shipped.AGREEMENT).groups
    if is_new:
        agreement = agreement.model_copy(update={"groups": ()})
    mailboxes = _mailboxes(agreement, asked, file)
    today = now.astimezone(LONDON).date()
    first, last = today - BACK, today + AHEAD
    tokens = tokens_of(settings, ca_file)
    line = open_tenant(settings.graph_url, tokens, lambda: now, ca_file=ca_file, budget=SECONDS)
    async with line as tenant:
        windows = await read_windows(tenant, mailboxes, first, last)
        read = [one for one in windows.values() if isinstance(one, WindowRead)]
        meetings = [meeting for one in read for meeting in one.meetings]
        proposed = propose(
            agreement, meetings, templates, awaited_in=read[0].mailbox if is_new and read else ""
        )
        site = settings.site or ""
        proposed = with_routes(proposed, await routes_seen(tenant, site, proposed, read, now))
        proposed = with_owners(proposed, await owners_seen(tenant, site, proposed, read))
    return SetUp(
        file=str(file),
        is_new=is_new,
        first=first,
        last=last,
        mailboxes=mailboxes,
        proposed=proposed,
        lines=tuple(yaml_of([one]) for one in proposed.groups),
        unread=tuple(str(one) for one in windows.values() if not isinstance(one, WindowRead)),
    )


def write_down(found: SetUp) -> SetUp:
    """Write what was proposed, after a person's yes; Unreadable where the file can't take it, which is left alone."""
    groups = found.proposed.groups
    if not groups:
        return found
    if found.on_the_site:
        _copied_here(Path(found.file), found.start)
    write_groups(Path(found.file), groups, start=shipped.AGREEMENT if found.is_new else None)
    return replace(found, written=True)


def _copied_here(file: Path, text: str) -> None:
    """The agreement of the site as a file here, which must not be there yet: what a person made is not lost."""
    try:
        with file.open("x", encoding="utf-8", newline="") as new:
            new.write(text)
    except FileExistsError:
        cure = "Put it away, or name the file to write: setup --agreement"
        raise Unreadable([Fault(str(file), 0, "such a file lies here already", cure)]) from None
    except OSError as fault:
        why = fault.strerror or "no reason given"
        cure = "Go to a folder in which you may write"
        raise Unreadable([Fault(str(file), 0, f"it can't be written ({why})", cure)]) from None


def exit_code(found: SetUp) -> int:
    """0 where nothing waits, 1 where a proposal was not written, 2 where no calendar could be read."""
    if len(found.unread) == len(found.mailboxes):
        return 2
    return int(bool(found.unread) or (found.anything and not found.written))


def _file_of(settings: Settings) -> Path:
    place = settings.agreement
    if not place:
        return Path(USUAL_FILE)
    if Path(place).exists():
        return files_of(settings).agreement or Path(USUAL_FILE)
    return Path(place)


def _mailboxes(agreement: Agreement, asked: Asked, file: Path) -> tuple[str, ...]:
    named = asked.mailboxes or [group.calendar for group in agreement.groups if group.calendar]
    wrong = [address for address in named if "@" not in address or any(sign.isspace() for sign in address)]
    if wrong:
        raise Unreadable([Fault("--mailbox", 0, f"'{wrong[0]}' is not a mail address", "Correct it")])
    if not named:
        what = f"nothing says which calendar to look at, because '{file}' is not there yet"
        raise Unreadable(
            [
                Fault(
                    "setup", 0, what, "Name the shared mailbox: setup --mailbox send.partnership@your.council"
                )
            ]
        )
    return tuple({address.casefold(): address for address in reversed(named)}.values())[::-1]
