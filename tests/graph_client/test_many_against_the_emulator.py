"""Many calendars and every other read, over real https, with Microsoft's published contract as the referee."""

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from emulator.mailboxes import ListedEvents, Mailbox
from emulator.seed import invented_county
from emulator.serve import running
from graph_client.attachments import read_attachments
from graph_client.calendar_windows import read_window
from graph_client.errors import NotThere, PersonMustAct
from graph_client.file_access import read_access
from graph_client.library_files import changed_files, read_folder
from graph_client.list_columns import read_columns
from graph_client.list_rows import changed_rows, read_rows
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.rooms import read_rooms
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from graph_client.windows_of_many import read_windows
from tests.graph_client.emulated import SITE
from tests.graph_client.events import BOX
from tests.graph_client.test_library_files import AGENDA, FOLDER, PLAN, library
from tests.graph_client.test_other_reads import papered
from tests.stories.stage import meeting

FIRST, LAST = date(2026, 10, 1), date(2027, 12, 31)
BOXES = [f"board{number}@council.example" for number in range(45)]
LOCKED, NOBODY = "board7@council.example", "nobody@council.example"
FAULTS = {
    "parts throttled, each with its own wait": lambda faults: faults.throttle("GET .*board1", times=9),
    "the whole batch throttled": lambda faults: faults.throttle(r"batch", times=2),
    "a bare 503": lambda faults: faults.unavailable(r"batch", times=2),
    "parts unavailable": lambda faults: faults.unavailable("GET .*board", times=30),
    "a reset": lambda faults: faults.cut_off(r"batch", times=2),
    "a lost answer": lambda faults: faults.cut_off(r"batch", after_the_work=True),
    "a web page": lambda faults: faults.answer(r"batch", 502, "<html>Bad gateway</html>"),
    "empty first pages": lambda faults: faults.empty_first_page("GET .*board", times=6),
}


@pytest.fixture
def county():
    county = invented_county()
    for number, box in enumerate(BOXES):
        events = (meeting(f"Board {number}", "Fri 27 Nov 2026 10:00", uid=f"uid-{number}"),)
        county.put(Mailbox(box, ListedEvents(events)))
    for client_id, app in county.apps.items():
        allowed = (app.mailboxes | set(BOXES)) - {LOCKED}
        county.apps[client_id] = replace(
            app,
            mailboxes=allowed,
            entra=app.entra | {"Place.Read.All"},
            exchange={**app.exchange, "Mail.Read": frozenset({BOX})},
        )
    return county


@pytest.fixture
def served(county, tmp_path):
    with running(county, record_to=tmp_path / "graph.jsonl") as here:
        yield here


@pytest.fixture
async def tenant(county, served):
    async def no_wait(seconds: float) -> None:
        return

    async with open_tenant(
        f"{served.base_url}/v1.0",
        FixedToken(next(iter(county.bearers))),
        lambda: datetime(2026, 11, 23, 9, 0, tzinfo=UTC),
        ca_file=str(served.ca_file),
        sleep=no_wait,
    ) as tenant:
        yield tenant


def judged(shared, recording, *allowed):
    referee = Path(shared) / "graph_contract/check_exchanges"
    command = [referee, recording, "--allow", *allowed]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


async def test_many_calendars_are_read_and_the_referee_is_content(tenant, tmp_path, shared):
    read = await read_windows(tenant, [BOX, *BOXES, NOBODY], FIRST, LAST)
    assert isinstance(read.pop(LOCKED), PersonMustAct)
    assert isinstance(read.pop(NOBODY), NotThere)
    assert read.pop(BOX).meetings == (await read_window(tenant, BOX, FIRST, LAST)).meetings
    assert {box: [one.title for one in window.meetings] for box, window in read.items()} == {
        box: [f"Board {number}"] for number, box in enumerate(BOXES) if box != LOCKED
    }
    said = judged(shared, tmp_path / "graph.jsonl", "Calendars.Read")
    assert " 0 violation(s)" in said
    assert "48 judged" in said  # 47 parts and one single call


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_fault_that_passes_leaves_the_same_meetings(tenant, county, fault):
    boxes = [BOX, *(box for box in BOXES if box != LOCKED)]
    calm = await read_windows(tenant, boxes, FIRST, LAST)
    FAULTS[fault](county.faults)
    again = await read_windows(tenant, boxes, FIRST, LAST)
    assert {box: window.meetings for box, window in again.items()} == {
        box: window.meetings for box, window in calm.items()
    }
    assert not county.faults.waiting


async def test_every_other_read_keeps_to_the_published_contract(tenant, county, tmp_path, shared):
    county.put(papered())
    library(county, FOLDER, AGENDA, PLAN)
    window = await read_window(tenant, BOX, FIRST, LAST)
    [event_id] = window.attached.values()
    assert (await read_attachments(tenant, BOX, event_id)).attachments
    assert (await read_mail_in_copy(tenant, BOX, datetime(2026, 6, 1, tzinfo=UTC))).mails
    await read_rooms(tenant)
    columns = [column.name for column in (await read_columns(tenant, SITE, "Papers")).columns]
    assert (await read_rows(tenant, SITE, "Papers", columns)).rows
    rows = await changed_rows(tenant, SITE, "Papers", columns)
    assert not (await changed_rows(tenant, SITE, "Papers", columns, rows.link)).rows
    [folder] = [file for file in (await read_folder(tenant, SITE, "Papers")).files if file.is_folder]
    [agenda] = (await read_folder(tenant, SITE, "Papers", ["Title"], folder=folder.id)).files
    await read_access(tenant, SITE, "Papers", agenda.id)
    files = await changed_files(tenant, SITE, "Papers")
    await changed_files(tenant, SITE, "Papers", files.link)
    allowed = ("Calendars.Read", "Mail.Read", "Place.Read.All", "Sites.Selected")
    said = judged(shared, tmp_path / "graph.jsonl", *allowed)
    assert " 0 violation(s)" in said, said
