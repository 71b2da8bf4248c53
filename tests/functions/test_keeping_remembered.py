"""What is left of remembered values when their time has come, and what names somebody taken out of them."""

from datetime import date

import pytest

from functions.keeping.counted import BY_MONTH, COUNTED, Counted, after_counting
from functions.keeping.remembered import Known, after_its_time
from functions.keeping.unnamed import id_without, mentions, without, without_old_titles
from functions.saved import meeting_saved
from models.keys import series_key
from tests.models.conftest import agreement, meeting, promise

TODAY = date(2026, 11, 27)  # Friday
AGREEMENT = agreement(promise("hours"))
KNOWN = Known(today=TODAY, agreement=AGREEMENT, meetings=frozenset({"here"}), deliveries=frozenset({"there"}))
OLD, NEW = "2026-10-27T10:00:00+00:00", "2026-10-28T10:00:00+00:00"  # 31 and 30 days before


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("papers by meeting", {"here": {"sent": "x"}, "gone": {}}, {"here": {"sent": "x"}}),
        ("papers due", {"here": "2026-12-01", "gone": "2026-09-01"}, {"here": "2026-12-01"}),
        ("moved", {"here": "old", "gone": "older"}, {"here": "old"}),
        ("moved", {"here": "old", "old": "older", "gone": "x"}, {"here": "old", "old": "older"}),
        (
            "questions of board@council.example",
            {"questions": ["Which group?"], "unplaced": [{"title": "Away day", "starts": OLD}]},
            None,  # no group of this agreement has that calendar
        ),
        (
            "questions of the files",
            {"questions": [], "unplaced": [{"title": "a", "starts": OLD}, {"title": "b", "starts": NEW}]},
            {"questions": [], "unplaced": [{"title": "b", "starts": NEW}]},
        ),
        (
            "meetings ahead",
            {"meetings": [{"title": "a", "starts": OLD}, {"title": "b", "starts": NEW}], "made": "x"},
            {"meetings": [{"title": "b", "starts": NEW}], "made": "x"},
        ),
        (
            "held",
            {"keys": ["there", "gone"], "about": ["a"], "at": "x"},
            {"keys": ["there"], "about": ["a"], "at": "x"},
        ),
        ("own diaries", {"jo@council.example": {"reason": "she asked", "at": "x"}}, {}),
        (
            "record 2026-10",
            {"entries": [{"day": "2026-10-27", "title": "a"}, {"day": "2026-10-28", "title": "b"}]},
            {"entries": [{"day": "2026-10-27"}, {"day": "2026-10-28", "title": "b"}]},
        ),
        ("record 2024-10", {"entries": []}, None),  # agreed in January 2024: reviewed 2025, kept until 2026
        ("record of something", {"entries": []}, {"entries": []}),
        ("released", {"agreement": "a"}, {"agreement": "a"}),
        (
            "papers",
            {
                "route": "mail",
                "traces": {
                    "mail 1": ["here", "2026-01-05", None],
                    "mail 2": ["gone", "2026-09-22", None],
                    "mail 3": ["gone too", "2026-09-23", None],
                    "mail 4": ["sent only", None, OLD],
                },
                "packs": {"here": {}, "gone": {}, "gone too": {}},
                "said": {"papers": {"here": [], "gone": []}, "reasons": [["gone", "ill", OLD]]},
            },
            {
                "route": "mail",
                "traces": {
                    "mail 1": ["here", "2026-01-05", None],
                    "mail 3": ["gone too", "2026-09-23", None],
                    "mail 4": ["sent only", None, OLD],
                },
                "packs": {"here": {}, "gone too": {}},
                "said": {"papers": {"here": []}, "reasons": []},
            },
        ),
    ],
)
def test_what_is_left(name: str, before: dict[str, object], after: dict[str, object] | None) -> None:
    left = after_its_time(name, before, KNOWN)
    assert (None if left is None else dict(left)) == after
    if left is not None:
        assert dict(after_its_time(name, left, KNOWN) or {}) == dict(left), "a second time changes nothing"


def _alert(*days: str) -> dict[str, object]:
    def finding(day: str) -> dict[str, object]:
        one = meeting(
            f"{day} 09:30",
            key="m" + day[4:6],
            uid="040@council.example",
            title="Board: Jo's plan",
            place="County Hall",
            organiser="jo@council.example",
            series="series@council.example",
            source="board@council.example",
        )
        return {
            "series": one.series,
            "because": "County Hall is in the venue list as not accessible.",
            "meeting": meeting_saved(one),
        }

    return {"alert": {"key": "a/P04/m1"}, "findings": [*(finding(day) for day in days), {"meeting": None}]}


def test_an_old_meeting_keeps_its_key_and_its_hours_and_loses_what_names_it() -> None:
    before = _alert("Tue 27 Oct 2026", "Wed 28 Oct 2026")
    after = without_old_titles(before, TODAY)
    old, new, none = after["findings"]
    assert new == before["findings"][1]  # type: ignore[index]
    assert none == {"meeting": None}
    assert not mentions(old, ["council.example", "Jo", "Board: ", "County Hall"])
    assert (old["meeting"]["key"], old["meeting"]["uid"]) == ("m27", "m27")
    assert old["meeting"]["starts"] == before["findings"][0]["meeting"]["starts"]  # type: ignore[index]
    assert old["because"] == "The venue is in the venue list as not accessible."
    assert old["series"] == old["meeting"]["series"] == series_key("series@council.example")
    assert without_old_titles(after, TODAY) == after
    assert without_old_titles(before, date(2026, 11, 26)) is before


def test_words_are_taken_out_of_texts_names_and_lists() -> None:
    value = {
        "said": ["said by JO@council.EXAMPLE", "jo@council.example", {"n": 1, "x": None}],
        "Jo@Council.example": "2026-11-02",
        "other": True,
    }
    assert mentions(value, ["jo@council.example"])
    after = without(value, ["jo@council.example"])
    assert after == {"said": ["said by somebody", {"n": 1, "x": None}], "other": True}
    assert not mentions(after, ["jo@council.example"])
    for other in ("banjo@council.example", "x-jo@council.example", "jo@council.example.org", "keyabc"):
        assert not mentions(f"from {other} to us", ["jo@council.example", "abc"]), other
    assert mentions("Sam\n Hill's plan; (jo@council.example).", ["sam hill"])
    assert id_without("press/abc/1", ["abc"]) == id_without("press/abc/1", ["abc"]) != "press/abc/1"
    assert id_without("press/def/1", ["abc"]) == "press/def/1"


def test_what_is_counted_once_is_not_counted_again_after_a_death() -> None:
    card, other = Counted("k1", "2026-10", "teams paid"), Counted("k2", "2026-10", "teams paid")
    assert after_counting(None, []) is None
    once = after_counting(None, [card])
    assert once == {COUNTED: ["k1"], BY_MONTH: {"2026-10": {"teams paid": 1}}}
    assert after_counting(once, [card, card]) == once, "the program died before it could take it away"
    twice = after_counting(once, [card, other])
    assert twice == {COUNTED: ["k1", "k2"], BY_MONTH: {"2026-10": {"teams paid": 2}}}
    assert after_counting(twice, []) == {COUNTED: [], BY_MONTH: {"2026-10": {"teams paid": 2}}}
    rep = Counted("k3", "2026-11", "mail paid")
    assert after_counting(once, [rep], beside=True) == {
        COUNTED: ["k1", "k3"],
        BY_MONTH: {"2026-10": {"teams paid": 1}, "2026-11": {"mail paid": 1}},
    }
