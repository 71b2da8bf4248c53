"""A page is made once, our section of it is refreshed, and what people put there is never written."""

import copy
import json
import subprocess

import httpx
import pytest

from graph_client.errors import PersonMustAct
from graph_client.page_parts import MARK, ImagePart, LinksPart, Section, TablePart, TextPart, section
from graph_client.pages import EnsuredPage, ensure_page
from graph_client.writes_refused import WriteUnsure
from tests.graph_client.small_pages import LIST_PART, SmallPages

SITE, NAME, TITLE = "h,a,b", "agreement.aspx", "How the agreement is doing"
TABLE = TablePart("What needs you", ("Meeting", "What"), (("Board <1>", "papers & agenda"),))
PARTS = (
    TextPart("<h2>This week</h2>"),
    TABLE,
    ImagePart("/sites/send/SiteAssets/q1.png", "Nine of ten meetings kept to the hours agreed.", 640, 360),
    LinksPart(
        (("The agreement", "https://council.example/a"), ("The register", "https://council.example/r"))
    ),
)
THEIRS = {
    "id": "7",
    "layout": "oneColumn",
    "columns": [
        {
            "id": "1",
            "width": 12,
            "webparts": [
                {"@odata.type": "#microsoft.graph.textWebPart", "innerHtml": "<p>Our own words</p>"},
                {"@odata.type": "#microsoft.graph.standardWebPart", "webPartType": LIST_PART, "data": {}},
            ],
        }
    ],
}


@pytest.fixture
def pages(tmp_path):
    return SmallPages(tmp_path / "graph.jsonl")


async def test_a_page_is_made_with_our_section_and_published(opened, pages):
    made = await ensure_page(await opened(pages), SITE, NAME, TITLE, PARTS)
    assert made == EnsuredPage("page-1", made=True)
    assert pages.published == ["page-1"]
    (ours,) = pages.sections()
    parts = ours["columns"][0]["webparts"]
    assert [part.get("webPartType", "text")[:4] for part in parts] == ["text", "text", "d1d9", "c703", "text"]
    assert "<th" in parts[1]["innerHtml"]
    assert "Board &lt;1&gt;" in parts[1]["innerHtml"]
    assert parts[2]["data"]["properties"]["altText"] == "Nine of ten meetings kept to the hours agreed."
    links = {pair["key"]: pair["value"] for pair in parts[3]["data"]["serverProcessedContent"]["links"]}
    assert links["items[1].sourceItem.url"] == "https://council.example/r"


async def test_a_refresh_writes_our_section_and_no_other(opened, pages):
    tenant = await opened(pages)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    pages.sections().insert(0, copy.deepcopy(THEIRS))
    pages.sections().append(copy.deepcopy(THEIRS) | {"id": "9"})
    before = len(pages.asked)
    again = await ensure_page(tenant, SITE, NAME, TITLE, (TextPart("<p>New</p>"),))
    assert not again.made
    first, ours, last = pages.sections()
    assert (first, last) == (THEIRS, THEIRS | {"id": "9"})
    assert "New" in json.dumps(ours)
    assert "This week" not in json.dumps(ours)
    written = [asked for asked in pages.asked[before:] if asked.method != "GET"]
    assert [asked.method for asked in written] == ["PATCH", "POST"]
    assert "Our own words" not in written[0].content.decode()
    assert "title" not in json.loads(written[0].content)


async def test_a_page_that_shows_all_this_already_is_not_written(opened, pages):
    tenant = await opened(pages)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    pages.pages["page-1"]["publishingState"] = {"level": "published"}
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    assert [asked.method for asked in pages.asked if asked.method != "GET"] == ["POST", "POST"]
    assert pages.published == ["page-1"]


async def test_a_publishing_that_was_lost_is_made_up_for(opened, pages):
    tenant = await opened(pages)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    pages.pages["page-1"]["publishingState"] = {"level": "checkout"}
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    assert pages.published == ["page-1", "page-1"]


async def test_a_section_that_people_took_off_comes_back_after_theirs(opened, pages):
    tenant = await opened(pages)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    pages.sections()[:] = [copy.deepcopy(THEIRS)]
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    assert pages.sections()[0] == THEIRS
    assert pages.sections()[1]["id"] == "8"
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    assert len(pages.sections()) == 2


async def test_a_page_of_people_with_that_name_keeps_all_they_put_there(opened, pages):
    pages.pages["old"] = {"id": "old", "name": "Home.aspx", "canvasLayout": None}
    pages.pages["page-1"] = {
        "id": "page-1",
        "name": "Agreement.aspx",
        "canvasLayout": {"horizontalSections": [THEIRS]},
    }
    made = await ensure_page(await opened(pages), SITE, NAME, TITLE, PARTS)
    assert made == EnsuredPage("page-1", made=False)
    assert pages.sections()[0] == THEIRS


