"""The register's rows as the rules expect them, from the lists that people fill in, well or oddly."""

from dataclasses import replace
from datetime import datetime

import pytest

from emulator.seed import whole_county
from emulator.sites import Column, Item, SharePointList
from functions.files.rulebooks import read_book
from functions.register_rows import register_rows
from graph_client.calendar_windows import read_window
from graph_client.tenant import open_tenant
from graph_client.tokens import FixedToken
from models.agreement import Group
from models.days import LONDON
from models.facts import Coverage, Facts
from models.groups import placed
from models.rules import findings
from tests.graph_client.emulated import SITE, InProcess

YEAR = "send.county@council.example"  # emulator/invented_county/whole-year.csv
VENUES, REQUESTS, CONSULTATIONS = "Venues", "Co-production requests", "Consultations and surveys"


def day(text):
    """Fri 27 Nov 2026, as a date; a row whose weekday is wrong fails."""
    parsed = datetime.strptime(text, "%a %d %b %Y").replace(tzinfo=LONDON).date()
    assert f"{parsed:%a}" == text[:3], f"{text} is a {parsed:%A}"
    return parsed


@pytest.fixture(scope="module")
def book():
    return read_book().book


@pytest.fixture
def agreed(book):
    """The shipped agreement with these promises on, changed where a test says so."""

    def with_promises(*on, **changed):
        promises = [
            one.model_copy(update={"on": one.id in on} | changed.get(one.id, {}))
            for one in book.agreement.promises
        ]
        return book.agreement.model_copy(update={"promises": tuple(promises)})

    return with_promises


@pytest.fixture
def world():
    return whole_county()


@pytest.fixture
def wire(world):
    return InProcess(world)


@pytest.fixture
async def tenant(wire):
    now = datetime(2026, 11, 23, 9, 0, tzinfo=LONDON)
    graph = "https://graph.council.example/v1.0"
    async with open_tenant(graph, FixedToken(wire.bearer), lambda: now, sleep=wire.wait, wire=wire) as opened:
        yield opened


def site_list(world, name):
    return next(one for one in world.sites[0].lists if one.name == name)


def put(world, changed):
    world.put_site(world.sites[0].with_list(changed))


def rows(world, name, *rows):
    """From now on the list holds just these rows."""
    put(world, replace(site_list(world, name), items=tuple(Item(n, row) for n, row in enumerate(rows, 1))))


def without(world, name):
    """The site without one of its lists."""
    world.put_site(
        replace(world.sites[0], lists=tuple(one for one in world.sites[0].lists if one.name != name))
    )


def reworked(world, name, **columns):
    """The list with columns changed, or left out where None is given."""
    here = site_list(world, name)
    kept = [replace(one, **columns[one.name]) if columns.get(one.name) else one for one in here.columns]
    kept = [one for one in kept if columns.get(one.name, one) is not None]
    put(world, replace(here, columns=tuple(kept)))


def fields(found):
    return [dict(one.fields) for one in found.rows]


async def test_requests_come_with_their_days_and_what_the_promises_ask(tenant, agreed):
    found = await register_rows(tenant, SITE, agreed("P16", "P17", "P27"))
    assert [(one.list, one.id) for one in found.rows] == [(REQUESTS, "1"), (REQUESTS, "2")]
    assert fields(found) == [
        {
            "Title": "Speech therapy leaflets",
            "ReceivedOn": day("Mon 12 Oct 2026"),
            "StartsOn": day("Mon 30 Nov 2026"),
            "Objectives": "Which words help",
            "Limits": "The budget is fixed",
        },
        {
            "Title": "School transport letters",
            "ReceivedOn": day("Mon 02 Nov 2026"),
            "StartsOn": day("Thu 12 Nov 2026"),
            "Limits": "None",
        },
    ]
    assert (found.questions, found.whole) == ((), {REQUESTS})


async def test_each_list_that_is_needed_is_read_once_and_no_other(tenant, wire, agreed):
    found = await register_rows(tenant, SITE, agreed("P01", "P04", "P07", "P16", "P17", "P27"))
    assert found.whole == {VENUES, REQUESTS}
    asked = [str(one.url.path).split("/lists/")[1] for one in wire.asked if "/lists/" in one.url.path]
    assert asked == ["Venues/columns", "Venues/items", f"{REQUESTS}/columns", f"{REQUESTS}/items"]


