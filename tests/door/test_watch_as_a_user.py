"""`protocol-watch watch --once` as a user types it: a subprocess, real https, and cards where they were sent."""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from emulator.mailboxes import ListedEvents, Mailbox
from tests.door.served_county import BOARD, Served, served_county

MAILBOX = "send.partnership@council.example"
THURSDAY, FRIDAY = "2026-11-05", "2026-11-06"
FIELDS = {"key", "channel", "state", "about", "not_before", "note"}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    with served_county(tmp_path) as served:
        yield served


def run(county: Served, now: str, **changed: str) -> tuple[dict, int, str]:
    """The JSON of one run, its exit code, and what it said on standard error."""
    done = county.typed("watch", "--once", "--format", "json", "--now", now, **changed)
    assert done.stdout, done.stderr
    return json.loads(done.stdout), done.returncode, done.stderr


def sentences(done: subprocess.CompletedProcess[str]) -> list[str]:
    assert "Traceback" not in done.stderr
    return done.stderr.splitlines()


def test_the_quiet_first_day_then_a_release_then_cards_and_nothing_twice(county: Served) -> None:
    first, code, _ = run(county, f"{THURSDAY}T09:15")
    assert code == 1
    assert [one["channel"] for one in first["deliveries"] if one["state"] == "paid"] == ["manager"]
    assert county.cards("officers") == []

    released = county.typed("release", BOARD, "communications priority group", "--now", f"{THURSDAY}T10:00")
    assert released.returncode == 0
    assert len(released.stdout.splitlines()) == 2

    waits, _, _ = run(county, f"{THURSDAY}T10:00")
    owed = [one for one in waits["deliveries"] if one["state"] == "owed"]
    assert owed
    assert {one["not_before"] for one in owed} == {f"{THURSDAY}T13:15:00+00:00"}
    assert county.cards("officers") == []

    told, _, _ = run(county, f"{THURSDAY}T13:15")
    assert {one["state"] for one in told["deliveries"]} == {"paid"}
    cards = len(county.cards("officers"))
    assert cards
    again, _, _ = run(county, f"{FRIDAY}T09:15")
    assert [one for one in again["deliveries"] if one["channel"] == "teams"] == []
    assert len(county.cards("officers")) == cards


def test_the_json_is_that_of_check_with_deliveries_and_calendars(county: Served) -> None:
    told, _, _ = run(county, f"{THURSDAY}T09:15")
    empty = county.folder / "empty.csv"
    empty.write_text("date,start_time,title\n2026-12-11,10:00,Partnership Board\n")
    checked = json.loads(county.typed("check", "empty.csv", "--format", "json").stdout)
    assert set(told) == set(checked) | {"deliveries", "calendars"}
    assert all(set(one) == FIELDS for one in told["deliveries"])
    [calendar] = told["calendars"]
    assert calendar["name"] == MAILBOX
    assert calendar["read_at"].startswith(f"{THURSDAY}T09:15")
    assert calendar["meetings"] > 0
    assert calendar["why_not"] == ""
    assert told["window"] == {"from": "2026-10-01", "to": "2027-12-06"}


def test_observing_tells_nobody_but_the_manager(county: Served) -> None:
    county.typed("release", "--all", MODE="observe")
    told, _, _ = run(county, f"{THURSDAY}T09:15", MODE="observe")
    assert {one["channel"] for one in told["deliveries"] if one["state"] == "paid"} <= {"manager"}
    assert county.cards("officers") == []
    text = county.typed("watch", "--once", "--now", f"{THURSDAY}T13:15", MODE="observe").stdout
    assert "'observe': nobody is told but the partnership manager" in text


def test_the_text_says_what_was_read_and_found_and_who_was_told(county: Served) -> None:
    done = county.typed("watch", "--once", "--now", f"{THURSDAY}T09:15")
    assert done.returncode == 1
    for words in (
        "meetings in 1 calendar, Thursday 1 October 2026 to",
        "What needs a look",
        f"  {BOARD}\n",
        "The partnership manager's chat: 1 delivery.",
        "groups still quiet",
        "Which group is this?",
    ):
        assert words in done.stdout, words
    assert done.stderr == ""
    assert "11 of 12 dates start at 9:30am" in " ".join(done.stdout.split())  # a series is one line
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_what_is_private_and_nobodys_address_stay_out_of_cards(county: Served) -> None:
    county.typed("release", "--all", "--now", f"{THURSDAY}T09:00")
    for now in (f"{THURSDAY}T09:15", f"{THURSDAY}T13:15"):
        run(county, now)
    cards = json.dumps([*county.cards("officers"), *county.cards("partnership-manager")])
    assert "@" not in cards


def second_calendar(county: Served, address: str) -> None:
    """From now on one group meets in another mailbox."""
    path = county.folder / "agreement.yaml"
    begins, found, rest = path.read_text("utf-8").partition(f"- name: {BOARD}")
    path.write_text(begins + found + rest.replace(MAILBOX, address, 1), "utf-8")


