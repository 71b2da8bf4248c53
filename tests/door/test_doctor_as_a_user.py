"""`protocol-watch doctor` as a user types it: every fault at once, each with its cure, and what is well."""

import base64
import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from emulator.mailboxes import Event, Further, ListedEvents, Mailbox, Person
from tests.door.served_county import BOARD, Served, served_county

MAILBOX = "send.partnership@council.example"
NOW = "2026-11-05T09:15"
UNREACHABLE = {  # kinds of mailbox that can't be read, and the words of the cure
    "dana.whitlock@council.example": "ask your Microsoft 365 administrator to put this mailbox",
    "gone@council.example": "check the spelling, and whether it was renamed or deleted. An account that was deleted",
    "send.team@council.example": "use a shared mailbox instead",
    "old.board@council.example": "for 30 days",
    "hospital.school@council.example": "move this one there, or make a shared mailbox there",
}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    """The county, asked with a ready-made token: a certificate made this minute depends on the clock."""
    with served_county(tmp_path) as served:
        proofs = {"TENANT_ID": "", "CLIENT_ID": "", "CERTIFICATE_PATH": ""}
        served.settings |= proofs | {"TOKEN": next(iter(served.world.bearers))}
        yield served


def examined(county: Served, code: int, **changed: str) -> list[dict[str, str]]:
    done = county.typed("doctor", "--format", "json", "--now", NOW, **changed)
    assert done.returncode == code, done.stdout + done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def wrong(county: Served, **changed: str) -> dict[str, list[str]]:
    """What is wrong, by what it is about; each has a cure."""
    found: dict[str, list[str]] = {}
    for one in examined(county, 2, **changed):
        if one["state"] == "wrong":
            assert one["cure"], one
            found.setdefault(one["what"], []).append(f"{one['says']} {one['cure']}")
    return found


def test_a_county_that_is_well(county: Served) -> None:
    found = examined(county, 0)
    assert {one["state"] for one in found} == {"well", "look"}
    well = {one["what"] for one in found if one["state"] == "well"}
    assert well >= {
        "Settings",
        "Agreement",
        "Promises",
        "School dates of Lancashire County Council",
        "Closed days",
        "Texts",
        f"Calendar {MAILBOX}",
        "SharePoint site",
        "List 'Papers'",
        "The officers' workflow",
    }
    assert any("is not proved here" in one["says"] for one in found)
    assert not (county.folder / "ledger.sqlite3").exists()
    assert county.world.posts == []


def test_the_certificate_and_the_sign_in(tmp_path: Path) -> None:
    with served_county(tmp_path) as county:
        done = county.typed("doctor")
        assert done.returncode == 0, done.stdout
        assert "Sign-in: Microsoft 365 gave us a token." in done.stdout
        assert "Certificate: It " in done.stdout
        [client_id] = county.world.apps
        county.world.apps[client_id] = replace(county.world.apps[client_id], certificates=())
        done = county.typed("doctor")
        assert done.returncode == 2
        assert "The certificate is not the one of the app registration" in " ".join(done.stdout.split())
        assert "not looked at, because nobody can sign in" in " ".join(done.stdout.lower().split())


def test_everything_wrong_is_named_at_once(county: Served) -> None:
    (county.folder / "letters.csv").write_text("Dear all,\n")
    found = wrong(
        county,
        MODE="shout",
        SITE="https://council.sharepoint.example/sites/nowhere",
        TERMS=str(county.folder / "letters.csv"),
        WORDING="sharepoint:Settings/wording.yaml",
        LEDGER="sqlite:////nowhere/ledger.sqlite3",
    )
    assert set(found) >= {
        "Settings",
        "SharePoint site",
        "School dates",
        "School dates of Lancashire County Council",
        "PROTOCOL_WATCH_WORDING",
        "Ledger",
    }
    assert "PROTOCOL_WATCH_MODE must be 'observe' or 'tell'" in found["Settings"][0]