@pytest.mark.parametrize("on", [(), ("P01", "P04", "P05", "P06"), ("P18",), ("P24", "P26")])
async def test_nothing_is_read_where_no_promise_that_is_on_needs_it(tenant, wire, agreed, on):
    found = await register_rows(tenant, SITE, agreed(*on))  # P18, P24 and P26 can't be judged yet
    assert (found.rows, found.questions, found.whole, wire.asked) == ((), (), frozenset(), [])


async def test_without_a_site_nothing_is_read_and_nothing_asked(tenant, wire, agreed):
    found = await register_rows(tenant, "", agreed("P07", "P16"))
    assert (found.rows, found.questions, wire.asked) == ((), (), [])


async def test_a_list_that_nobody_has_filled_in_yet_is_no_question(tenant, world, agreed):
    rows(world, VENUES)
    found = await register_rows(tenant, SITE, agreed("P07"))
    assert (found.rows, found.questions, found.whole) == ((), (), {VENUES})


async def test_a_list_that_is_not_there_is_asked_for_and_the_others_are_read(tenant, world, agreed):
    without(world, REQUESTS)
    found = await register_rows(tenant, SITE, agreed("P07", "P16", "P17"))
    assert [one.list for one in found.rows] == [VENUES, VENUES]
    assert found.questions == (
        (
            "The list 'Co-production requests' is not on the site yet, and promises P16 and P17 need it: add a list "
            "of that name with the columns 'Reached the forum on', 'Starts on' and 'What we hope to learn', or turn "
            "them off."
        ),
    )
    assert found.whole == {VENUES}


async def test_one_column_is_asked_for_as_one(tenant, world, agreed):
    without(world, VENUES)
    found = await register_rows(tenant, SITE, agreed("P07"))
    assert found.questions == (
        (
            "The list 'Venues' is not on the site yet, and promise P07 needs it: add a list of that name with the "
            "column 'Accessible', or turn P07 off."
        ),
    )


async def test_a_list_that_is_not_there_and_not_needed_is_nobodys_business(tenant, world, agreed):
    without(world, REQUESTS)
    assert (await register_rows(tenant, SITE, agreed("P07"))).questions == ()


async def test_a_site_that_is_not_there_is_told_once(tenant, agreed):
    found = await register_rows(tenant, f"{SITE}-renamed", agreed("P07", "P16"))
    assert found.rows == ()
    assert len(found.questions) == 1
    assert "send-partnership-renamed" in found.questions[0]


async def test_a_site_we_have_no_right_to_says_who_can_help(tenant, agreed):
    found = await register_rows(tenant, "https://council.sharepoint.example/sites/finance", agreed("P07"))
    assert (found.rows, found.whole) == ((), frozenset())
    assert found.questions[0].endswith(
        "ask your Microsoft 365 administrator to grant Protocol Watch this site (Sites.Selected)."
    )


async def test_a_column_with_another_title_is_still_the_same_column(tenant, world, agreed):
    reworked(world, REQUESTS, StartsOn={"title": "First activity"})
    found = await register_rows(tenant, SITE, agreed("P17"))
    assert found.rows[0].fields["StartsOn"] == day("Mon 30 Nov 2026")
    rows(world, REQUESTS, {"Title": "Late", "StartsOn": "after Easter"})
    (question,) = (await register_rows(tenant, SITE, agreed("P17"))).questions
    assert "has no date in 'First activity': write it as 2026-11-27" in question


async def test_a_list_made_by_hand_is_read_by_the_titles_people_see(tenant, world, agreed):
    made = SharePointList(
        REQUESTS,
        (
            Column("Title", title="Title"),
            Column("Reached_x0020_the_x0020_forum_x0", kind="dateOnly", title="reached the forum on "),
            Column("Starts_x0020_on", kind="dateOnly", title="Starts on"),
            Column("Objectives0", kind="note", title="What we hope to learn"),
        ),
        (
            Item(
                9,
                {
                    "Title": "Summer survey",
                    "Reached_x0020_the_x0020_forum_x0": "2027-06-15",
                    "Starts_x0020_on": "2027-07-14",
                    "Objectives0": "<div class='ExternalClass1'><p>Which <b>words</b></p><p>help&nbsp;us</p></div>",
                },
            ),
        ),
    )
    put(world, made)
    found = await register_rows(tenant, SITE, agreed("P16", "P17"))
    assert fields(found) == [
        {
            "Title": "Summer survey",
            "ReceivedOn": day("Tue 15 Jun 2027"),  # SharePoint says 14 June, 23:00 UTC
            "StartsOn": day("Wed 14 Jul 2027"),
            "Objectives": "Which words help us",
        }
    ]


