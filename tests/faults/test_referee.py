"""All that we ever ask of Microsoft 365, recorded and held against its published contract.

The list of kinds is exact: a new kind of call must be put into it, with the permission that it needs in
infra/graph-permissions.json; one that is no longer made must be taken out.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from emulator.mailboxes import Attachment, ListedEvents, Mailbox
from emulator.world import World
from graph_client.attachments import read_attachments
from graph_client.calendar_windows import read_window
from graph_client.file_access import read_access
from graph_client.library_files import changed_files, read_folder
from graph_client.list_columns import read_columns
from graph_client.list_rows import changed_rows, read_rows
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.papers_list import read_papers
from graph_client.rooms import read_rooms
from graph_client.tenant import Tenant, open_tenant
from graph_client.tokens import FixedToken
from graph_client.windows_of_many import read_windows
from tests.door.demo_once import demo_once
from tests.faults.partnership import FIRST, LAST, NOW, URL
from tests.graph_client.emulated import SENDER, SITE, InProcess, county
from tests.graph_client.test_writes_against_the_emulator import answering, write_everything
from tests.stories.stage import meeting

READS = {
    "POST /$batch",
    "GET /users/{}/calendarView",
    "GET /users/{}/events/{}/attachments",
    "GET /users/{}/messages",
    "GET /places/microsoft.graph.room",
    "GET /sites/{}:/{}",
    "GET /sites/{}/lists/{}/items",
    "GET /sites/{}/lists/{}/items/delta",
    "GET /sites/{}/lists/{}/columns",
    "GET /sites/{}/drives",
    "GET /drives/{}/root/children",
    "GET /drives/{}/items/{}/children",
    "GET /drives/{}/root/delta",
    "GET /drives/{}/items/{}/permissions",
}
WRITES = {
    "GET /sites/{}/lists/{}",
    "POST /sites/{}/lists",
    "POST /sites/{}/lists/{}/columns",
    "PATCH /sites/{}/lists/{}/columns/{}",
    "POST /sites/{}/lists/{}/items",
    "PATCH /sites/{}/lists/{}/items/{}/fields",
    "DELETE /sites/{}/lists/{}/items/{}",
    "POST /users/{}/sendMail",
    "GET /sites/{}/pages",
    "POST /sites/{}/pages",
    "GET /sites/{}/pages/{}/microsoft.graph.sitePage",
    "PATCH /sites/{}/pages/{}/microsoft.graph.sitePage/canvasLayout/horizontalSections/{}",
    "POST /sites/{}/pages/{}/microsoft.graph.sitePage/publish",
    "GET /subscriptions",
    "POST /subscriptions",
    "PATCH /subscriptions/{}",
    "POST /subscriptions/{}/reauthorize",
    "DELETE /subscriptions/{}",
}
IN_THE_DEMO = {
    "DELETE /sites/{}/lists/{}/items/{}",
    "GET /drives/{}/items/{}/children",
    "GET /drives/{}/items/{}/permissions",
    "GET /drives/{}/root/children",
    "GET /sites/{}/drives",
    "GET /sites/{}/lists/{}",
    "GET /sites/{}/lists/{}/columns",
    "GET /sites/{}/lists/{}/items",
    "GET /sites/{}/lists/{}/items/delta",
    "GET /sites/{}/pages",
    "GET /sites/{}/pages/{}/microsoft.graph.sitePage",
    "GET /sites/{}:/{}",
    "GET /users/{}/calendarView",
    "GET /users/{}/events/{}/attachments",
    "GET /users/{}/messages",
    "PATCH /sites/{}/lists/{}/columns/{}",
    "PATCH /sites/{}/lists/{}/items/{}/fields",
    "PATCH /sites/{}/pages/{}/microsoft.graph.sitePage/canvasLayout/horizontalSections/{}",
    "POST /$batch",
    "POST /sites/{}/lists",
    "POST /sites/{}/lists/{}/columns",
    "POST /sites/{}/lists/{}/items",
    "POST /sites/{}/pages",
    "POST /sites/{}/pages/{}/microsoft.graph.sitePage/publish",
    "POST /users/{}/sendMail",
}
_IDS = re.compile(
    r"(?<=/)(sites|lists|columns|items|users|events|drives|pages|subscriptions|horizontalSections)/(?!delta$)[^/]+"
)


def everything() -> World:
    """The county, with a mailbox that has files and mail in it, and every right that we may be given."""
    scope = frozenset({SENDER})
    world = county(
        exchange={"Calendars.Read": scope, "Mail.Send": scope, "Mail.Read": scope},
        entra=frozenset({"Sites.Selected", "Place.Read.All"}),
    )
    papered = meeting(
        "SEND Partnership Board",
        "Fri 27 Nov 2026 10:00",
        attachments=(Attachment("agenda.pdf", 2048),),
        has_attachments=True,
    )
    world.put(Mailbox(SENDER, ListedEvents((papered,))))
    world.clock = NOW.timestamp
    world.outside = answering
    return world


async def read_everything(tenant: Tenant) -> None:
    """Each read that we have, once."""
    await read_windows(tenant, [SENDER, "nobody@council.example"], FIRST, LAST)
    window = await read_window(tenant, SENDER, FIRST, LAST)
    [event_id] = window.attached.values()
    await read_attachments(tenant, SENDER, event_id)
    await read_mail_in_copy(tenant, SENDER, NOW)
    await read_rooms(tenant)
    await read_papers(tenant, SITE, "Papers")
    await read_columns(tenant, SITE, "Papers")
    await read_rows(tenant, SITE, "Papers", ("Title",))
    await changed_rows(tenant, SITE, "Papers", ("Title",))
    top = await read_folder(tenant, SITE, "Meeting papers")
    await read_folder(tenant, SITE, "Meeting papers", folder=top.files[0].id)
    await changed_files(tenant, SITE, "Meeting papers")
    await read_access(tenant, SITE, "Meeting papers", top.files[0].id)


def calls_in(recording: Path) -> Iterator[tuple[str, str]]:
    """The method and the address of every call, those inside a batch too."""
    for line in recording.read_text("utf-8").splitlines():
        exchange = json.loads(line)
        yield exchange["method"], exchange["url"]
        if exchange["url"].endswith("$batch"):
            yield from ((part["method"], part["url"]) for part in exchange["request_body"]["requests"])


def kinds_in(recording: Path) -> set[str]:
    """Each kind of call, with {} for every id."""
    return {
        f"{method} {_kind(urlsplit(url).path.removeprefix('/v1.0'))}" for method, url in calls_in(recording)
    }


def _kind(path: str) -> str:
    if re.fullmatch(r"/sites/[^/]+:/.+", path):
        return "/sites/{}:/{}"  # a site by its address
    return _IDS.sub(r"\1/{}", path)


def assert_clean(recording: Path, shared: Path, house: Path) -> None:
    """The referee has judged every call, at least one, and has found nothing."""
    rights = json.loads((house / "infra/graph-permissions.json").read_bytes())["application"]
    command = [
        sys.executable,
        str(shared / "graph_contract/check_exchanges"),
        str(recording),
        "--allow",
        *rights,
    ]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.returncode == 0, judged.stdout
    said = re.fullmatch(r"(\d+) call\(s\), (\d+) judged, 0 violation\(s\)\n", judged.stdout)
    assert said is not None, judged.stdout
    assert said[1] == said[2] != "0"
    assert not any("/beta" in url for _, url in calls_in(recording))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the demo recorded."""
    return demo_once(tmp_path_factory, tmp_path_factory.mktemp("demo")) / "demo-output/graph-exchanges.jsonl"


@pytest.fixture
async def client(tmp_path: Path) -> Path:
    """What our client records when it does all that it can."""
    recording = tmp_path / "graph.jsonl"
    wire = InProcess(everything(), recording)
    tokens = FixedToken(wire.bearer)
    async with open_tenant(f"{URL}/v1.0", tokens, lambda: NOW, sleep=wire.wait, wire=wire) as tenant:
        await read_everything(tenant)
        await write_everything(tenant)
    return recording


def test_the_demo_makes_the_calls_that_matter(demo: Path) -> None:
    assert kinds_in(demo) == IN_THE_DEMO


def test_the_referee_is_content_with_the_demo(demo: Path, shared: Path, house: Path) -> None:
    assert_clean(demo, shared, house)


async def test_the_client_makes_every_kind_of_call_and_no_other(client: Path) -> None:
    assert kinds_in(client) == READS | WRITES


async def test_the_referee_is_content_with_the_client(client: Path, shared: Path, house: Path) -> None:
    assert_clean(client, shared, house)