@pytest.mark.parametrize("locked", ["dana.whitlock@council.example", "gone@council.example"])
def test_a_calendar_that_cannot_be_read_is_told_and_the_others_go_on(county: Served, locked: str) -> None:
    second_calendar(county, locked)
    told, code, said = run(county, f"{THURSDAY}T09:15")
    assert code == 1
    calendars = {one["name"]: one for one in told["calendars"]}
    assert calendars[locked]["read_at"] is None
    assert locked in calendars[locked]["why_not"]
    assert calendars[locked]["why_not"] in told["faults"]
    assert calendars[MAILBOX]["meetings"] > 0
    assert locked in said
    assert "1 calendar could not be read" in county.typed("watch", "--once").stdout


def test_nothing_readable_at_all_is_a_fault_of_the_set_up(county: Served) -> None:
    county.world.change_app(mailboxes=frozenset())
    told, code, said = run(county, f"{THURSDAY}T09:15")
    assert code == 2
    assert told["findings"] == []
    assert MAILBOX in said


def test_an_empty_calendar_in_a_quiet_week_is_all_well(county: Served) -> None:
    county.world.put(Mailbox(MAILBOX, ListedEvents(), "Nothing in it"))
    told, code, said = run(county, f"{THURSDAY}T09:15")
    assert [one for one in told["findings"] if one["found"]] == []
    assert (code, said) == (0, "")
    assert any("which meeting is it for?" in note for note in told["notes"])  # rows whose meetings are gone


def test_a_register_that_cannot_be_read_is_told(county: Served) -> None:
    told, code, said = run(
        county, f"{THURSDAY}T09:15", SITE="https://council.sharepoint.example/sites/finance"
    )
    assert code == 1
    assert "sites/finance" in said
    assert any("sites/finance" in fault for fault in told["faults"])


def test_a_workflow_that_fails_keeps_the_card_until_it_works(county: Served) -> None:
    good = county.settings["MANAGER_WORKFLOW_URL"]
    told, code, _ = run(county, f"{THURSDAY}T09:15", MANAGER_WORKFLOW_URL=good.replace("sig=", "sig=not-"))
    assert code == 1
    [waits] = told["deliveries"]
    assert waits["state"] == "owed"
    assert "ask its owner whether the workflow is still on" in waits["note"]
    told, _, _ = run(county, f"{THURSDAY}T13:15")
    assert [one["state"] for one in told["deliveries"]] == ["paid"]
    assert len(county.cards("partnership-manager")) == 1


@pytest.mark.parametrize(
    ("words", "changed", "sentence"),
    [
        (("watch",), {}, "This computer runs it once, and the cloud runs it all the time"),
        (("watch", "--once"), {"TENANT_ID": ""}, "Nobody can sign in: set PROTOCOL_WATCH_TENANT_ID"),
        (("watch", "--once"), {"LEDGER": "memory"}, "PROTOCOL_WATCH_LEDGER must be sqlite:///"),
        (("watch", "--once"), {"LEDGER": "sqlite:////nowhere/x"}, "its folder does not exist"),
        (("watch", "--once"), {"AGREEMENT": "none.yaml"}, "there is no file and no folder 'none.yaml'"),
        (("watch", "--once"), {"TERMS": "sharepoint:Terms"}, "there is no 'sharepoint:Terms' on the site"),
        (("watch", "--once", "--now", "soon"), {}, "--now: 'soon' is not a day or time"),
    ],
)
def test_what_is_wrong_with_the_set_up_is_said_in_a_sentence(
    county: Served, words: tuple[str, ...], changed: dict[str, str], sentence: str
) -> None:
    done = county.typed(*words, **changed)
    assert done.returncode == 2
    assert done.stdout == ""
    [said] = sentences(done)
    assert sentence in said


def test_every_fault_of_the_settings_is_named_at_once(county: Served) -> None:
    done = county.typed("watch", "--once", MODE="shout", SITE="our site", DELIVERY_TIMES="late")
    assert done.returncode == 2
    assert len(sentences(done)) == 3


def test_the_settings_that_tenant_prints_are_enough(tmp_path: Path) -> None:
    command = [sys.executable, str(Path(__file__).parents[2] / "command_line.py")]
    with subprocess.Popen(
        [*command, "tenant"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as served:
        assert served.stdout is not None
        printed = ""
        while "REQUESTS_CA_BUNDLE" not in printed:
            line = served.stdout.readline()
            assert line, "it stopped before it said how to reach it"
            printed += line
        told = dict(re.findall(r"(\w+)='([^']*)'", printed)) | {
            "HOME": str(tmp_path),
            "PATH": "/usr/bin:/bin",
        }
        words = ["watch", "--once", "--format", "json", "--now", f"{THURSDAY}T09:15"]
        done = subprocess.run(
            [*command, *words],
            cwd=tmp_path,
            env=told,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        served.send_signal(signal.SIGINT)
        served.communicate(timeout=20)
    assert done.returncode == 1, done.stderr
    [calendar] = json.loads(done.stdout)["calendars"]
    assert calendar["meetings"] > 0