async def test_two_columns_of_one_title_are_not_guessed_between(tenant, world, agreed):
    here = site_list(world, VENUES)
    twice = (Column("Access1", title="Accessible"), Column("Access2", title="Accessible"))
    put(world, replace(here, columns=(here.columns[0], *twice)))
    found = await register_rows(tenant, SITE, agreed("P07"))
    assert (found.rows, found.whole) == ((), frozenset())
    assert found.questions[0].startswith("The list 'Venues' has no column 'Accessible'")


async def test_where_a_needed_column_is_missing_nothing_is_judged_by_the_list(tenant, world, agreed):
    reworked(world, REQUESTS, Objectives=None)
    found = await register_rows(tenant, SITE, agreed("P16", "P17"))
    assert (found.rows, found.whole) == ((), frozenset())
    assert found.questions == (
        (
            "The list 'Co-production requests' has no column 'What we hope to learn', and promise P16 needs it: add "
            "the column, or turn P16 off. Until then we judge nothing by this list."
        ),
    )
    assert len((await register_rows(tenant, SITE, agreed("P17"))).rows) == 2


async def test_a_column_that_only_the_agreement_names_is_read_as_it_is(tenant, world, agreed):
    here = site_list(world, VENUES)
    own = (Column("Lift", kind="boolean"), Column("Opened", kind="dateTime"), Column("Seats", kind="number"))
    put(world, replace(here, columns=(*here.columns, *own)))
    rows(
        world,
        VENUES,
        {"Title": "Town Hall", "Lift": True, "Opened": "2026-06-30T23:30:00Z", "Seats": 12.0},
        {"Title": "Annexe", "Lift": False, "Seats": 0},
    )
    agreement = agreed("P07")
    promises = [
        agreement.promise("P07").model_copy(
            update={"id": f"X{n}", "test": agreement.promise("P07").test.model_copy(update={"field": column})}
        )
        for n, column in enumerate(("Lift", "Opened", "Seats"))
    ]
    found = await register_rows(tenant, SITE, agreement.model_copy(update={"promises": tuple(promises)}))
    assert fields(found) == [
        {"Title": "Town Hall", "Lift": True, "Opened": day("Wed 01 Jul 2026"), "Seats": "12"},
        {"Title": "Annexe", "Lift": False, "Seats": "0"},
    ]


NO_DAYS = ["27/11/2026", "soon", "2026-02-30", "November", "0"]


@pytest.mark.parametrize("written", NO_DAYS)
async def test_a_day_that_is_no_day_is_asked_about_and_the_rest_goes_on(tenant, world, agreed, written):
    rows(
        world,
        REQUESTS,
        {"Title": "Late", "ReceivedOn": "2026-10-12", "StartsOn": written, "Objectives": "Ask"},
        {"Title": "Next", "ReceivedOn": "2026-10-12", "StartsOn": "2026-11-30"},
    )
    found = await register_rows(tenant, SITE, agreed("P16"))
    assert found.questions == (
        "Row 1 of the list 'Co-production requests' has no date in 'Starts on': write it as 2026-11-27.",
    )
    assert fields(found)[0] == {
        "Title": "Late",
        "ReceivedOn": day("Mon 12 Oct 2026"),
        "Objectives": "Ask",
    }
    assert fields(found)[1]["StartsOn"] == day("Mon 30 Nov 2026")
    assert found.whole == {REQUESTS}


async def test_many_faults_are_told_as_a_number(tenant, world, agreed):
    rows(world, REQUESTS, *({"Title": f"Row {n}", "StartsOn": "soon"} for n in range(1, 251)))
    found = await register_rows(tenant, SITE, agreed("P17"))
    assert len(found.rows) == 250
    assert len(found.questions) == 21
    assert found.questions[-1] == (
        "230 more rows of the list 'Co-production requests' could not be understood: mend these first."
    )


NOTHING_SEEN = [
    "",
    "  ",
    "<div class='ExternalClassA'></div>",
    "<div><p>\u200b</p><br></div>",
    "<p>&#160;</p>",
]


