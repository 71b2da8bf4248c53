"""All that we write, written to the emulated tenant, with Microsoft's published contract as the referee."""

import json
import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from emulator.outside import Reply
from emulator.serve import running
from graph_client.errors import NotThere, PersonMustAct, TryAgainLater
from graph_client.lists_written import ensure_list
from graph_client.mail_sent import Mail, send_mail
from graph_client.page_parts import LinksPart, TablePart, TextPart
from graph_client.pages import ensure_page
from graph_client.rows_written import add_row, change_row, delete_row, ensure_row, row_with
from graph_client.subscriptions import (
    Listener,
    calendar_events,
    create,
    delete,
    list_rows,
    reauthorize,
    renew,
    subscriptions,
)
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from graph_client.writes_refused import AlreadyThere, WriteUnsure
from models.columns import words
from models.register import register_list
from tests.graph_client.conftest import NOW
from tests.graph_client.emulated import SENDER, SITE, InProcess, county

LISTENER = Listener(
    "https://watch.example/api/changes", "https://watch.example/api/lifecycle", "a-secret-word"
)
A_MAIL = Mail(
    to="rep@forum.example", subject="Your week – café", text="Papers came.\n", html="<p>Papers came.</p>"
)
PAGE = (SITE, "agreement.aspx", "How the agreement is doing")
SECTIONS = "/sites/{}/pages/{}/microsoft.graph.sitePage/canvasLayout/horizontalSections"
KINDS = [
    *("POST /sites/{}/lists", "POST /sites/{}/lists/{}/columns", "PATCH /sites/{}/lists/{}/columns/{}"),
    *("POST /sites/{}/lists/{}/items", "PATCH /sites/{}/lists/{}/items/{}/fields"),
    *("DELETE /sites/{}/lists/{}/items/{}", "POST /users/{}/sendMail", "POST /sites/{}/pages"),
    *("POST /sites/{}/pages/{}/microsoft.graph.sitePage/publish", "POST /subscriptions"),
    f"PATCH {SECTIONS}/{{}}",
    *("PATCH /subscriptions/{}", "POST /subscriptions/{}/reauthorize", "DELETE /subscriptions/{}"),
]


def answering(url, _content, _media, _seconds):
    token = parse_qs(urlsplit(url).query)["validationToken"][0]
    return Reply(200, token, "text/plain")


def a_world(role="manage", **app):
    world = county(role, exchange={"Mail.Send": frozenset({SENDER})}, **app)
    world.clock = NOW.timestamp
    world.outside = answering
    return world


@pytest.fixture
def recorded(opened, tmp_path):
    async def make(**app):
        here = InProcess(a_world(**app), tmp_path / "graph.jsonl")
        return here, await opened(here, tokens=FixedToken(here.bearer))

    return make


def kinds_in(recording):
    """Each kind of write in a recording, with {} for every id."""
    found = set()
    for line in recording.read_text().splitlines():
        exchange = json.loads(line)
        path = urlsplit(exchange["url"]).path.removeprefix("/v1.0")
        path = re.sub(
            r"(?<=/)(sites|lists|columns|items|users|pages|horizontalSections|subscriptions)/[^/]+",
            r"\1/{}",
            path,
        )
        found.add(f"{exchange['method']} {path}")
    return found


async def write_everything(tenant):
    papers, venues = register_list("Papers"), register_list("Venues")
    more = (*papers.columns, words("Room", "Room", "Where it is."))
    await ensure_list(tenant, SITE, replace(papers, columns=more))
    made = await ensure_list(tenant, SITE, venues)
    await ensure_list(tenant, SITE, venues)
    row = await add_row(tenant, SITE, "Venues", {"Title": "Millbrook Community Centre", "Accessible": "Yes"})
    row = await change_row(tenant, SITE, "Venues", row, {"HearingLoop": "No", "CheckedOn": "2026-11-20"})
    assert await delete_row(tenant, SITE, "Venues", row)
    await send_mail(tenant, SENDER, A_MAIL)
    page = (TextPart("<p>x</p>"), TablePart("h", ("a",), (("b",),)), LinksPart((("c", "https://d.example"),)))
    await ensure_page(tenant, *PAGE, page)
    await ensure_page(tenant, *PAGE, page[:2])
    held = await create(tenant, calendar_events(SENDER), LISTENER)
    site_id = tenant.site_ids[SITE]
    await create(tenant, list_rows(site_id, made.id, "Venues"), LISTENER)
    assert len(await subscriptions(tenant)) == 2
    await renew(tenant, held)
    await reauthorize(tenant, held.id)
    assert await delete(tenant, held.id)


