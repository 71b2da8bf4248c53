"""`protocol-watch support-bundle` as a user types it: all that helps, and nobody's name, subject or address."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.files import shipped
from functions.settings import PREFIX
from functions.telemetry import key_of
from reading.agreements import read_agreement
from tests.door.served_county import BOARD, SITE, Served, served_county
from tests.stories.nothing_personal import told_in, words_of

MAILBOX, OUTSIDE = "send.partnership@council.example", "dana.whitlock@council.example"
NOW = "2026-11-05T09:15"
COMMON = {"papers", "school", "library", "training", "meeting"}  # words of our own sentences too


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    """A county with a group whose mailbox is closed to us, asked with a ready-made token, and a run behind it."""
    with served_county(tmp_path) as served:
        proofs = {"TENANT_ID": "", "CLIENT_ID": "", "CERTIFICATE_PATH": ""}
        served.settings |= proofs | {"TOKEN": next(iter(served.world.bearers))}
        locked = f"  - {{name: Dana Whitlock's review, type: priority group, calendar: {OUTSIDE}}}\n"
        agreement = (tmp_path / "agreement.yaml").read_text("utf-8")
        (tmp_path / "agreement.yaml").write_text(agreement.replace("\ngroups:\n", f"\ngroups:\n{locked}", 1))
        assert served.typed("watch", "--once", "--now", NOW).returncode in (0, 1)
        yield served


def bundle(county: Served, **changed: str) -> tuple[str, dict[str, object]]:
    """The bundle as text, which has to be searched, and as what it says."""
    done = county.typed("support-bundle", "--now", NOW, "--output", "bundle.json", **changed)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Read it before you send it" in done.stdout
    text = (county.folder / "bundle.json").read_text("utf-8")
    return text, dict(json.loads(text))


def secrets_of(county: Served) -> set[str]:
    """Every person, subject and address of the county, its groups, its site, its files and all its settings."""
    agreement = read_agreement(shipped.AGREEMENT)
    names = {group.name for group in agreement.groups} | {
        agreement.name,
        agreement.terms.main,
        OUTSIDE,
        "dana",
    }
    names.add("Admissions Officer")  # who checked the school dates
    given = {text for name, text in county.settings.items() if name not in ("MODE",) and len(text) > 3}
    words = words_of(county.world) | {one.casefold() for one in names | given | {SITE, str(county.folder)}}
    return words - COMMON


def test_no_name_no_subject_and_no_address_is_in_it(county: Served) -> None:
    text, _ = bundle(county)
    assert len(secrets_of(county)) > 100
    assert told_in(text.splitlines(), secrets_of(county)) == []
    assert "@" not in text
    assert "://" not in text


def test_it_says_how_the_program_is(county: Served) -> None:
    _, said = bundle(county)
    assert set(said) == {"made_at", "versions", "settings", "doctor", "health", "counts", "refused"}
    assert f"{PREFIX}TEAMS_WORKFLOW_URL" in said["settings"]["given"]
    assert said["settings"]["values"][f"{PREFIX}MODE"] == "tell"
    assert f"Calendar [calendar {key_of(MAILBOX)}]" in {one["what"] for one in said["doctor"]}
    assert {one["state"] for one in said["doctor"]} == {"well", "look", "wrong"}
    assert key_of(BOARD) in json.dumps(said["health"]["calendars"])
    assert said["counts"]["promises_on"] == ["P01", "P04", "P05"]
    assert said["counts"]["alerts"]
    [refused] = [one for one in said["refused"] if one["status"] == 403]
    assert (refused["calendar"], len(refused["request"])) == (key_of(OUTSIDE), 36)


def test_with_a_broken_set_up_it_is_made_all_the_same(county: Served) -> None:
    broken = "agreement: Dana's own\npromises: [\n"
    (county.folder / "agreement.yaml").write_text(broken)
    text, said = bundle(
        county, MODE="shout", SENDER="dana at council", SITE="nowhere", LEDGER="sqlite:///no/such/x"
    )
    assert said["health"] is None
    assert [one["state"] for one in said["doctor"]].count("wrong") >= 4
    assert told_in(text.splitlines(), {"dana", "nowhere", "no/such", str(county.folder).casefold()}) == []


def test_a_place_that_can_not_be_written_is_one_sentence(county: Served) -> None:
    done = county.typed("support-bundle", "--now", NOW, "--output", "no/such/folder/bundle.json")
    assert done.returncode == 2
    assert done.stderr == (
        "no/such/folder/bundle.json: it can't be written (No such file or directory). Name another with --output.\n"
    )
