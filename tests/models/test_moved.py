"""Probably moved: one meeting gone, another booked, of one title and organiser and within 28 days."""

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.moved import FURTHEST, Gone, fingerprint, followed, moves

OFFICER = "jo.marsh@council.example"


@pytest.fixture(scope="session")
def booked(build):
    """A meeting of the Board, at ten, as somebody booked it."""

    def meeting(key, day, title="SEND Board", organiser=OFFICER, **more):
        return build.meeting(f"{day} 10:00", key=key, title=title, organiser=organiser, **more)

    return meeting


@pytest.fixture
def gone(build, booked):
    def was(key, day, title="SEND Board", organiser=OFFICER):
        return Gone(key, build.day(day), fingerprint(booked(key, day, title, organiser)))

    return was


NEAR = [  # gone from Fri 27 Nov 2026
    ("Fri 04 Dec 2026", True),
    ("Thu 26 Nov 2026", True),
    ("Fri 27 Nov 2026", True),  # the same day, at another hour
    ("Fri 25 Dec 2026", True),  # 28 days later
    ("Sat 26 Dec 2026", False),
    ("Fri 30 Oct 2026", True),  # 28 days before
    ("Thu 29 Oct 2026", False),
]


@pytest.mark.parametrize(("day", "moved"), NEAR)
def test_a_meeting_moves_by_up_to_28_days_either_way(booked, gone, day, moved):
    found = moves([gone("old", "Fri 27 Nov 2026")], [booked("new", day)])
    assert found == ({"new": "old"} if moved else {})


SAME = [
    ("SEND Board", "send  BOARD "),
    ("SEND Board", "Canceled: SEND Board"),
    ("SEND Board", "Cancelled: Canceled: SEND Board"),
    ("SEND Board", "POSTPONED - SEND Board"),
    ("SEND Board", "New date: SEND Board"),
    ("SEND Board", "SEND Board (rescheduled)"),
    ("SEND Board 27 November 2026", "SEND Board - 4th December"),
    ("SEND Board 27/11/2026", "SEND Board (4.12.26)"),
    ("SEND Board 2026-11-27", "SEND Board, Fri 4 Dec 2026"),
    ("SEND Board, Friday 27th of November", "SEND Board: December 4"),
    ("Priority Group 2", "Priority group, 2"),
]
NOT_SAME = [
    ("SEND Board", "SEND Board: away day"),
    ("Priority Group 2", "Priority Group 3"),
    ("November Board", "December Board"),  # two meetings of a monthly board
    ("Board 2026", "Board 2027"),
    ("Moved on: life after school", "Life after school"),
    ("", ""),
    ("Cancelled:", "Canceled:"),
    ("27 November 2026", "4 December 2026"),  # nothing but dates is nothing to go by
]


@pytest.mark.parametrize(
    ("title", "other", "same"), [(*row, True) for row in SAME] + [(*row, False) for row in NOT_SAME]
)
def test_titles_that_a_person_would_take_for_the_same(booked, gone, title, other, same):
    found = moves([gone("old", "Fri 27 Nov 2026", title)], [booked("new", "Fri 04 Dec 2026", other)])
    assert bool(found) == same


ORGANISERS = [
    (OFFICER, OFFICER.upper(), True),
    (OFFICER, "amara.osei@icb.example", False),
    ("", "", False),  # who called it is not known, so it can't be the same
]


@pytest.mark.parametrize(("organiser", "other", "same"), ORGANISERS)
def test_the_organiser_is_the_same_too(booked, gone, organiser, other, same):
    old = gone("old", "Fri 27 Nov 2026", organiser=organiser)
    assert bool(moves([old], [booked("new", "Fri 04 Dec 2026", organiser=other)])) == same


def test_no_title_and_no_address_can_be_read_from_what_is_kept(booked):
    kept = fingerprint(booked("old", "Fri 27 Nov 2026", "Talk about a family"))
    assert len(kept) == 64
    assert not {"talk", "family", "jo", "marsh"} & set(kept.split())
    assert set(kept) <= set("0123456789abcdef")


def test_private_meetings_have_no_print_and_never_move(booked, gone):
    private = booked("new", "Fri 04 Dec 2026", private=True)
    assert fingerprint(private) == ""
    assert moves([gone("old", "Fri 27 Nov 2026")], [private]) == {}
    old = Gone("old", date(2026, 11, 27), "")
    assert moves([old], [private, booked("x", "Fri 04 Dec 2026", "", "")]) == {}


def test_a_meeting_that_was_itself_called_off_is_nobodys_new_date(booked, gone):
    cancelled = booked("new", "Fri 04 Dec 2026", cancelled=True)
    assert moves([gone("old", "Fri 27 Nov 2026")], [cancelled]) == {}


SEVERAL = [  # gone, new, and which was moved where
    # two new dates: the nearer one
    (["Fri 27 Nov 2026"], ["Fri 04 Dec 2026", "Fri 11 Dec 2026"], {"new0": "old0"}),
    # two new dates, both a week away: we can't tell
    (["Fri 27 Nov 2026"], ["Fri 20 Nov 2026", "Fri 04 Dec 2026"], {}),
    # two that are gone from one day: we can't tell which of them it is
    (["Fri 27 Nov 2026", "Fri 27 Nov 2026"], ["Fri 04 Dec 2026"], {}),
    # two that are gone, one new: the nearer one
    (["Fri 27 Nov 2026", "Thu 03 Dec 2026"], ["Fri 04 Dec 2026"], {"new0": "old1"}),
    # a whole series a day later
    (
        ["Fri 02 Oct 2026", "Fri 30 Oct 2026", "Fri 27 Nov 2026"],
        ["Sat 03 Oct 2026", "Sat 31 Oct 2026", "Sat 28 Nov 2026"],
        {"new0": "old0", "new1": "old1", "new2": "old2"},
    ),
    # a weekly series half a week later: each end is clear, and so is each one between
    (
        ["Mon 02 Nov 2026", "Mon 09 Nov 2026", "Mon 16 Nov 2026"],
        ["Wed 04 Nov 2026", "Wed 11 Nov 2026", "Wed 18 Nov 2026"],
        {"new0": "old0", "new1": "old1", "new2": "old2"},
    ),
    # what is left over when the nearest have found each other is not guessed at
    (["Mon 02 Nov 2026", "Wed 04 Nov 2026"], ["Thu 05 Nov 2026", "Mon 23 Nov 2026"], {"new0": "old1"}),
]