def is_clean(recording, count, shared, house):
    rights = json.loads((house / "infra/graph-permissions.json").read_bytes())["application"]
    command = [shared / "graph_contract/check_exchanges", recording, "--allow", *rights]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.stdout == f"{count} call(s), {count} judged, 0 violation(s)\n"
    return True


async def test_all_we_write_is_clean_before_the_referee(recorded, tmp_path, shared, house):
    here, tenant = await recorded()
    await write_everything(tenant)
    recording = tmp_path / "graph.jsonl"
    assert set(KINDS) <= kinds_in(recording)
    assert is_clean(recording, len(here.asked), shared, house)


async def test_what_is_sent_is_what_arrives(recorded):
    here, tenant = await recorded()
    await send_mail(tenant, SENDER, A_MAIL)
    (sent,) = here.world.outbox
    assert (sent.sender, sent.to, sent.cc, sent.bcc) == (SENDER, ("rep@forum.example",), (), ())
    message = sent.message
    assert message["Subject"] == "Your week – café"
    assert message.get_body(("plain",)).get_content().strip() == "Papers came."


async def test_a_mailbox_outside_the_scope_is_not_sent_from(recorded):
    here, tenant = await recorded()
    with pytest.raises(PersonMustAct, match=r"Application Mail\.Send"):
        await send_mail(tenant, "dana.whitlock@council.example", A_MAIL)
    assert not here.world.outbox


async def test_the_granted_expiry_is_kept_and_a_second_subscription_refused(recorded):
    _, tenant = await recorded()
    held = await create(tenant, calendar_events(SENDER), LISTENER)
    assert held.expires.replace(microsecond=0) == datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
    with pytest.raises(AlreadyThere):
        await create(tenant, calendar_events(SENDER), LISTENER)
    assert [each.id for each in await subscriptions(tenant)] == [held.id]
    assert await delete(tenant, held.id)
    with pytest.raises(NotThere):
        await renew(tenant, held)


async def test_an_address_that_does_not_answer_is_for_a_person(recorded):
    here, tenant = await recorded()
    here.world.outside = lambda *_: Reply(0)
    with pytest.raises(PersonMustAct, match="PROTOCOL_WATCH_PUBLIC_URL"):
        await create(tenant, calendar_events(SENDER), LISTENER)


async def test_a_tenant_whose_site_role_is_not_enough_for_pages(recorded):
    _, tenant = await recorded(may_make_pages=False)
    with pytest.raises(PersonMustAct, match="make the page by hand"):
        await ensure_page(tenant, SITE, "agreement.aspx", "x", ())


PEOPLES_LIST = {
    "@odata.type": "#microsoft.graph.standardWebPart",
    "webPartType": "f92bf067",
}  # Graph takes none
THEIRS = {
    "id": "7",
    "layout": "oneColumn",
    "emphasis": "soft",
    "columns": [{"id": "1", "width": 12, "webparts": [PEOPLES_LIST]}],
}


def the_page(world):
    (page,) = world.sites[0].pages
    return page


def people_arrange(world, *sections):
    """Somebody edits the page in the browser, and publishes it."""
    changed = replace(the_page(world), content=the_page(world).content | laid_out(sections))
    world.put_site(world.sites[0].with_page(changed))


def laid_out(sections):
    return {"canvasLayout": {"horizontalSections": list(sections)}}


def sections_of(world):
    return the_page(world).content["canvasLayout"]["horizontalSections"]


