"""The headline of an alert says what the rule saw: held against the real rules, not against made-up sentences."""

from types import MappingProxyType

import pytest

from models.findings import Finding
from models.register import REQUESTS
from models.terms import Terms
from tests.models.conftest import Build
from tests.wording.invented_cards import TEXTS
from wording.alert_words import headline, kind, without_its_day

BEFORE, AFTER = "Mon 01 Sep 2025 09:00", "Fri 31 Dec 2027 09:00"
INSIDE, OUTSIDE = {"test": {"inside": "term"}}, {"test": {"outside": "term"}}
DAY_OFF = Build.calendar(
    Build.LANCASHIRE, Build.LANCASHIRE_TERMS, shut_days={Build.day("Mon 09 Nov 2026"): "INSET day"}
)


def said(found: Finding, kind: str, **more: object) -> str:
    return headline(TEXTS, [found], Build.promise(kind, **more))


@pytest.mark.parametrize(
    ("day", "test", "words", "whose"),
    [
        (
            "Mon 16 Feb 2026",
            INSIDE,
            "In the school holidays",
            "In half term for most Lancashire County Council schools.",
        ),
        (
            "Tue 21 Jul 2026",
            INSIDE,
            "In the school holidays",
            "In the summer holidays for most Lancashire County Council schools.",
        ),
        (
            "Mon 04 May 2026",
            INSIDE,
            "On a bank holiday",
            "A bank holiday (Early May bank holiday) for most Lancashire County Council schools.",
        ),
        ("Tue 05 May 2026", OUTSIDE, "In term time", "In term for most Lancashire County Council schools."),
    ],
)
def test_a_day_is_called_what_it_is(day: str, test: dict, words: str, whose: str) -> None:
    found = Build.finding("term", Build.meeting(f"{day} 10:00"), BEFORE, **test)
    assert found.found
    assert said(found, "term", **test) == words
    assert without_its_day(found) == whose


def test_a_day_on_which_schools_are_shut_is_called_that() -> None:
    known = {"terms": Terms(MappingProxyType({Build.LANCASHIRE: DAY_OFF}))}
    found = Build.finding("term", Build.meeting("Mon 09 Nov 2026 10:00"), BEFORE, known=known)
    assert said(found, "term") == "On a day off for schools"


@pytest.mark.parametrize(
    ("now", "known", "words"),
    [
        ("Wed 18 Nov 2026 09:00", {}, "Papers not seen yet"),
        ("Mon 23 Nov 2026 09:00", {}, "Papers not seen by the agreed day"),
        (
            "Wed 25 Nov 2026 09:00",
            {"papers": {"meeting-1": Build.papers("Tue 24 Nov 2026 10:00")}},
            "Papers after the agreed day",
        ),
        (
            "Wed 25 Nov 2026 09:00",
            {"stamps": {"meeting-1": Build.stamp("Tue 24 Nov 2026 09:00")}},
            "Called at short notice",
        ),
    ],
)
def test_papers_are_said_as_they_stand(now: str, known: dict, words: str) -> None:
    """For Friday 27 November 2026, due by the end of Thursday 19 (clear) or Friday 20 November (counted)."""
    found = Build.finding("papers", Build.meeting("Fri 27 Nov 2026 10:00"), now, known=known, strength="firm")
    assert found.found
    assert said(found, "papers") == words


def test_a_request_is_no_paper() -> None:
    row = Build.row(REQUESTS, ReceivedOn="2026-11-02", StartsOn="2026-11-16")
    book = Build.agreement(Build.promise("four weeks"))
    (found,) = Build.findings(Build.facts(rows=(row,)), book, AFTER)
    assert found.found
    assert said(found, "four weeks") == "Less notice than agreed"
    assert kind(TEXTS, found) == "Less notice than agreed"