def test_each_calendar_that_cannot_be_read_has_its_own_cure(county: Served) -> None:
    path = county.folder / "agreement.yaml"
    text = path.read_text("utf-8")
    for address in UNREACHABLE:
        text = text.replace(f"calendar: {MAILBOX}", f"calendar: {address}", 1)
    path.write_text(text, "utf-8")
    found = wrong(county)
    assert set(found) == {f"Calendar {address}" for address in UNREACHABLE}
    for address, cure in UNREACHABLE.items():
        assert cure.casefold() in found[f"Calendar {address}"][0].casefold()


def in_calendars(county: Served, *addresses: str) -> None:
    """Some groups now have these calendars, which we may read."""
    path = county.folder / "agreement.yaml"
    text = path.read_text("utf-8")
    for address in addresses:
        text = text.replace(f"calendar: {MAILBOX}", f"calendar: {address}", 1)
    path.write_text(text, "utf-8")
    county.world.change_app(mailboxes=frozenset({MAILBOX, *addresses}))


def test_mailboxes_of_a_wrong_kind_are_told_with_their_cure(county: Served) -> None:
    """Meetings that stand beside the main calendar, a room, and a person's own diary, in one look."""
    made, room, own = "made@council.example", "room.1@council.example", "jo@council.example"
    officer = Person("officer@council.example", "Jo Officer")
    board = Event(
        "b", "Board", datetime(2026, 11, 12, 10, tzinfo=UTC), datetime(2026, 11, 12, 12, tzinfo=UTC), officer
    )
    dentist = replace(board, uid="d", subject="Dentist", organizer=Person(own), sensitivity="private")
    holidays = replace(board, uid="h", all_day=True)
    beside = (
        Further("SEND meetings", ListedEvents((board,))),
        Further("Holidays", ListedEvents((holidays,))),
    )
    in_calendars(county, made, room, own)
    county.world.put(Mailbox(made, further=beside))
    county.world.put(Mailbox(room, ListedEvents((board,)), kind="room"))
    county.world.put(Mailbox(own, ListedEvents((dentist,))))
    found = {one["what"]: one for one in examined(county, 2) if one["state"] != "well" and "@" in one["what"]}
    assert set(found) == {f"Calendar {one}" for one in (made, room, own)}
    assert "but 'SEND meetings' has." in found[f"Calendar {made}"]["says"]
    assert found[f"Calendar {made}"]["state"] == "wrong"
    assert "Move the meetings there" in found[f"Calendar {made}"]["cure"]
    assert "it looks like a room" in found[f"Calendar {room}"]["says"].replace("It looks", "it looks")
    assert (
        f"Set-CalendarProcessing -Identity {room} -DeleteSubject $false"
        in found[f"Calendar {room}"]["command"]
    )
    assert found[f"Calendar {own}"]["state"] == "wrong"
    assert "--own-diary" in found[f"Calendar {own}"]["cure"]
    assert "Dentist" not in json.dumps(list(found.values()))

    # What an administrator did: a word why, a room that keeps subjects, meetings in the main calendar
    said = county.typed("provision", "--own-diary", "she keeps the board's dates", "--now", NOW)
    assert "she keeps the board's dates" in said.stdout
    county.world.put(Mailbox(room, ListedEvents((board,)), kind="room", keeps_subjects=True))
    county.world.put(Mailbox(made, ListedEvents((board,)), further=beside))
    after = [one for one in examined(county, 0) if "@" in one["what"] and one["state"] == "look"]
    assert [one["what"] for one in after] == [f"Calendar {own}", f"Calendar {made}"]
    assert "for this reason: she keeps the board's dates" in after[0]["says"]
    assert "'SEND meetings', with more meetings" in after[1]["says"]


def test_routes_that_need_a_library_or_the_mail(county: Served) -> None:
    path = county.folder / "agreement.yaml"
    text = path.read_text("utf-8").replace("papers: ticked", "papers: library", 1)
    path.write_text(text.replace("papers: ticked", "papers: mail", 1), "utf-8")
    found = wrong(county)
    assert set(found) == {f"Mail of {MAILBOX}"}
    assert "Application Mail.Read" in found[f"Mail of {MAILBOX}"][0]
    assert any(one["what"] == "Library 'Meeting papers'" for one in examined(county, 2))