async def test_a_page_is_refreshed_when_it_changed_and_peoples_own_sections_stay(
    recorded, tmp_path, shared, house
):
    here, tenant = await recorded()
    first, second = (TextPart("<p>This week</p>"),), (TextPart("<p>Next week</p>"),)
    made = await ensure_page(tenant, *PAGE, first)
    assert made.made
    people_arrange(here.world, THEIRS, *sections_of(here.world), THEIRS | {"id": "9"})
    before, writes = the_page(here.world), len(here.writes)
    assert not (await ensure_page(tenant, *PAGE, first)).made
    assert (the_page(here.world), len(here.writes)) == (before, writes)
    assert (await ensure_page(tenant, *PAGE, second)).id == made.id
    above, ours, below = sections_of(here.world)
    assert (above, below) == (THEIRS, THEIRS | {"id": "9"})
    assert "Next week" in json.dumps(ours)
    assert "This week" not in json.dumps(ours)
    assert the_page(here.world).published
    people_arrange(here.world, above)
    await ensure_page(tenant, *PAGE, second)
    assert [section["id"] for section in sections_of(here.world)] == ["7", "8"]
    assert sections_of(here.world)[0] == THEIRS
    assert here.writes[writes:] == ["PATCH", "POST", "POST", "POST"]
    assert {f"PATCH {SECTIONS}/{{}}", f"POST {SECTIONS}"} <= kinds_in(tmp_path / "graph.jsonl")
    assert is_clean(tmp_path / "graph.jsonl", len(here.asked), shared, house)


async def test_a_refresh_that_died_before_it_was_published_is_published_next_time(recorded):
    here, tenant = await recorded()
    page = (TextPart("<p>This week</p>"),)
    await ensure_page(tenant, *PAGE, page)
    world = here.world
    world.put_site(world.sites[0].with_page(replace(the_page(world), published=False)))
    writes = len(here.writes)
    await ensure_page(tenant, *PAGE, page)
    assert the_page(world).published
    assert here.writes[writes:] == ["POST"]


async def test_the_countys_own_papers_list_finds_a_row_by_its_key(recorded):
    _, tenant = await recorded()
    fields = {"MeetingKey": "abcd2345", "Title": "Board", "MeetingDate": "2026-11-27"}
    made = await ensure_row(tenant, SITE, "Papers", "MeetingKey", fields)
    found = await row_with(tenant, SITE, "Papers", "MeetingKey", "abcd2345")
    assert found.id == made.id
    assert (await ensure_row(tenant, SITE, "Papers", "MeetingKey", fields)).id == made.id


async def test_a_row_is_seen_to_by_its_key(recorded):
    here, tenant = await recorded(lists=False)
    await ensure_list(tenant, SITE, register_list("Papers"))
    fields = {"MeetingKey": "abcd2345", "Title": "Board"}
    first = await ensure_row(tenant, SITE, "Papers", "MeetingKey", fields)
    before = len(here.writes)
    assert (await ensure_row(tenant, SITE, "Papers", "MeetingKey", fields)).id == first.id
    assert len(here.writes) == before


@pytest.mark.parametrize(
    ("fault", "kind", "arrived"),
    [
        (lambda faults: faults.cut_off("sendMail", after_the_work=True), WriteUnsure, 1),
        (lambda faults: faults.cut_off("sendMail"), WriteUnsure, 0),
        (lambda faults: faults.unavailable("sendMail"), WriteUnsure, 0),
        (lambda faults: faults.throttle("sendMail"), TryAgainLater, 0),
        (lambda faults: faults.answer("sendMail", 502, "<html>Bad gateway</html>"), WriteUnsure, 0),
    ],
)
async def test_over_https_a_mail_is_sent_at_most_once_and_said_so(fault, kind, arrived):
    world = a_world()
    with running(world) as served:
        async with open_tenant(
            f"{served.base_url}/v1.0",
            FixedToken(next(iter(world.bearers))),
            lambda: NOW,
            ca_file=str(served.ca_file),
        ) as tenant:
            fault(world.faults)
            with pytest.raises(kind):
                await send_mail(tenant, SENDER, A_MAIL)
            assert len(world.outbox) == arrived
            await send_mail(tenant, SENDER, A_MAIL)
            assert len(world.outbox) == arrived + 1
