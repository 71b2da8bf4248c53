"""Thanks: said for a month in which it went well, and never so that they read as irony."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreement import Operator, Strength
from models.findings import Finding, State
from models.thanks import month_to_thank, thanks_for

WORDS = {
    "k": ("kept", ""),
    "m": ("missed", ""),
    "M": ("missed", "The chair was ill"),  # a firm promise with a reason stays missed
    "r": ("at risk", ""),
    "d": ("due", ""),
    "e": ("explained", "The chair was ill"),
    "a": ("agreed change", "We all agreed"),
    "c": ("cannot tell", ""),
    "n": ("not in scope", ""),
}
NOVEMBER = (  # twelve meetings of Nov 2026
    "Mon 02 Nov 2026",
    "Tue 03 Nov 2026",
    "Wed 04 Nov 2026",
    "Thu 05 Nov 2026",
    "Fri 06 Nov 2026",
    "Mon 09 Nov 2026",
    "Tue 10 Nov 2026",
    "Wed 11 Nov 2026",
    "Thu 12 Nov 2026",
    "Fri 13 Nov 2026",
    "Mon 16 Nov 2026",
    "Tue 17 Nov 2026",
)


@pytest.fixture(scope="session")
def judged(build):
    """The findings of a promise at the month's meetings, one letter each (WORDS); a space is no finding."""

    def findings(promise, letters, days=NOVEMBER):
        return [
            one(promise, letter, build.meeting(f"{day} 10:00", key=f"m{n}"))
            for n, (letter, day) in enumerate(zip(letters, days, strict=False))
            if letter != " "
        ]

    def one(promise, letter, meeting):
        state, reason = WORDS[letter]
        return Finding(
            key=f"a-test/{promise}/{meeting.key if meeting else 'all'}",
            promise=promise,
            clause="4.2",
            operator=Operator.WINDOW,
            strength=Strength.FIRM,
            state=State(state),
            because="",
            subject=meeting.key if meeting else "all",
            meeting=meeting,
            reason=reason,
        )

    findings.one = one
    return findings


@pytest.fixture(scope="session")
def thanked(build, judged):
    def told(month="Sun 01 Nov 2026", **promises):
        found = [one for promise, letters in promises.items() for one in judged(promise, letters)]
        thanks = thanks_for(found, {"P01", "P04", "P05"}, build.day(month))
        return thanks and (thanks.meetings, dict(thanks.kept))

    return told


MONTHS = [  # how the hours (P04) and the papers (P01) stood at each meeting, and what is said
    # all went well
    ("kkkkk", "kkkkk", (5, {"P01": (5, 5), "P04": (5, 5)})),
    ("kk", "  ", (2, {"P04": (2, 2)})),
    # one meeting is no month
    ("k", "k", None),
    # what does not apply is not counted
    ("kkk", "nnk", (3, {"P01": (1, 1), "P04": (3, 3)})),
    ("kkn", "nnn", (2, {"P04": (2, 2)})),
    ("knn", "nnn", None),
    ("nnn", "nnn", None),
    # a promise that was kept at one meeting, the only one it applied to, is not enough alone
    ("k   ", "   k", None),
    # a promise that was missed is not named
    ("kkkkk", "kkkkm", (5, {"P04": (5, 5)})),
    # more than one meeting in five missed one without a reason: no thanks at all
    ("kkkk", "kkkm", None),
    ("kkkkk", "kkkmm", None),
    ("kkkkkkkkkk", "kkkkkkkkmm", (10, {"P04": (10, 10)})),
    ("kkkkkkkkkk", "kkkkkkkmmm", None),
    ("kk", "km", None),
    # two promises missed at one meeting are one meeting
    ("kkkkm", "kkkkm", None),  # and nothing was kept at all of them
    # a reason was given: the month may be thanked for, the promise is not named
    ("kkkk", "kMMM", (4, {"P04": (4, 4)})),
    # explained, agreed and cannot tell are not kept: named if they are few, and if another was kept throughout
    ("kkkkk", "kkkke", (5, {"P01": (4, 5), "P04": (5, 5)})),
    ("kkkkk", "kkkka", (5, {"P01": (4, 5), "P04": (5, 5)})),
    ("kkkkk", "kkkkc", (5, {"P01": (4, 5), "P04": (5, 5)})),
    ("kkkkk", "kkkec", (5, {"P04": (5, 5)})),
    ("kkkkk", "ccccc", (5, {"P04": (5, 5)})),
    ("kkkke", "kkkka", None),
    ("ccccc", "ccccc", None),
    # what still waits is not named: nobody should be thanked too early
    ("kkkkk", "kkkkr", (5, {"P04": (5, 5)})),
    ("kkkkk", "ddddd", (5, {"P04": (5, 5)})),
    ("", "", None),
]