def test_the_shipped_files_want_a_look(county: Served) -> None:
    found = examined(county, 0, AGREEMENT="", TERMS="", MODE="")
    looks = " ".join(one["says"] for one in found if one["state"] == "look")
    assert "No promise is turned on yet" in looks
    assert "Nobody has said yet that they are right" in looks
    assert "nobody is told anything but the partnership manager" in looks


def test_after_a_run_the_ledger_says_what_waits(county: Served) -> None:
    county.typed("watch", "--once", "--now", NOW)
    county.typed("release", BOARD, "--now", NOW)
    found = {one["what"]: one for one in examined(county, 0)}
    assert found["Ledger"]["state"] == "well"
    assert BOARD not in found["Groups"]["says"]
    assert "SEND Executive Group" in found["Groups"]["says"]
    assert found["Deliveries"]["state"] == "well"


def test_a_ledger_of_another_program_is_told(county: Served) -> None:
    other = sqlite3.connect(county.folder / "other.sqlite3")
    other.execute("CREATE TABLE songs (name TEXT)")
    other.commit()
    other.close()
    found = wrong(county, LEDGER=f"sqlite:///{county.folder / 'other.sqlite3'}")
    assert "the database of another program" in found["Ledger"][0]


def test_without_any_setting_it_says_what_is_needed(county: Served) -> None:
    nothing = dict.fromkeys(county.settings, "")
    found = wrong(county, **nothing)
    assert "Nobody can sign in" in found["Settings"][0]


def test_trusted_certificates_that_are_gone_are_told_and_the_rest_is_looked_at(county: Served) -> None:
    county.ca_file = str(county.folder / "gone.pem")
    found = wrong(county)
    assert len(found["Settings"]) == 2  # two libraries, each with its own setting
    assert "SSL_CERT_FILE" in found["Sign-in"][0]


def test_the_text_puts_what_is_wrong_first(county: Served) -> None:
    done = county.typed("doctor", "--now", NOW, MODE="shout")
    first, *rest = done.stdout.splitlines()
    assert first.startswith("1 thing to put right, ")
    assert rest[1] == "To put right"
    assert "a-fixed-bearer" not in done.stdout
    assert "sig=" not in done.stdout


def about(found: list[dict[str, str]], what: str) -> dict[str, str]:
    [one] = [each for each in found if each["what"] == what]
    return one


def outside(county: Served, code: int, address: str, **changed: str) -> dict[str, str]:
    done = county.typed("doctor", "--outside", address, "--format", "json", "--now", NOW, **changed)
    assert done.returncode == code, done.stdout + done.stderr
    return about(json.loads(done.stdout), "What else we may read")


def test_a_mailbox_outside_the_scope_is_refused(county: Served) -> None:
    found = outside(county, 0, "dana.whitlock@council.example")
    assert found["state"] == "well"
    assert "up to two hours" in found["says"]


def test_calendars_of_the_whole_tenant_are_a_red_line_with_the_command_that_removes_them(
    county: Served,
) -> None:
    county.world.change_app(entra=frozenset({"Sites.Selected", "Calendars.Read"}))
    [client_id] = county.world.apps
    found = outside(county, 2, "dana.whitlock@council.example", CLIENT_ID=client_id)
    assert found["state"] == "wrong"
    assert "every mailbox may be open" in found["says"]
    assert "up to two hours" in found["cure"]
    assert "Grant-Mailboxes.ps1" in found["cure"]
    assert f"appId eq '{client_id}'" in found["command"]
    assert "Remove-MgServicePrincipalAppRoleAssignment" in found["command"]
    done = county.typed("doctor", "--outside", "dana.whitlock@council.example", CLIENT_ID=client_id)
    whole = [line for line in done.stdout.splitlines() if "Remove-MgServicePrincipalAppRole" in line]
    assert whole  # not broken, so that it can be copied
    assert whole[0].endswith("$_.Id }")


