"""Our client and the emulator over real https, with Microsoft's published contract as the referee."""

import json
import subprocess
import time
from datetime import UTC, date, datetime
from email.utils import formatdate
from pathlib import Path

import pytest

from emulator.seed import invented_county
from emulator.serve import running
from graph_client.calendar_windows import read_window
from graph_client.errors import NotThere, PersonMustAct, TryAgainLater
from graph_client.papers_list import read_papers
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from graph_client.workflows import CardNotTaken, post_card
from tests.graph_client.events import BOX

FIRST, LAST = date(2026, 10, 1), date(2027, 12, 31)
SITE = "https://council.sharepoint.example/sites/send-partnership"
A_CARD = {"type": "AdaptiveCard", "version": "1.5", "body": []}
FAULTS = {
    "throttled": lambda faults, path: faults.throttle(path, times=3),
    "throttled without a word": lambda faults, path: faults.throttle(path, retry_after=None),
    "throttled until a date": lambda faults, path: faults.throttle(path, retry_after=_in_two_seconds()),
    "a bare 503": lambda faults, path: faults.unavailable(path, times=2),
    "a reset": lambda faults, path: faults.cut_off(path, times=2),
    "a lost answer": lambda faults, path: faults.cut_off(path, after_the_work=True),
    "a web page": lambda faults, path: faults.answer(path, 502, "<html>Bad gateway</html>"),
    "an empty first page": lambda faults, path: faults.empty_first_page(path),
}


def _in_two_seconds() -> str:
    return formatdate(time.time() + 2, usegmt=True)


@pytest.fixture
def county():
    return invented_county()


@pytest.fixture
def served(county, tmp_path):
    with running(county, record_to=tmp_path / "graph.jsonl", other_to=tmp_path / "other.jsonl") as here:
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


async def test_the_county_is_read_and_the_referee_is_content(tenant, tmp_path, shared):
    window = await read_window(tenant, BOX, FIRST, LAST)
    assert len(window.meetings) > 50
    assert window.unreadable == ()
    assert len({meeting.key for meeting in window.meetings}) == len(window.meetings)
    papers = await read_papers(tenant, SITE, "Papers")
    assert len(papers.rows) > 3
    assert papers.unreadable == ()
    with pytest.raises(PersonMustAct):
        await read_window(tenant, "dana.whitlock@council.example", FIRST, LAST)
    referee = Path(shared) / "graph_contract/check_exchanges"
    allowed = ["--allow", "Calendars.Read", "Sites.Selected"]
    judged = subprocess.run(
        [referee, tmp_path / "graph.jsonl", *allowed], capture_output=True, text=True, check=False
    )
    assert "4 call(s), 4 judged, 0 violation(s)" in judged.stdout


@pytest.mark.parametrize("fault", FAULTS)
async def test_every_fault_that_passes_leaves_the_same_meetings(tenant, county, fault):
    calm = await read_window(tenant, BOX, FIRST, LAST)
    FAULTS[fault](county.faults, "calendarView")
    assert (await read_window(tenant, BOX, FIRST, LAST)).meetings == calm.meetings
    FAULTS[fault](county.faults, "/items")
    assert (await read_papers(tenant, SITE, "Papers")).rows
    assert not county.faults.waiting


async def test_an_outage_ends_in_one_sentence(tenant, county):
    county.faults.unavailable("calendarView", times=99)
    with pytest.raises(TryAgainLater, match=BOX):
        await read_window(tenant, BOX, FIRST, LAST)


async def test_what_is_not_there_and_what_is_not_ours(tenant):
    with pytest.raises(NotThere, match="nobody@council"):
        await read_window(tenant, "nobody@council.example", FIRST, LAST)
    with pytest.raises(NotThere, match="'Minutes'"):
        await read_papers(tenant, SITE, "Minutes")
    with pytest.raises(PersonMustAct, match=r"Sites\.Selected"):
        await read_papers(tenant, SITE.replace("send-partnership", "finance"), "Papers")


async def test_private_titles_reach_the_edge_marked(tenant):
    window = await read_window(tenant, BOX, FIRST, LAST)
    assert [meeting for meeting in window.meetings if meeting.private]
    assert [meeting for meeting in window.meetings if meeting.all_day]
    assert [meeting for meeting in window.meetings if meeting.cancelled]


async def test_cards_arrive_once_and_a_lost_answer_is_unsure(served, county):
    flow = next(iter(county.flows.values()))
    url = f"{served.base_url}/workflows/{flow.id}?sig={flow.signature}"
    await post_card(url, A_CARD, ca_file=str(served.ca_file))
    assert len(county.posts) == 1
    for after_the_work, arrived in ((True, 2), (False, 2)):
        county.faults.cut_off("workflows", after_the_work=after_the_work)
        with pytest.raises(CardNotTaken) as raised:
            await post_card(url, A_CARD, ca_file=str(served.ca_file))
        assert raised.value.may_have_arrived
        assert len(county.posts) == arrived
    with pytest.raises(CardNotTaken, match="whether the workflow is still on"):
        await post_card(url + "x", A_CARD, ca_file=str(served.ca_file))
    assert json.loads(json.dumps(county.posts[0].message))["attachments"][0]["content"] == A_CARD


async def test_a_workflow_that_is_not_trusted_is_not_posted_to(served, county):
    flow = next(iter(county.flows.values()))
    with pytest.raises(CardNotTaken) as raised:
        await post_card(f"{served.base_url}/workflows/{flow.id}?sig={flow.signature}", A_CARD)
    assert not raised.value.may_have_arrived
    assert not county.posts
