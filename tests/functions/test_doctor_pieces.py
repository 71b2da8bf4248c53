"""What doctor says of each thing, by values alone: dates that run out, certificates, what waits, what is refused."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from emulator.certificates import app_certificate
from functions.doctor.certificate import certificate_examined, validity_examined
from functions.doctor.examination import exit_code
from functions.doctor.files import agreement_examined, files_examined, term_calendar_examined
from functions.doctor.ledger import deliveries_examined, ledger_examined, quiet_examined
from functions.doctor.mailboxes import Seen, calendars_examined
from functions.doctor.settings import settings_examined
from functions.files.book_of_settings import Files
from functions.files.rulebooks import read_book
from functions.settings import PREFIX, what_stands
from functions.telling.release import release
from graph_client.asked import calendar_of
from graph_client.calendar_windows import WindowRead
from graph_client.errors import GraphError
from graph_client.refusals import Refusal, error_for
from ledger import open_ledger
from ledger.entries import Delivery, DeliveryState
from models.agreement import Agreement
from models.days import LONDON
from models.terms import Term, TermCalendar
from wording.examined import Examined, Standing, look, well, wrong

NOW = datetime(2026, 11, 2, 9, 15, tzinfo=LONDON)  # a Monday
NO_FILES = Files(agreement=None, terms=(), closed_days=None, wording=None)


@pytest.fixture
def agreement() -> Agreement:
    return read_book().book.agreement


def said(examined: list[Examined], standing: Standing) -> str:
    return "\n".join(f"{one.what}: {one.says}. {one.cure}" for one in examined if one.standing is standing)


def terms(until: date, checked_by: str = "Admissions Officer") -> TermCalendar:
    autumn = Term("Autumn", date(2026, 9, 1), min(until, date(2026, 12, 18)))
    return TermCalendar(
        "Anyshire",
        terms=(autumn,),
        checked_by=checked_by,
        covered_from=date(2026, 9, 1),
        covered_until=until,
    )


@pytest.mark.parametrize(
    ("until", "standing", "words"),
    [
        (date(2026, 10, 30), Standing.WRONG, "they ended on Friday 30 October 2026"),
        (date(2026, 11, 2), Standing.LOOK, "which is 0 days from now"),
        (date(2027, 1, 31), Standing.LOOK, "which is 90 days from now"),
        (date(2027, 2, 1), Standing.WELL, "they reach to Monday 1 February 2027, checked by"),
    ],
)
def test_school_dates_run_out_with_a_warning(until: date, standing: Standing, words: str) -> None:
    examined = list(term_calendar_examined(terms(until), NOW.date()))
    assert [one.standing for one in examined] == [standing]
    assert words in examined[0].says


def test_school_dates_that_nobody_checked_want_a_look() -> None:
    [one] = term_calendar_examined(terms(date(2027, 7, 21), checked_by=""), NOW.date())
    assert one.standing is Standing.LOOK
    assert "nobody has said yet that they are right" in one.says


def test_no_school_dates_at_all_are_wrong() -> None:
    [one] = term_calendar_examined(TermCalendar("Anyshire"), NOW.date())
    assert one.standing is Standing.WRONG
    assert "Add the dates of Anyshire" in one.cure


@pytest.mark.parametrize(
    ("days", "standing"),
    [(-1, Standing.WRONG), (0, Standing.WRONG), (30, Standing.LOOK), (31, Standing.WELL)],
)
def test_a_certificate_runs_out_with_a_warning(days: int, standing: Standing) -> None:
    ends = NOW + timedelta(days=days)
    assert validity_examined(NOW - timedelta(days=365), ends, NOW).standing is standing


def test_a_certificate_of_the_future_means_a_wrong_clock() -> None:
    one = validity_examined(NOW + timedelta(days=1), NOW + timedelta(days=365), NOW)
    assert one.standing is Standing.WRONG
    assert "clock" in one.cure


def test_a_certificate_file_is_read(tmp_path: Path) -> None:
    made = app_certificate()
    good, bad = tmp_path / "good.pem", tmp_path / "bad.pem"
    good.write_text(made.private_key + made.certificate)
    bad.write_text("not a certificate")
    [one] = certificate_examined(good, datetime(2100, 1, 1, tzinfo=UTC))
    assert "it ran out on" in one.says
    [one] = certificate_examined(bad, NOW)
    assert "does not hold a private key" in one.says
    assert "PROTOCOL_WATCH_CERTIFICATE_PATH" in one.cure
    assert not list(certificate_examined(None, NOW))


def test_an_agreement_in_which_nothing_is_on_tells_nobody(agreement: Agreement) -> None:
    told = said(list(agreement_examined(agreement, NOW.date())), Standing.LOOK)
    assert "no promise is turned on yet" in told
    assert "both chairs" in told
    assert "Is this still your agreement?" in told


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (date(2026, 11, 1), "was Sunday 1 November 2026. Look at the agreement together"),
        (date(2026, 11, 2), "it is looked at again on Monday 2 November 2026"),
        (date(2027, 1, 31), "it is looked at again on Sunday 31 January 2027"),
        (date(2027, 2, 1), ""),
    ],
)
def test_a_review_that_is_past_or_near_wants_a_look(
    agreement: Agreement, due: date | None, words: str
) -> None:
    theirs = agreement.model_copy(update={"next_review": due})
    told = [
        one
        for one in agreement_examined(theirs, NOW.date())
        if "at again" in one.says or "again was" in one.says
    ]
    assert [words in f"{one.says}. {one.cure}" for one in told] == ([True] if words else [])


def test_a_group_without_a_calendar_is_not_read(agreement: Agreement) -> None:
    board = agreement.groups[0].model_copy(update={"calendar": ""})
    told = said(
        list(agreement_examined(agreement.model_copy(update={"groups": (board,)}), NOW.date())), Standing.LOOK
    )
    assert "the group 'SEND Partnership Board' has no calendar" in told


def test_one_broken_file_hides_nothing_of_the_others(tmp_path: Path) -> None:
    closed, terms, wording = (
        tmp_path / name for name in ("closed-days.csv", "term-dates.csv", "wording.yaml")
    )
    closed.write_text("first_day,last_day,reason\n2026-13-01,,a slip\n")
    terms.write_text("no dates here\n")
    wording.write_text("texts:\n  en:\n    nothing: {}\n")
    files = replace(NO_FILES, closed_days=closed, terms=(terms,), wording=wording)
    read = files_examined(files, (), NOW.date())
    assert read.agreement is not None
    wrong = said(list(read.examined), Standing.WRONG)
    assert "closed-days.csv, line 2" in wrong
    assert "term-dates.csv" in wrong
    assert "Texts: " in said(list(read.examined), Standing.LOOK)


def test_a_broken_agreement_is_told_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_text("agreement: Ours\nagreed_on: someday\n")
    read = files_examined(replace(NO_FILES, agreement=path), (), NOW.date())
    assert (read.agreement, read.book) == (None, None)
    assert "agreement.yaml, line 2" in said(list(read.examined), Standing.WRONG)
    assert "Texts: the shipped ones" in said(list(read.examined), Standing.WELL)


@pytest.mark.parametrize(
    ("status", "code", "cure"),
    [
        (404, "ErrorInvalidUser", "check the spelling, and whether it was renamed or deleted"),
        (403, "ErrorAccessDenied", "put this mailbox into the group that Protocol Watch may read"),
        (403, "ErrorGroupIsUsedInNonGroupURI", "use a shared mailbox instead"),
        (404, "MailboxNotEnabledForRESTAPI", "kept on the council's own servers"),
        (401, "InvalidAuthenticationToken", "check the app registration"),
        (503, "", "try again later"),
    ],
)
def test_a_calendar_that_is_refused_is_told_with_its_cure(status: int, code: str, cure: str) -> None:
    refused = error_for(Refusal(status, code), calendar_of("send@council.example"))
    [one] = calendars_examined({"send@council.example": refused}, NOW.date())
    assert one.standing is Standing.WRONG
    assert cure in one.cure
    assert one.says.endswith(f"(it answered {status} {code}".rstrip() + ")")


def test_calendars_are_told_one_by_one() -> None:
    read = WindowRead(
        mailbox="a@council.example",
        first=NOW.date(),
        last=NOW.date(),
        read_at=NOW,
        meetings=(),
        unreadable=("An entry on Monday 2 November 2026 can't be understood.",),
    )
    windows: dict[str, WindowRead | GraphError] = {"a@council.example": read}
    assert [one.standing for one in calendars_examined(windows, NOW.date())] == [Standing.WELL, Standing.LOOK]


@pytest.mark.parametrize(
    ("rooms", "overwritten", "standing", "words"),
    [
        (frozenset({"a@council.example"}), (0, 3), Standing.WELL, "keep the subjects"),
        (frozenset({"a@council.example"}), (1, 3), Standing.LOOK, "it is a room"),
        (frozenset({"a@council.example"}), (0, 0), Standing.LOOK, "it is a room"),
        (None, (2, 3), Standing.LOOK, "in 2 of 3 entries the organiser's name is the subject"),
        (None, (1, 3), None, ""),
        (frozenset(), (0, 0), None, ""),
    ],
)
def test_a_room_is_known_by_the_list_or_by_its_subjects(
    rooms: frozenset[str] | None, overwritten: tuple[int, int], standing: Standing | None, words: str
) -> None:
    day = NOW.date()
    read = WindowRead(mailbox="a@council.example", first=day, last=day, read_at=NOW, meetings=())
    seen = Seen(rooms=rooms, overwritten={"a@council.example": overwritten})
    told = list(calendars_examined({"a@council.example": read}, day, seen))[1:]
    assert [one.standing for one in told] == ([standing] if standing else [])
    assert all(words in one.says for one in told)


def delivery(
    key: str, not_before: datetime, state: DeliveryState = DeliveryState.OWED, kind: str = ""
) -> Delivery:
    value = {"kind": kind} if kind else {}
    return Delivery(
        key=key, group="Board", channel="teams", about=key, not_before=not_before, state=state, value=value
    )


def test_what_waits_too_long_or_is_held_or_unsure_is_told() -> None:
    sunday, later = NOW - timedelta(days=1, minutes=1), NOW + timedelta(hours=4)
    deliveries = [
        delivery("late", sunday),
        delivery("held", sunday),
        delivery("soon", later),
        delivery("unsure", sunday, DeliveryState.UNSURE),
        delivery("paid", sunday, DeliveryState.PAID),
    ]
    told = said(list(deliveries_examined(deliveries, frozenset({"held"}), NOW)), Standing.LOOK)
    assert "1 delivery held, because too many came up at once" in told
    assert "release --held" in told
    assert "1 delivery should have left more than a day ago" in told
    assert "1 delivery may have arrived, or not" in told
    [one] = deliveries_examined([delivery("soon", later)], frozenset(), NOW)
    assert one == well("Deliveries", "1 delivery waiting for their time")


def test_a_mail_to_a_rep_that_may_have_arrived_is_not_said_to_come_again() -> None:
    unsure = [delivery("weekly/2026-W45", NOW, DeliveryState.UNSURE, "weekly")]
    [one] = deliveries_examined(unsure, frozenset(), NOW)
    assert one.standing is Standing.LOOK
    assert "1 mail to forum reps may have arrived, or not, and is not sent again" in one.says
    both = [*unsure, delivery("card", NOW, DeliveryState.UNSURE)]
    assert ["is not sent again" in one.says for one in deliveries_examined(both, frozenset(), NOW)] == [
        False,
        True,
    ]


async def test_a_ledger_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    [one] = await ledger_examined(f"sqlite:///{tmp_path / 'ledger.sqlite3'}", None, NOW)
    assert one.standing is Standing.LOOK
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("spoil", "cure"),
    [
        (lambda path: path.write_text("not a ledger at all, but a letter " * 99), "name a file"),
        (lambda path: path.mkdir(), "name a file that may be written"),
    ],
)
async def test_a_ledger_that_is_none_is_told(
    tmp_path: Path, spoil: Callable[[Path], object], cure: str
) -> None:
    path = tmp_path / "ledger.sqlite3"
    spoil(path)
    [one] = await ledger_examined(f"sqlite:///{path}", None, NOW)
    assert one.standing is Standing.WRONG
    assert cure in one.cure


async def test_groups_stay_quiet_until_they_are_released(tmp_path: Path) -> None:
    book, address = read_book().book, f"sqlite:///{tmp_path / 'ledger.sqlite3'}"
    groups = [group.name for group in book.agreement.groups]
    with open_ledger(address) as ledger:
        await release(ledger, book, groups[1:], NOW)
    told = said(list(await ledger_examined(address, book, NOW)), Standing.LOOK)
    assert f"still quiet, so that only the partnership manager hears of them: {groups[0]}." in told
    [one] = quiet_examined((), book)
    assert one.standing is Standing.WELL


def test_the_settings_say_what_they_mean() -> None:
    stand, faults = what_stands({f"{PREFIX}TOKEN": "x", f"{PREFIX}DELIVERY_TIMES": "any"})
    examined = list(settings_examined(stand, faults))
    told = said(examined, Standing.LOOK)
    assert "Mode: 'observe': nobody is told anything but the partnership manager" in told
    assert "PROTOCOL_WATCH_TEAMS_WORKFLOW_URL" in told
    assert "PROTOCOL_WATCH_MANAGER_WORKFLOW_URL" in told
    assert "at any minute from 8am to 6pm" in said(examined, Standing.WELL)
    stand, faults = what_stands({f"{PREFIX}TOKEN": "x", f"{PREFIX}SENDER": "send@council.example"})
    examined = list(settings_examined(stand, faults))
    assert "the partnership manager's list goes by mail" in said(examined, Standing.WELL)
    assert "PROTOCOL_WATCH_MANAGER_WORKFLOW_URL" not in said(examined, Standing.LOOK)


@pytest.mark.parametrize(
    ("given", "standing", "words"),
    [
        ({}, Standing.LOOK, "the forum hears nothing"),
        ({"SENDER": "send@council.example"}, Standing.WRONG, "no list says whom to write to"),
        (
            {"SENDER": "send@council.example", "SITE": "https://council.sharepoint.com/sites/send"},
            Standing.WELL,
            "they go from send@council.example; none was sent now",
        ),
    ],
)
def test_whether_mails_go_is_said_and_none_is_sent(
    given: dict[str, str], standing: Standing, words: str
) -> None:
    stand, faults = what_stands(
        {f"{PREFIX}TOKEN": "x", **{f"{PREFIX}{key}": one for key, one in given.items()}}
    )
    [mails] = [one for one in settings_examined(stand, faults) if one.what == "Mails"]
    assert mails.standing is standing
    assert words in mails.says


def test_a_signing_key_that_is_too_short_is_a_fault_and_is_not_shown() -> None:
    stand, faults = what_stands({f"{PREFIX}TOKEN": "x", f"{PREFIX}SIGNING_KEY": "easy-to-guess"})
    told = [one for one in settings_examined(stand, faults) if one.standing is Standing.WRONG]
    assert any("32 letters or more" in one.says + one.cure for one in told)
    assert "easy-to-guess" not in str(told)


def test_a_faulty_setting_is_told_with_its_cure() -> None:
    stand, faults = what_stands({f"{PREFIX}MODE": "shout", f"{PREFIX}LEGDER": "x"})
    told = [one for one in settings_examined(stand, faults) if one.standing is Standing.WRONG]
    assert len(told) == 3  # the mode, the misspelt name, and no way to sign in
    assert all(one.cure for one in told)


def test_a_look_is_no_fault() -> None:
    assert exit_code([well("a", "b"), look("a", "b")]) == 0
    assert exit_code([look("a", "b"), wrong("a", "b", "c")]) == 2