def test_rights_of_the_whole_tenant_are_a_red_line_even_where_no_outside_mailbox_is_named(
    tmp_path: Path,
) -> None:
    """The token of a certificate's sign-in shows them."""
    with served_county(tmp_path) as county:
        before = county.typed("doctor", "--format", "json")
        county.world.change_app(entra=frozenset({"Sites.Selected", "Calendars.Read"}))
        after = county.typed("doctor", "--format", "json")
    assert (before.returncode, after.returncode) == (0, 2)
    assert about(json.loads(before.stdout), "Rights in Entra")["state"] == "well"
    found = about(json.loads(after.stdout), "Rights in Entra")
    assert found["state"] == "wrong"
    assert "Calendars.Read in the whole tenant" in found["says"]
    assert "Remove-MgServicePrincipalAppRoleAssignment" in found["command"]


def test_a_scope_that_exchange_drew_too_wide_is_seen_as_well(county: Served) -> None:
    county.world.change_app(mailboxes=frozenset({MAILBOX, "dana.whitlock@council.example"}))
    assert outside(county, 2, "dana.whitlock@council.example")["state"] == "wrong"


@pytest.mark.parametrize("address", ["nobody@council.example", "hospital.school@council.example", MAILBOX])
def test_a_mailbox_that_proves_nothing_is_said_to(county: Served, address: str) -> None:
    found = outside(county, 0, address)
    assert found["state"] == "look"
    assert "proves nothing" in found["says"]
    assert found["cure"].startswith("Name a mailbox")


def test_a_token_that_shows_a_right_of_the_whole_tenant_is_wrong(county: Served) -> None:
    said = base64.urlsafe_b64encode(json.dumps({"roles": ["Sites.Selected", "Calendars.Read"]}).encode())
    token = f"e30.{said.decode().rstrip('=')}.signature"
    [client_id] = county.world.apps
    county.world.bearers[token] = client_id
    found = about(examined(county, 2, TOKEN=token), "Rights in Entra")
    assert found["state"] == "wrong"
    assert "Calendars.Read in the whole tenant" in found["says"]
    assert "'Calendars.Read'" in found["command"]
    assert token not in json.dumps(found)


def test_an_address_that_is_none_is_told_at_once(county: Served) -> None:
    done = county.typed("doctor", "--outside", "dana")
    assert done.returncode == 2
    assert "'dana' is not a mail address" in done.stderr


def test_an_invitation_from_another_organisation_is_seen_to_arrive(county: Served) -> None:
    assert about(examined(county, 0), "Invitations from partners")["state"] == "look"
    path = county.folder / "agreement.yaml"
    path.write_text(path.read_text("utf-8").replace(MAILBOX, "send.county@council.example"), "utf-8")
    found = about(examined(county, 0), "Invitations from partners")
    assert found["state"] == "well"


def test_pages_that_we_may_not_have_are_told_once_and_are_no_fault(county: Served) -> None:
    assert about(examined(county, 0), "Pages")["state"] == "well"
    county.world.faults.answer(
        r"GET /v1\.0/sites/.*/pages", 403, {"error": {"code": "accessDenied"}}, times=9
    )
    found = about(examined(county, 0), "Pages")
    assert found["state"] == "look"
    assert "by hand" in found["cure"]


def test_a_webhook_that_nobody_answers_is_wrong(county: Served) -> None:
    found = [
        one
        for one in examined(county, 2, PUBLIC_URL="https://127.0.0.1:9", CLIENT_STATE="x" * 32)
        if one["what"] == "Webhook"
    ]
    assert [one["state"] for one in found] == ["wrong", "wrong"]
    assert "x" * 32 not in json.dumps(found)


def test_the_clock_is_compared_only_when_it_is_the_real_one(county: Served) -> None:
    assert not [one for one in examined(county, 0) if one["what"] == "Clock"]
    done = county.typed("doctor", "--format", "json")
    assert about(json.loads(done.stdout), "Clock")["state"] == "well"