@pytest.mark.parametrize("written", NOTHING_SEEN)
async def test_a_text_in_which_nothing_can_be_seen_is_empty(tenant, world, agreed, written):
    rows(world, REQUESTS, {"Title": "Late", "Objectives": written})
    assert fields(await register_rows(tenant, SITE, agreed("P16"))) == [{"Title": "Late"}]


WORDS = [
    ("None", "None"),
    ("R&D; <5 families, a<b", "R&D; <5 families, a<b"),
    (" two  spaces ", "two spaces"),
    ("<div>Parents&#39; <em>views</em></div>", "Parents' views"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # wording escapes what it shows
]


@pytest.mark.parametrize(("written", "words"), WORDS)
async def test_words_are_what_a_person_sees(tenant, world, agreed, written, words):
    rows(world, REQUESTS, {"Title": "Late", "Objectives": written})
    assert fields(await register_rows(tenant, SITE, agreed("P16")))[0]["Objectives"] == words


BOXES = [("boolean", True, True), ("boolean", False, False), ("text", "Yes", True), ("text", "no", False)]


@pytest.mark.parametrize(("kind", "given", "read"), BOXES)
async def test_a_box_is_yes_or_no_however_it_was_made(tenant, world, agreed, kind, given, read):
    reworked(world, REQUESTS, SentToBoth={"kind": kind})
    rows(world, REQUESTS, {"Title": "Form", "SentToBoth": given})
    test = agreed().promise("P16").test.model_copy(update={"field": "SentToBoth"})
    found = await register_rows(tenant, SITE, agreed("P16", P16={"test": test}))
    assert fields(found)[0]["SentToBoth"] is read


async def test_a_box_with_other_words_in_it_is_asked_about(tenant, world, agreed):
    reworked(world, REQUESTS, SentToBoth={"kind": "text"})
    rows(world, REQUESTS, {"Title": "Form", "SentToBoth": "perhaps"})
    test = agreed().promise("P16").test.model_copy(update={"field": "SentToBoth"})
    found = await register_rows(tenant, SITE, agreed("P16", P16={"test": test}))
    assert found.questions == (
        (
            "Row 1 of the list 'Co-production requests' has neither yes nor no in 'Sent to both': tick the box or "
            "clear it."
        ),
    )


async def test_a_box_in_place_of_a_choice_can_not_say_that_nobody_has_looked(tenant, world, agreed):
    reworked(world, VENUES, Accessible={"kind": "boolean", "choices": ()})
    rows(world, VENUES, {"Title": "Town Hall", "Accessible": True}, {"Title": "Annexe", "Accessible": False})
    found = await register_rows(tenant, SITE, agreed("P07"))
    assert fields(found) == [{"Title": "Town Hall", "Accessible": "Yes"}, {"Title": "Annexe"}]
    assert found.questions == (
        (
            "The column 'Accessible' of the list 'Venues' is a box, so we can't tell No from not checked yet: make "
            "it a choice of Yes and No that starts empty."
        ),
    )


async def test_a_link_is_its_address(tenant, agreed):
    test = {"item": "consultation", "field": "Link"}
    test = type(agreed().promise("P16").test).model_validate(test)
    found = await register_rows(tenant, SITE, agreed("P16", P16={"test": test}))
    assert fields(found) == [
        {
            "Title": "Short breaks",
            "ForumAskedOn": day("Mon 24 Aug 2026"),
            "OpensOn": day("Mon 14 Sep 2026"),
            "Link": "https://council.example/short-breaks",
        }
    ]


async def test_twenty_thousand_rows_take_a_request_a_thousand(tenant, world, wire, agreed):
    rows(world, REQUESTS, *({"Title": f"Row {n}", "ReceivedOn": "2026-10-12"} for n in range(1, 20_001)))
    found = await register_rows(tenant, SITE, agreed("P16", "P17", "P27"))
    assert len(found.rows) == 20_000
    assert len(wire.asked) == 22  # the site, its columns, and twenty pages


async def test_the_rest_is_read_where_one_list_is_out_of_order(tenant, world, wire, agreed):
    send = wire.handle_async_request

    async def refused(request):
        answer = await send(request)
        if "/lists/Venues/items" in str(request.url):
            answer.status_code = 403
        return answer

    wire.handle_async_request = refused
    found = await register_rows(tenant, SITE, agreed("P07", "P17"))
    assert {one.list for one in found.rows} == {REQUESTS}
    assert found.whole == {REQUESTS}
    assert len(found.questions) == 1
    assert "the list 'Venues'" in found.questions[0]


# What the rules make of the invented county's rows and of its year of meetings, on Mon 23 Nov 2026.
FORMS = [
    # Speech therapy leaflets came on Mon 12 Oct 2026 and starts on Mon 30 Nov 2026: 49 days
    ("P16", "1", "kept", "It is filled in."),
    ("P17", "1", "kept", "It came on Monday 12 October 2026 and starts on Monday 30 November 2026: 49 days."),
    ("P27", "1", "kept", "It is filled in."),
    # School transport letters came on Mon 2 Nov 2026 and started on Thu 12 Nov 2026: 10 days
    ("P16", "2", "missed", "It is not filled in."),
    (
        "P17",
        "2",
        "missed",
        "It came on Monday 2 November 2026 and starts on Thursday 12 November 2026: 10 days.",
    ),
    ("P27", "2", "kept", "It is filled in."),  # "None" is an answer too
]
ASK = "Please check and fill in the venue list."
PLACES = [  # the venue list as it is: the library is not in it, and nobody has looked at the chapel
    ("P07", "Sat 14 Nov 2026", "cannot tell", f"We don't know yet if Ambleford Library is accessible. {ASK}"),
    ("P07", "Wed 10 Mar 2027", "cannot tell", f"We don't know yet if The Old Chapel is accessible. {ASK}"),
]
FILLED_IN = [  # after somebody has looked at both
    ("P07", "Sat 14 Nov 2026", "kept", "Ambleford Library is in the venue list as accessible."),
    ("P07", "Wed 10 Mar 2027", "at risk", "The Old Chapel is in the venue list as not accessible."),
]
CONSULTED = [  # all day, when it opens and when it closes
    ("P21", "Mon 14 Sep 2026", "kept"),
    ("P21", "Mon 07 Dec 2026", "kept"),
]


@pytest.fixture
def judged(tenant, book, agreed):
    """Every finding about the county's year and its rows, on Mon 23 Nov 2026 at nine."""

    async def judge():
        rooms = {"applies_to": (*book.agreement.promise("P07").applies_to, "engagement event")}
        agreement = agreed("P07", "P16", "P17", "P21", "P27", P07=rooms)
        here = tuple(Group(**dict(one) | {"calendar": YEAR}) for one in agreement.groups)
        agreement = agreement.model_copy(update={"groups": here})
        first, last = day("Tue 01 Sep 2026"), day("Sat 31 Jul 2027")
        window = await read_window(tenant, YEAR, first, last)
        found = await register_rows(tenant, SITE, agreement)
        assert found.questions == ()
        known = Facts(
            meetings=tuple(placed(one, agreement, calendar=YEAR) for one in window.meetings),
            working_days=book.working,
            terms=book.terms,
            coverage=Coverage(first=first, last=last),
            rows=found.rows,
        )
        return findings(known, agreement, datetime(2026, 11, 23, 9, 0, tzinfo=LONDON))

    return judge


async def test_the_countys_requests_are_judged(judged):
    found = [
        (one.promise, one.subject.rpartition("-")[2], one.state.value, one.because)
        for one in await judged()
        if one.promise in ("P16", "P17", "P27")
    ]
    assert sorted(found, key=lambda one: one[1::-1]) == FORMS


async def test_the_countys_rooms_are_judged(judged, world):
    assert _of_rooms(await judged()) == PLACES
    rows(
        world,
        VENUES,
        {"Title": "Ambleford library", "Accessible": "Yes"},
        {"Title": "The Old Chapel", "Accessible": "No"},
    )
    assert _of_rooms(await judged()) == FILLED_IN


async def test_the_countys_consultations_are_judged(judged):
    found = [one for one in await judged() if one.promise == "P21"]
    assert [(one.promise, f"{one.meeting.day:%a %d %b %Y}", one.state.value) for one in found] == CONSULTED


def _of_rooms(found):
    return [
        (one.promise, f"{one.meeting.day:%a %d %b %Y}", one.state.value, one.because)
        for one in found
        if one.promise == "P07" and one.meeting.online is not True and not one.meeting.cancelled
    ]
