"""The shipped agreement says what the Lancashire protocol says, no more and no less."""

import csv
import re
from pathlib import Path

import pytest

from models.agreement import Agreement, NoticeTest, Operator, PresentTest, Promise, Route
from models.days import Count
from models.groups import fits
from models.register import list_of
from reading.agreements import faults_in, read_agreement

FILE = Path(__file__).parents[1] / "agreements" / "lancashire-2024.yaml"
STRATEGIC = ("partnership group", "priority group", "task and finish group")
WATCHED = ["P01", "P04", "P05", "P06", "P07", "P16", "P17", "P21", "P27"]
FORUMS_OWN = [f"P{number}" for number in range(34, 41)]
BLAME = re.compile(
    r"\b(fail|failed|late|breach|broke|broken|must|should have|fault|wrong|missed|overdue)\b", re.I
)


@pytest.fixture(scope="module")
def agreement() -> Agreement:
    return read_agreement(FILE)


@pytest.fixture(scope="module")
def clauses(shared: Path) -> dict[str, str]:
    """The protocol's own text by clause: "4.1", "3 intro", "3 FP-2" and so on."""
    text = (shared / "protocol" / "lancashire.txt").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    section = part = clause = ""
    for line in text.splitlines():
        if heading := re.match(r"(\d)\. ", line):
            section = clause = heading[1]
            part = ""
        elif line in ("The forward plan", "Challenge and limitations"):
            part, clause, bullets = {"T": "FP", "C": "CL"}[line[0]], "3 intro", 0
        elif item := re.match(r"  (\d+)\. ", line):
            clause = f"{section}.{item[1]}"
        elif part and line.startswith("  • "):
            bullets += 1
            clause = f"{section} {part}-{bullets}"
        found.setdefault(clause, []).append(line.strip())
    return {clause: " ".join(" ".join(lines).split()) for clause, lines in found.items()}


def _watched(agreement: Agreement) -> list[Promise]:
    return [promise for promise in agreement.promises if promise.is_watched]


def test_it_has_all_promises_in_order_and_no_faults(agreement: Agreement) -> None:
    assert [promise.id for promise in agreement.promises] == [f"P{number:02}" for number in range(1, 47)]
    assert faults_in(FILE) == ()


def test_it_asks_first_whether_it_still_holds_and_counts_nothing_on_its_own(agreement: Agreement) -> None:
    assert agreement.question == "Is this still your agreement?"
    assert "Is this still your agreement?".upper() in FILE.read_text(encoding="utf-8")[:400]
    assert agreement.working_days.count is Count.UNSETTLED
    assert agreement.key == "lancashire-2024"
    assert not any(promise.on for promise in agreement.promises)
    assert not any(group.until for group in agreement.groups)


def test_the_promises_that_are_watched_are_those_we_can_judge(agreement: Agreement) -> None:
    assert [promise.id for promise in _watched(agreement)] == WATCHED


def test_hours_and_terms_bind_three_kinds_of_meeting_and_not_the_executive(agreement: Agreement) -> None:
    for name in ("P04", "P05", "P06", "P07"):
        assert agreement.promise(name).applies_to == STRATEGIC
    assert agreement.promise("P21").applies_to == ("formal consultation",)


def test_papers_are_promised_for_every_group_that_meets(agreement: Agreement) -> None:
    promise = agreement.promise("P01")
    assert promise.test == NoticeTest(thing="papers", least=5, unit="working days")
    covered = [group for group in agreement.groups if group.type in promise.applies_to]
    assert len(covered) == len(agreement.groups) - 2
    assert {group.papers for group in covered} == {Route.TICKED}


def test_it_has_a_group_of_each_type_in_one_shared_calendar(agreement: Agreement) -> None:
    assert set(agreement.meeting_types) == agreement.types
    assert len(agreement.meeting_types) == 9
    assert {group.calendar for group in agreement.groups} == {"send.partnership@council.example"}
    used = {kind for promise in agreement.promises for kind in promise.applies_to}
    assert used == agreement.types


@pytest.mark.parametrize(
    ("title", "group"),
    [
        ("SEND Partnership Board", "SEND Partnership Board"),
        ("SEND Executive Group - monthly", "SEND Executive Group"),
        ("SEND Operational Group", "SEND Operations Group"),
        ("Communications Priority Group", "Communications Priority Group"),
        ("Inclusion Priority Group (online)", "SEND Priority Groups"),
        ("Task & Finish: short breaks", "Task and Finish Groups"),
        ("Executive and Forum quarterly", "Executive and Forum"),
        ("Officers and Forum catch-up", "Officers and Forum"),
        ("Formal consultation: transport", "Formal consultations"),
        ("Dentist", None),
    ],
)
def test_a_title_finds_its_group(agreement: Agreement, title: str, group: str | None) -> None:
    assert [found.name for found in fits(title, agreement.groups)] == ([group] if group else [])


def test_only_the_forum_sees_its_own_promises(agreement: Agreement) -> None:
    assert [promise.id for promise in agreement.promises if promise.forums_own] == FORUMS_OWN
    assert not any(agreement.promise(name).is_watched for name in FORUMS_OWN)


def test_every_promise_says_who_puts_it_right_who_sees_it_and_what_we_ask(agreement: Agreement) -> None:
    for promise in agreement.promises:
        assert promise.by, promise.id
        assert promise.to, promise.id
        assert promise.owner, promise.id
        assert promise.audience, promise.id
        assert promise.asks.endswith((".", "?")), promise.id
        assert len(promise.asks.split()) <= 25, promise.id
        assert not BLAME.search(promise.asks), promise.id
        assert "@" not in promise.owner, promise.id


def test_columns_that_it_names_are_in_the_register(agreement: Agreement) -> None:
    present = [promise for promise in _watched(agreement) if promise.operator is Operator.PRESENT]
    assert [promise.id for promise in present] == ["P07", "P16", "P27"]
    for promise in present:
        assert isinstance(promise.test, PresentTest)
        assert list_of(promise.test.item).column(promise.test.field)


def test_every_clause_is_in_the_protocol(agreement: Agreement, clauses: dict[str, str]) -> None:
    named = {clause for promise in agreement.promises for clause in promise.clause.split(", ")}
    assert named <= set(clauses)


def test_the_words_it_quotes_stand_in_the_clause_it_names(
    agreement: Agreement, clauses: dict[str, str]
) -> None:
    for promise in agreement.promises:
        text = " ".join(clauses[clause] for clause in promise.clause.split(", "))
        at = 0
        for words in promise.says.split(" … "):
            at = text.find(words, at)
            assert at >= 0, f"{promise.id}: '{words}' is not in clause {promise.clause}"


def test_strength_is_as_the_words_are(agreement: Agreement, shared: Path) -> None:
    with (shared / "data" / "promises.csv").open(encoding="utf-8", newline="") as file:
        listed = {row["id"]: row["strength"] for row in csv.DictReader(file)}
    for promise in agreement.promises:
        known = listed[promise.id]
        assert known.startswith(promise.strength) or known == "local option", promise.id