@pytest.mark.parametrize(("olds", "news", "expected"), SEVERAL)
def test_of_several_the_nearest_belong_together(booked, gone, olds, news, expected):
    was = [gone(f"old{n}", day) for n, day in enumerate(olds)]
    now = [booked(f"new{n}", day) for n, day in enumerate(news)]
    assert moves(was, now) == expected


def test_a_meeting_that_is_still_here_is_no_move(booked, gone):
    old, same = gone("same", "Fri 27 Nov 2026"), booked("same", "Fri 04 Dec 2026")
    assert moves([old], [same]) == {}
    other = gone("old", "Fri 20 Nov 2026")
    assert moves([old, other], [same, booked("new", "Fri 27 Nov 2026")]) == {"new": "old"}


def test_nothing_gone_or_nothing_new_is_nothing_moved(booked, gone):
    assert moves([], [booked("new", "Fri 04 Dec 2026")]) == {}
    assert moves([gone("old", "Fri 27 Nov 2026")], []) == {}


DAYS = st.integers(0, 70).map(lambda n: date(2026, 10, 1) + timedelta(days=n))
DATES = st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(DAYS, st.sampled_from(["Board", "Panel", ""])))


@given(DATES, DATES, st.randoms(use_true_random=False))
def test_each_key_is_used_once_and_order_plays_no_part(booked, olds, news, random: Random):
    new = [booked(f"n-{key}", f"{day:%a %d %b %Y}", title) for key, (day, title) in news.items()]
    old = [
        Gone(f"o-{key}", day, fingerprint(booked(key, f"{day:%a %d %b %Y}", title)))
        for key, (day, title) in olds.items()
    ]
    found = moves(old, new)
    assert len(set(found.values())) == len(found)
    for new_key, old_key in found.items():
        (new_day, new_title), (old_day, old_title) = news[new_key[2:]], olds[old_key[2:]]
        assert abs((new_day - old_day).days) <= FURTHEST
        assert new_title == old_title != ""
    random.shuffle(old)
    random.shuffle(new)
    assert moves([*old, *old], [*new, *new]) == found


@given(DATES, DATES)
def test_one_old_and_one_new_date_of_a_title_always_find_each_other(booked, olds, news):
    lonely = {
        title
        for title in ("Board", "Panel")
        if sum(one == title for _, one in olds.values()) == sum(one == title for _, one in news.values()) == 1
    }
    old = [
        Gone(f"o-{key}", day, fingerprint(booked(key, f"{day:%a %d %b %Y}", title)))
        for key, (day, title) in olds.items()
    ]
    new = [booked(f"n-{key}", f"{day:%a %d %b %Y}", title) for key, (day, title) in news.items()]
    found = moves(old, new)
    for title in lonely:
        (was,) = [(key, day) for key, (day, one) in olds.items() if one == title]
        (now,) = [(key, day) for key, (day, one) in news.items() if one == title]
        near = abs((was[1] - now[1]).days) <= FURTHEST
        assert (found.get(f"n-{now[0]}") == f"o-{was[0]}") == near


FOLLOWED = [  # moved, known, and what is known after
    ({"b": "a"}, {"a": 1}, {"a": 1, "b": 1}),
    ({"b": "a"}, {"a": 1, "b": 2}, {"a": 1, "b": 2}),  # it has something of its own
    ({"b": "a", "c": "b"}, {"a": 1}, {"a": 1, "b": 1, "c": 1}),  # moved twice
    ({"c": "b", "b": "a"}, {"a": 1, "b": 2}, {"a": 1, "b": 2, "c": 2}),  # the latest counts
    ({"b": "a"}, {"x": 1}, {"x": 1}),
    ({}, {"a": 1}, {"a": 1}),
    ({"a": "b", "b": "a"}, {}, {}),  # no such thing, but it must end
    ({"a": "b", "b": "a"}, {"a": 1}, {"a": 1, "b": 1}),
    ({"b": "a"}, {"a": None}, {"a": None, "b": None}),
]


@pytest.mark.parametrize(("moved", "known", "after"), FOLLOWED)
def test_what_is_known_of_the_old_date_stands_for_the_new_one(moved, known, after):
    before = dict(known)
    assert followed(moved, known) == after
    assert known == before


@given(
    st.dictionaries(st.integers(0, 9), st.integers(0, 9)),
    st.dictionaries(st.integers(0, 9), st.text(max_size=1)),
)
def test_following_loses_nothing_and_following_twice_adds_nothing(moved, known):
    moved = {str(new): str(old) for new, old in moved.items()}
    by_key = {str(key): value for key, value in known.items()}
    after = followed(moved, by_key)
    assert by_key.items() <= after.items()
    assert set(after) <= set(by_key) | set(moved)
    assert followed(moved, after) == after
