"""The facts for a data protection officer: filled from the set-up, kept as a page that anybody can open."""

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from models.agreement import Agreement, Group, Route
from tests.wording.invented import AGREEMENT
from wording.assessed import Assessed
from wording.dpia import dpia_page

GOLDEN = Path(__file__).parent / "golden" / "dpia.md"
SITE = "https://council.sharepoint.example/sites/send-partnership"
BOARD, PANEL = "send.partnership@council.example", "panel@council.example"


@pytest.fixture
def agreement() -> Agreement:
    groups = (
        Group(name="SEND Partnership Board", type="partnership group", calendar=BOARD, papers=Route.INVITE),
        Group(name="Inclusion Panel", type="partnership group", calendar=PANEL, papers=Route.MAIL),
        Group(name="Steering <b>|", type="partnership group", calendar=BOARD, papers=Route.LIBRARY),
        Group(name="Without a calendar", type="partnership group"),
    )
    first, *others = AGREEMENT.promises
    promises = (
        first.model_copy(update={"on": True}),
        *(one.model_copy(update={"on": False}) for one in others),
    )
    return AGREEMENT.model_copy(update={"groups": groups, "promises": promises})


@pytest.fixture
def found(agreement: Agreement) -> Assessed:
    return Assessed(
        on=date(2026, 11, 5),  # a Thursday
        version="1.2.3",
        agreement=agreement,
        site=SITE,
        ledger="https://account.table.core.windows.net",
        sign_in="an identity of Azure, which has no password",
        telling=True,
        officers=True,
        manager=True,
        sender="send.reminders@council.example",
        hears=True,
        links=True,
        address="https://app.example",
        heartbeat=True,
    )


def test_the_page_is_as_it_was(found: Assessed) -> None:
    written = dpia_page(found)
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(written, "utf-8")
    assert written == GOLDEN.read_text("utf-8"), "if that was meant, run again with UPDATE_GOLDEN=1"


def test_while_only_looking_nobody_but_the_manager_is_told(found: Assessed) -> None:
    page = dpia_page(replace(found, telling=False))
    assert "The mode is `observe`" in page
    assert page.count("| not told |") == 4
    assert "their own private chat" not in page


def test_reps_and_the_chair_are_told_only_where_there_is_a_way(found: Assessed) -> None:
    def how(page: str, who: str) -> str:
        return next(line for line in page.splitlines() if line.startswith(f"| {who}")).split(" | ")[2]

    reps, chair = "forum reps", "the forum's chair"
    assert (
        how(dpia_page(found), reps)
        == how(dpia_page(found), chair)
        == "a mail from send.reminders@council.example |"
    )
    without_links = dpia_page(replace(found, links=False))
    assert how(without_links, reps) == "not told |"
    assert how(without_links, chair) != "not told |"
    assert "open pages" not in without_links
    without_a_chat = dpia_page(replace(found, manager=False))
    by_mail = "a mail from send.reminders@council.example"
    assert f"| the partnership manager | one list of what needs a person | {by_mail} |" in without_a_chat
    without_mails = dpia_page(replace(found, sender=""))
    assert how(without_mails, reps) == how(without_mails, chair) == "not told |"
    assert "what a rep has chosen" not in without_mails
    assert "Sent Items" not in without_mails


def test_no_right_is_named_that_this_set_up_does_not_need(found: Assessed, agreement: Agreement) -> None:
    no_mail = agreement.model_copy(update={"groups": agreement.groups[:1]})
    page = dpia_page(replace(found, agreement=no_mail, sender="", site="", hears=False, heartbeat=False))
    assert "Calendars.Read" in page
    for right in ("Mail.Read", "Mail.Send", "Sites.Selected", "calls https://", "outside is called"):
        assert right not in page
        assert right in dpia_page(found)


def test_a_set_up_of_nothing_is_a_page_too(agreement: Agreement) -> None:
    bare = agreement.model_copy(update={"groups": agreement.groups[3:]})
    page = dpia_page(Assessed(on=date(2026, 11, 5), version="1", agreement=bare, ledger="here.sqlite3"))
    assert "Nothing: no group has a calendar yet." in page
    assert "It has no way to sign in yet." in page
    assert "a file: here.sqlite3" in page