@pytest.mark.parametrize(("hours", "papers", "said"), MONTHS)
def test_a_month_is_thanked_for_what_went_well(thanked, hours, papers, said):
    assert thanked(P04=hours, P01=papers) == said


def test_a_promise_that_is_off_plays_no_part(thanked):
    assert thanked(P04="kkkk", P07="mmmm") == (4, {"P04": (4, 4)})
    assert thanked(P07="kkkk") is None


def test_a_third_promise_that_was_missed_keeps_the_thanks_back(thanked):
    assert thanked(P04="kkkk", P05="kkkk", P01="mmmm") is None


@pytest.mark.parametrize("month", ["Sun 01 Nov 2026", "Mon 30 Nov 2026"])
def test_the_month_is_given_by_any_of_its_days(build, judged, month):
    thanks = thanks_for(judged("P04", "kk"), ["P04"], build.day(month))
    assert thanks.month == build.day("Sun 01 Nov 2026")


EDGES = ("Sat 31 Oct 2026", "Sun 01 Nov 2026", "Mon 30 Nov 2026", "Tue 01 Dec 2026")


def test_only_meetings_of_that_month_count(build, judged):
    found = judged("P04", "mkkm", EDGES)
    assert thanks_for(found, ["P04"], build.day("Sun 01 Nov 2026")).kept == {"P04": (2, 2)}
    assert thanks_for(found, ["P04"], build.day("Thu 01 Oct 2026")) is None


def test_what_is_about_no_meeting_and_what_was_cancelled_play_no_part(build, judged):
    cancelled = build.meeting("Fri 27 Nov 2026 10:00", key="x", cancelled=True)
    more = [judged.one("P04", "m", cancelled), judged.one("P04", "m", None)]
    thanks = thanks_for([*judged("P04", "kk"), *more], ["P04"], build.day("Sun 01 Nov 2026"))
    assert (thanks.meetings, thanks.kept) == (2, {"P04": (2, 2)})


@given(st.tuples(*[st.text("kmMrdeacn ", max_size=12)] * 3), st.randoms(use_true_random=False))
def test_thanks_never_name_what_was_missed_nor_depend_on_order(build, judged, letters, random):
    month = build.day("Sun 01 Nov 2026")
    on = ("P01", "P04", "P05")
    found = [one for promise, line in zip(on, letters, strict=True) for one in judged(promise, line)]
    thanks = thanks_for(found, on, month)
    random.shuffle(found)
    assert thanks_for(found, on, month) == thanks
    if thanks is None:
        return
    for promise, (kept, of) in thanks.kept.items():
        line = letters[on.index(promise)]
        assert not set(line) & set("mMr")
        assert kept == line.count("k") >= of * 4 / 5
    assert any(kept == of for kept, of in thanks.kept.values())


FIRST_DAYS = [  # the fifth working day of Dec 2026 is Mon 7; of Jan 2027, after New Year's Day, Fri 8
    ("Mon 30 Nov 2026", ""),
    ("Tue 01 Dec 2026", "Sun 01 Nov 2026"),
    ("Sat 05 Dec 2026", ""),
    ("Mon 07 Dec 2026", "Sun 01 Nov 2026"),
    ("Tue 08 Dec 2026", ""),
    ("Fri 01 Jan 2027", ""),
    ("Mon 04 Jan 2027", "Tue 01 Dec 2026"),
    ("Fri 08 Jan 2027", "Tue 01 Dec 2026"),
    ("Sat 09 Jan 2027", ""),
    ("Mon 11 Jan 2027", ""),
    ("Sun 01 Nov 2026", ""),
    ("Mon 02 Nov 2026", "Thu 01 Oct 2026"),
    ("Fri 06 Nov 2026", "Thu 01 Oct 2026"),
    ("Mon 09 Nov 2026", ""),
]


@pytest.mark.parametrize(("today", "month"), FIRST_DAYS)
def test_last_month_is_thanked_for_in_the_first_five_working_days(build, today, month):
    assert month_to_thank(build.day(today), build.working_days()) == (build.day(month) if month else None)
