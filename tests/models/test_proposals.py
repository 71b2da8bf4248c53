"""Which groups a calendar seems to hold, and that their words find exactly their own meetings."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time

import pytest

from functions.files import shipped
from models.agreement import Agreement, Group, Route
from models.callers import Callers, callers_of
from models.days import LONDON
from models.facts import Meeting
from models.groups import placed
from models.keys import meeting_key
from models.people import Contact, People
from models.proposals import (
    NAME_TAKEN,
    NO_TYPE,
    TWO_TYPES,
    Proposed,
    propose,
    with_owners,
    with_routes,
)
from reading.agreements import read_agreement

MAILBOX = "send.partnership@council.example"
SHIPPED = read_agreement(shipped.AGREEMENT)
EMPTY = SHIPPED.model_copy(update={"groups": ()})


def meetings(*titles: str, mailbox: str = MAILBOX, **more: object) -> list[Meeting]:
    """A meeting for each title, a week apart, from Friday 2 October 2026 on."""
    found = []
    for number, title in enumerate(titles):
        day = date.fromordinal(date(2026, 10, 2).toordinal() + 7 * number)
        uid = f"{mailbox}/{title}/{number}"
        facts: dict[str, object] = {
            "key": meeting_key(uid),
            "uid": uid,
            "title": title,
            "starts": datetime.combine(day, time(10), LONDON),
            "ends": datetime.combine(day, time(12), LONDON),
            "organiser": "board.manager@council.example",
            "source": mailbox,
        }
        found.append(Meeting(**(facts | more)))  # type: ignore[arg-type]
    return found


def proposed(*titles: str, agreement: Agreement = EMPTY, **more: object) -> Proposed:
    return propose(agreement, meetings(*titles, **more), SHIPPED.groups)


def names(found: Proposed) -> dict[str, str]:
    return {one.group.name: one.group.type for one in found.proposals}


def test_a_series_with_the_words_of_a_type_is_proposed() -> None:
    [one] = proposed("SEND Partnership Board", "SEND Partnership Board").proposals
    assert one.group == Group(
        name="SEND Partnership Board",
        type="partnership group",
        calendar=MAILBOX,
        match=("send partnership board",),
    )
    assert one.days == (date(2026, 10, 2), date(2026, 10, 9))


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        (
            [
                "CANCELLED: SEND Operations Group",
                "SEND Operations Group (extra)",
                "SEND Operations Group Oct",
            ],
            {"SEND Operations Group": "operations group"},
        ),
        (
            ["Inclusion Priority Group", "Health Priority Group"] * 2,
            {"Inclusion Priority Group": "priority group", "Health Priority Group": "priority group"},
        ),
        (
            ["Engagement event: short breaks", "Engagement event - transport"],
            {"Engagement event": "engagement event"},
        ),
        (["Executive and Forum quarterly meeting"], {"Executive and Forum": "steering meeting"}),
        (
            ["SEND Partnership Board", "SEND Partnership Board", "SEND Partnership Board away day"],
            {"SEND Partnership Board": "partnership group"},
        ),
        (["Dentist"], {}),
        ([""], {}),
        ([], {}),
    ],
)
def test_what_titles_give(titles: list[str], expected: dict[str, str]) -> None:
    assert names(proposed(*titles)) == expected


def test_what_fits_no_type_is_asked_and_a_single_one_is_left_alone() -> None:
    found = proposed("Team catch-up", "Team catch-up", "Dentist")
    assert [(one.title, one.dates, one.why) for one in found.questions] == [("Team catch-up", 2, NO_TYPE)]
    assert found.singles == 1


def test_what_fits_two_types_is_asked() -> None:
    found = proposed(*["SEND Executive Group with SEND Operations Group"] * 2)
    assert [one.why for one in found.questions] == [TWO_TYPES]
    assert not found.proposals


def test_a_private_meeting_is_never_proposed_nor_named() -> None:
    found = proposed(*["SEND Partnership Board about a family"] * 3, private=True)
    assert (found.proposals, found.questions, found.private) == ((), (), 3)


def test_cancelled_meetings_alone_make_no_group() -> None:
    assert not proposed(*["SEND Partnership Board"] * 2, cancelled=True).proposals


def test_existing_groups_are_kept_and_twice_proposes_nothing_new() -> None:
    titles = ["SEND Partnership Board", "Inclusion Priority Group"] * 2
    first = proposed(*titles)
    grown = EMPTY.model_copy(update={"groups": first.groups})
    again = proposed(*titles, agreement=grown)
    assert again.proposals == ()
    assert again.known == 4


def test_a_name_that_another_calendar_has_is_asked() -> None:
    other = Group(name="SEND Partnership Board", type="partnership group", calendar="old@council.example")
    agreement = SHIPPED.model_copy(update={"groups": (other,)})
    found = proposed(*["SEND Partnership Board"] * 2, agreement=agreement)
    assert [one.why for one in found.questions] == [NAME_TAKEN]


def test_a_group_with_a_calendar_of_its_own_keeps_all_of_it() -> None:
    whole = Group(name="Everything", type="partnership group", calendar=MAILBOX)
    agreement = SHIPPED.model_copy(update={"groups": (whole,)})
    found = proposed(*["SEND Operations Group"] * 2, agreement=agreement)
    assert (found.proposals, found.known) == ((), 2)


def test_a_meeting_in_two_mailboxes_is_one_meeting() -> None:
    first = meetings(*["SEND Partnership Board"] * 2)
    copies = [replace(one, source="other@council.example") for one in first]
    [one] = propose(EMPTY, [*first, *copies], SHIPPED.groups).proposals
    assert one.group.calendar == MAILBOX


def test_types_that_were_not_seen_are_awaited_where_a_calendar_is_named() -> None:
    some = meetings(*["SEND Partnership Board"] * 2)
    found = propose(EMPTY, some, SHIPPED.groups, awaited_in=MAILBOX)
    types = {one.type for one in found.groups}
    assert types == set(SHIPPED.meeting_types)
    assert {one.calendar for one in found.groups} == {MAILBOX}


def test_an_awaited_group_takes_no_meeting_from_a_proposed_one() -> None:
    some = meetings(*["SEND Partnership Board"] * 2, "SEND Partnership Board: formal consultation")
    found = propose(EMPTY, some, SHIPPED.groups, awaited_in=MAILBOX)
    assert "Formal consultations" not in {one.name for one in found.unseen}
    _placed_in_their_own(found, some)


def test_an_organisation_is_named_by_its_domain_and_no_person_ever() -> None:
    ours = meetings(*["SEND Partnership Board"] * 2)
    theirs = meetings(*["SEND Partnership Board"] * 3, organiser="amara.osei@icb.example")[2:]
    [one] = propose(EMPTY, [*ours, *theirs], SHIPPED.groups).proposals
    assert one.organisations == ("council.example", "icb.example")
    assert (one.group.officer, one.group.deputy) == ("", "")
    assert "amara" not in repr(one)


def test_the_way_of_papers_is_guessed_only_where_one_was_seen() -> None:
    found = proposed(*["SEND Partnership Board", "SEND Operations Group", "SEND Executive Group"] * 2)
    seen = {
        "SEND Partnership Board": [Route.INVITE],
        "SEND Operations Group": [Route.TICKED, Route.LIBRARY],
    }
    papers = {one.group.name: one.group.papers for one in with_routes(found, seen).proposals}
    assert papers == {
        "SEND Partnership Board": Route.INVITE,
        "SEND Operations Group": None,
        "SEND Executive Group": None,
    }


BOARD = "SEND Partnership Board"
KNOWN = People(
    contacts=(
        Contact(role="Board Manager", partner="council", address="board.manager@council.example"),
        Contact(role="Deputy", partner="Council", address="Deputy@council.example"),
        Contact(role="NHS lead", partner="NHS", address="lead@icb.example"),
        Contact(role="NHS lead here", partner="NHS", address="nhs.lead@council.example"),
    )
)
MANAGER, DEPUTY, LEAD = "board.manager@council.example", "deputy@council.example", "lead@icb.example"


@pytest.mark.parametrize(
    ("called_by", "expected", "officer"),
    [
        ((MANAGER,), Callers(("Board Manager",)), "Board Manager"),
        ((MANAGER.upper(), MANAGER), Callers(("Board Manager",)), "Board Manager"),
        ((MANAGER, DEPUTY), Callers(("Board Manager", "Deputy")), ""),  # a person must choose
        ((MANAGER, "new@council.example"), Callers(("Board Manager",), 1), ""),  # nobody knows who that is
        (("new@council.example", "newer@council.example"), Callers((), 2), ""),
        ((MANAGER, LEAD), Callers(("Board Manager",)), "Board Manager"),  # a partner is never our officer
        ((LEAD,), Callers(), ""),
        (("nhs.lead@council.example",), Callers(), ""),  # the list says whose it is, whatever the address
        (("rep@forum.example",), Callers(), ""),
        ((MAILBOX, ""), Callers(), ""),  # the shared mailbox itself calls it
    ],
)
def test_who_calls_a_group_is_its_officer_only_where_one_known_role_does(
    called_by: tuple[str, ...], expected: Callers, officer: str
) -> None:
    seen = [
        replace(one, organiser=called_by[n % len(called_by)]) for n, one in enumerate(meetings(*[BOARD] * 4))
    ]
    found = propose(EMPTY, seen, SHIPPED.groups)
    [one] = found.proposals
    callers = callers_of(one.keys, seen, one.group.calendar, KNOWN)
    assert callers == expected
    [told] = with_owners(found, {BOARD: callers}).proposals
    assert (told.group.officer, told.callers) == (officer, expected)


@pytest.mark.parametrize(
    "titles",
    [
        ["SEND Partnership Board", "SEND Partnership Board", "SEND Partnership Board: Priority Group update"],
        ["Priority Group", "Inclusion Priority Group", "Priority Group", "Inclusion Priority Group"],
        ["Task and Finish Group", "Task and Finish Group: transport"] * 2,
        ["SEND Partnership Board and Executive Group", "Executive Group"] * 2,
        ["Board", "Partnership Board", "SEND Partnership Board"] * 3,
    ],
)
def test_each_proposed_meeting_is_placed_in_exactly_its_group(titles: list[str]) -> None:
    some = meetings(*titles)
    _placed_in_their_own(propose(EMPTY, some, SHIPPED.groups), some)


def _placed_in_their_own(found: Proposed, some: Iterable[Meeting]) -> None:
    agreement = EMPTY.model_copy(update={"groups": found.groups})
    by_key = {one.key: one for one in some}
    assert found.proposals
    for one in found.proposals:
        for key in one.keys:
            assert placed(by_key[key], agreement, calendar=MAILBOX).group == one.group.name
