"""Private meetings stay private, nobody is named or ranked, and the words stay kind, in every output."""

import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from models.findings import State
from tests.wording.invented import NOW
from wording.check_csv import as_csv
from wording.check_json import as_json
from wording.check_page import page
from wording.check_text import text
from wording.results import Results

HARD_WORDS = (
    "violation", "breach", "non-compliant", "noncompliant", "late by", "you failed", "failed to", "offender",
    "worst", "ranking", "overdue",
)  # fmt: skip


@pytest.fixture(scope="session", params=["text", "json", "csv", "page"])
def written(request: pytest.FixtureRequest, example: Results) -> str:
    """One output of the invented partnership's results, on one line."""
    return " ".join(_write(request.param, example).split())


def test_a_private_meeting_keeps_only_date_hours_and_finding(written: str) -> None:
    """No word of its title, place or series is in any output."""
    assert "Private meeting" in written
    assert not [word for word in ("Jamie", "jamie", "his school", "Nobody Asked") if word in written]


def test_organisers_appear_nowhere(written: str, example: Results) -> None:
    """Nothing names a person, so nothing can be ranked or grouped by one."""
    assert all(meeting.organiser for meeting in example.meetings if not meeting.private)
    assert "Orla" not in written
    assert '"organiser"' not in written


@pytest.mark.parametrize("kind", ["text", "json", "csv", "page"])
def test_another_organiser_changes_nothing(kind: str, example: Results) -> None:
    """The same meetings with all organisers changed give the same output, to the letter."""
    swapped = {m.key: replace(m, organiser=f"Person {n % 3}") for n, m in enumerate(example.meetings)}
    findings = tuple(replace(f, meeting=swapped[f.meeting.key]) if f.meeting else f for f in example.findings)
    other = replace(example, meetings=tuple(swapped.values()), findings=findings)
    assert _write(kind, other) == _write(kind, example)


def test_the_words_are_kind(written: str) -> None:
    """No word that judges people."""
    assert not [word for word in HARD_WORDS if word in written.casefold()]


@pytest.mark.parametrize("kind", ["text", "page"])
def test_it_says_that_it_is_a_draft_and_whose_call_it_is(kind: str, example: Results) -> None:
    """Before anything that was found."""
    shown = " ".join(_write(kind, example).split())
    assert shown.index("Private draft") < shown.index("What needs a look")
    assert "Whether a promise was broken is for people to say" in shown
    assert "We can't see" in shown.replace("&#39;", "'")


def test_cannot_tell_is_never_shown_as_something_to_look_at(example: Results) -> None:
    """What we can't tell stands apart from what is missed and what is kept."""
    only = replace(example, findings=tuple(f for f in example.findings if f.state is State.CANNOT_TELL))
    shown = _write("text", only)
    assert "Nothing that we can see." in shown
    assert "Missed" not in shown
    assert "kept" not in shown


def test_results_do_not_depend_on_when_they_are_written(example: Results) -> None:
    """The only clock is the one in the results."""
    assert NOW.isoformat() in _write("json", example)
    assert _write("page", example) == _write("page", example)


def _write(kind: str, results: Results) -> str:
    if kind == "json":
        return json.dumps(as_json(results), ensure_ascii=False)
    if kind == "text":
        console = Console(file=io.StringIO(), width=80)
        console.print(text(results))
        return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]
    return as_csv(results) if kind == "csv" else page(results)
