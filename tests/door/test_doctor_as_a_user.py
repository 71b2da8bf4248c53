"""`protocol-watch doctor` as a user types it: every fault at once, each with its cure, and what is well."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.door.served_county import BOARD, Served, served_county

MAILBOX = "send.partnership@council.example"
NOW = "2026-11-05T09:15"
UNREACHABLE = {  # kinds of mailbox that can't be read, and the words of the cure
    "dana.whitlock@council.example": "ask your Microsoft 365 administrator to put this mailbox",
    "gone@council.example": "check the spelling, and whether it was renamed or deleted",
    "send.team@council.example": "use a shared mailbox instead",
    "old.board@council.example": "",
    "hospital.school@council.example": "kept on the council's own servers",
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
