"""Which group is this? One fit places a meeting; no fit or two never does. Private meetings lose their words."""

from datetime import date

import pytest

from models.agreement import Agreement, Group
from models.groups import PRIVATE_TITLE, fits, placed

SHARED = "send.partnership@council.example"
GROUPS = [
    {
        "name": "SEND Board",
        "type": "partnership group",
        "calendar": SHARED,
        "match": ["partnership board", "send board"],
    },
    {
        "name": "Communications",
        "type": "priority group",
        "calendar": SHARED,
        "match": ["communications priority group"],
    },
    {
        "name": "Priority",
        "type": "priority group",
        "calendar": SHARED,
        "match": ["priority group", "preparing for adulthood"],
    },
    {"name": "Executive", "type": "executive group", "calendar": "executive@council.example"},
    {
        "name": "Old Forum",
        "type": "steering meeting",
        "calendar": SHARED,
        "match": ["old forum"],
        "until": date(2026, 5, 31),
    },
    {
        "name": "New Forum",
        "type": "steering meeting",
        "calendar": SHARED,
        "match": ["new forum"],
        "since": date(2026, 6, 10),
    },
]


@pytest.fixture(scope="module")
def agreement(build) -> Agreement:
    groups = tuple(Group.model_validate(one) for one in GROUPS)
    return build.agreement(build.promise("hours")).model_copy(update={"groups": groups})


def _meeting(build, title, starts="Wed 10 Jun 2026 10:00", **more):
    return build.meeting(starts, **({"title": title, "group": "", "type": ""} | more))


TITLES = [
    ("SEND Partnership Board", "SEND Board", "partnership group"),
    ("send  partnership   BOARD (moved)", "SEND Board", "partnership group"),
    ("Partnership-Board: June", "SEND Board", "partnership group"),
    ("SEND Board and partnership board", "SEND Board", "partnership group"),  # two fits, one group
    ("Communications Priority Group", "Communications", "priority group"),  # not also the priority group
    ("Inclusion Priority Group", "Priority", "priority group"),
    ("Priority Group: Communications Priority Group", "", ""),  # both
    ("Partnership Board meets Priority Group", "", ""),  # two
    ("Budget", "", ""),
    ("", "", ""),
    ("Partnership Boarding school", "", ""),  # whole words only
    ("Apartnership board", "", ""),
    ("Board of the Partnership", "", ""),
    ("Old Forum", "", ""),  # no longer meets
    ("New Forum", "New Forum", "steering meeting"),  # its first day
]


@pytest.mark.parametrize(("title", "group", "type"), TITLES)
def test_words_in_the_title_place_a_meeting_of_a_shared_calendar(build, agreement, title, group, type):
    found = placed(_meeting(build, title), agreement, calendar=SHARED.upper())
    assert (found.group, found.type) == (group, type)


def test_without_a_calendar_the_words_of_all_groups_are_tried(build, agreement):
    assert placed(_meeting(build, "Partnership Board"), agreement).group == "SEND Board"


def test_words_of_a_group_in_another_calendar_do_not_count(build, agreement):
    other = placed(_meeting(build, "Partnership Board"), agreement, calendar="other@council.example")
    assert (other.group, other.type) == ("", "")


def test_a_calendar_of_its_own_without_words_takes_every_meeting(build, agreement):
    found = placed(_meeting(build, "Budget"), agreement, calendar="Executive@council.example")
    assert (found.group, found.type) == ("Executive", "executive group")


def test_a_group_with_words_takes_only_what_fits_even_alone_in_its_calendar(build, agreement):
    alone = agreement.model_copy(update={"groups": agreement.groups[:1]})
    assert placed(_meeting(build, "Budget"), alone, calendar=SHARED).group == ""
    assert placed(_meeting(build, "SEND Board"), alone, calendar=SHARED).group == "SEND Board"


def test_a_shared_calendar_without_words_places_nothing(build, agreement):
    two = tuple(group.model_copy(update={"match": ()}) for group in agreement.groups[:2])
    assert (
        placed(_meeting(build, "Budget"), agreement.model_copy(update={"groups": two}), calendar=SHARED).group
        == ""
    )


NAMED = [
    ("Executive", "Budget", "Executive"),
    ("executive", "Partnership Board", "Executive"),  # a named group comes before the title
    ("Our partnership board", "Budget", "SEND Board"),  # words where no group has that name
    ("Something else", "Partnership Board", ""),  # a person named another group: the title is not asked
    ("Old Forum", "Partnership Board", ""),  # no longer meets
]


@pytest.mark.parametrize(("named", "title", "group"), NAMED)
def test_a_group_named_in_the_file_comes_first(build, agreement, named, title, group):
    assert placed(_meeting(build, title, group=named), agreement).group == group


SINCE = [("Sun 31 May 2026 10:00", "Old Forum"), ("Mon 01 Jun 2026 10:00", "")]


@pytest.mark.parametrize(("starts", "group"), SINCE)
def test_a_group_takes_no_meeting_after_its_last_day(build, agreement, starts, group):
    assert placed(_meeting(build, "Old Forum", starts), agreement, calendar=SHARED).group == group


BY_TYPE = [
    ("Partnership Board", "partnership group", "SEND Board"),
    ("Partnership Board", "executive group", ""),  # the person's word, not the title's
    ("Budget", "partnership group", ""),
]


@pytest.mark.parametrize(("title", "type", "group"), BY_TYPE)
def test_a_person_may_say_what_type_every_meeting_is(build, agreement, title, type, group):
    found = placed(_meeting(build, title), agreement, meeting_type=type)
    assert (found.type, found.group) == (type, group)


def test_what_was_placed_before_is_placed_anew(build, agreement):
    stale = placed(_meeting(build, "Budget", type="executive group"), agreement)
    assert (stale.group, stale.type) == ("", "")


SECRET = "Partnership Board about Sam"


@pytest.mark.parametrize("given", [{}, {"meeting_type": "executive group"}])
def test_a_private_meeting_keeps_its_hours_and_loses_its_words(build, agreement, given):
    private = _meeting(
        build,
        SECRET,
        private=True,
        place="Sam's school",
        organiser="sam@council.example",
        series="Sam",
        uid="Sam",
    )
    found = placed(private, agreement, **given)
    assert "Sam" not in repr(found)
    assert (found.title, found.place, found.organiser) == (PRIVATE_TITLE, "", "")
    assert (found.key, found.uid, found.series) == ("meeting-1", "meeting-1", "private-meeting-1")
    assert (found.starts, found.ends) == (private.starts, private.ends)
    assert found.type == given.get("meeting_type", "partnership group")


def test_a_private_meeting_that_fits_nowhere_is_masked_too(build, agreement):
    found = placed(_meeting(build, "Sam", private=True), agreement)
    assert (found.title, found.group, found.type, found.series) == (PRIVATE_TITLE, "", "", "")


def test_other_meetings_keep_everything(build, agreement):
    open_one = _meeting(build, "Budget", place="Room 1", organiser="a@council.example", series="s")
    assert placed(open_one, agreement) == open_one


def test_fits_names_every_group_whose_words_stand_there(agreement):
    names = [group.name for group in fits("Old Forum and New Forum, not new forums", agreement.groups)]
    assert sorted(names) == ["New Forum", "Old Forum"]


def test_empty_words_and_signs_fit_nothing_by_accident():
    groups = (
        Group(name="A", type="t", match=(" ", "")),
        Group(name="B", type="t", match=("c++ (beta)",)),
    )
    assert fits("Anything", groups) == ()
    assert [group.name for group in fits("The C++  (Beta) group", groups)] == ["B"]