@pytest.mark.parametrize("losing", ["/pages", "/publish", "/horizontalSections", "/horizontalSections/1"])
async def test_a_lost_answer_is_unsure_and_doing_it_again_is_safe(opened, pages, losing):
    tenant = await opened(pages)
    if losing != "/pages":
        await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    if losing == "/horizontalSections":
        pages.sections().clear()
    pages.losing, parts = losing, (TABLE,)
    with pytest.raises(WriteUnsure, match="the page 'agreement"):
        await ensure_page(tenant, SITE, NAME, TITLE, parts)
    await ensure_page(tenant, SITE, NAME, TITLE, parts)
    assert len(pages.pages) == 1
    assert len(pages.sections()) == 1


async def test_a_right_that_is_missing_is_one_sentence_with_the_cure(opened, pages):
    pages.refusing = 403
    with pytest.raises(PersonMustAct, match=r"the role 'write' on this site \(Sites\.Selected\)") as raised:
        await ensure_page(await opened(pages), SITE, NAME, TITLE, PARTS)
    said = str(raised.value)
    assert said.startswith(
        "Microsoft 365 has not made the page 'agreement.aspx' (it answered 403 accessDenied): ask"
    )
    assert "by hand" in said
    assert "\n" not in said


async def test_a_page_that_somebody_is_editing_is_locked(opened, pages):
    tenant = await opened(pages)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    pages.refusing = 423
    with pytest.raises(PersonMustAct, match="unlock"):
        await ensure_page(tenant, SITE, NAME, TITLE, PARTS)


async def test_somebody_made_the_page_a_moment_ago(opened, wire):
    here = wire(
        {"value": []},
        httpx.Response(409, json={"error": {"code": "nameAlreadyExists", "message": ""}}),
        {"value": [{"id": "p", "name": NAME}, {"name": 5}]},
        {"id": "p", "canvasLayout": None},
        {},
        httpx.Response(204),
    )
    assert await ensure_page(await opened(here), SITE, NAME, TITLE, PARTS) == EnsuredPage("p", made=False)


async def test_microsofts_referee_is_content(opened, pages, tmp_path, shared):
    tenant = await opened(pages)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    pages.sections().clear()
    await ensure_page(tenant, SITE, NAME, TITLE, PARTS)
    command = [
        shared / "graph_contract/check_exchanges",
        tmp_path / "graph.jsonl",
        "--allow",
        "Sites.Selected",
    ]
    judged = subprocess.run(command, capture_output=True, text=True, check=False)
    assert judged.stdout == f"{len(pages.asked)} call(s), {len(pages.asked)} judged, 0 violation(s)\n"


def test_our_section_is_known_however_it_was_dressed():
    ours = section("1", PARTS)
    assert Section.model_validate(ours).is_ours
    plain = json.dumps(ours)
    for dressed in (
        plain.replace(MARK, f"<strong>{MARK.replace(' ', '&nbsp; ')}</strong>"),
        plain.replace(MARK, MARK.replace(" ", "<br>")),
    ):
        assert Section.model_validate_json(dressed).is_ours
    assert not Section.model_validate(THEIRS).is_ours
    assert not Section.model_validate({"id": None, "columns": None}).is_ours


LEADS = TextPart('<p><a href="https://a.example/1">Read it</a></p>')


@pytest.mark.parametrize(
    "other",
    [
        (*PARTS[:3],),
        (*PARTS, TextPart("<p>More</p>")),
        (TextPart("<h2>Next week</h2>"), *PARTS[1:]),
        (TextPart("<h3>This week</h3>"), *PARTS[1:]),
        (*PARTS[:2], ImagePart("/sites/send/SiteAssets/q2.png", PARTS[2].alternative, 640, 360), PARTS[3]),
        (*PARTS[:3], LinksPart(PARTS[3].links[:1])),
        (*PARTS[:2], PARTS[3], PARTS[2]),
    ],
)
def test_another_word_link_picture_or_order_is_another_section(other):
    assert not Section.model_validate(section("1", PARTS)).shows(section("1", other))
    assert not Section.model_validate(section("1", other)).shows(section("1", PARTS))


def test_what_sharepoint_adds_is_no_change():
    dressed = section("1", (*PARTS, LEADS))
    for part in dressed["columns"][0]["webparts"]:
        if "data" in part:
            part |= {"id": "5", "webPartType": part["webPartType"].upper()}
            part["data"] |= {"description": "added"}
            part["data"]["properties"] |= {"siteId": "added"}
        else:
            part["innerHtml"] = part["innerHtml"].replace("<p>", '<p class="x">\n ')
    there = Section.model_validate(dressed)
    assert there.shows(section("1", (*PARTS, LEADS)))
    elsewhere = TextPart(LEADS.html.replace("/1", "/2"))
    assert not there.shows(section("1", (*PARTS, elsewhere)))
    assert not Section.model_validate(THEIRS).shows(section("1", PARTS))


def test_a_picture_needs_words():
    with pytest.raises(ValueError, match="needs words"):
        ImagePart("/x.png", " ", 1, 1)
