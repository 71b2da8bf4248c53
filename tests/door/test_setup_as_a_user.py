"""`protocol-watch setup` as a user types it: seven series are proposed, and written only after a yes."""

import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.sites import Item
from functions.files import shipped
from models.register import register_list
from reading.agreements import read_agreement
from tests.door.served_county import Served, served_county
from tests.door.typing_it import typed_with
from tests.stories.stage import made_list

MAILBOX = "send.partnership@council.example"
COUNTY = "send.county@council.example"
NOW = ("--now", "2026-11-05T09:15")  # Thursday
MINE = ("--agreement", "mine.yaml")
SEEN = {
    "Officers and Forum monthly catch-up": "officers and forum",
    "Inclusion Task and Finish Group": "task and finish group",
    "SEND Executive Group": "executive group",
    "SEND Operations Group": "operations group",
    "SEND Partnership Board": "partnership group",
    "Communications Priority Group": "priority group",
    "Engagement event": "engagement event",
}
AWAITED = {"Executive and Forum": "steering meeting", "Formal consultations": "formal consultation"}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    with served_county(tmp_path) as served:
        proofs = {"TENANT_ID": "", "CLIENT_ID": "", "CERTIFICATE_PATH": "", "AGREEMENT": ""}
        served.settings |= proofs | {"TOKEN": next(iter(served.world.bearers))}
        yield served


def answered(county: Served, answer: str, *words: str) -> subprocess.CompletedProcess[str]:
    """What a command prints to somebody who types an answer."""
    told = {f"PROTOCOL_WATCH_{name}": text for name, text in county.settings.items() if text}
    return typed_with(told | {"SSL_CERT_FILE": county.ca_file}, county.folder, *words, answer=answer)


def test_seven_series_are_proposed_and_nothing_is_written_without_a_yes(county: Served) -> None:
    done = county.typed("setup", "--mailbox", MAILBOX, *MINE, *NOW)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "7 series look like yours:" in done.stdout
    assert "  - name: Communications Priority Group\n" in done.stdout
    assert "Papers were seen ticked in the Papers list." in done.stdout
    assert "Nothing was written." in done.stdout
    assert "Marlowe" not in done.stdout + done.stderr
    assert not (county.folder / "mine.yaml").exists()


def contacts(county: Served, *rows: tuple[str, str, str]) -> None:
    """The list of contacts holds these roles, partners and addresses."""
    items = tuple(
        Item(number, {"Title": role, "Partner": partner, "Address": address})
        for number, (role, partner, address) in enumerate(rows, start=1)
    )
    site = county.world.sites[0]
    made = replace(made_list(register_list("Contacts")), items=items)
    county.world.sites[0] = replace(site, lists=(*site.lists, made))


def test_the_role_that_calls_a_group_is_proposed_as_its_officer_and_nobody_is_named(county: Served) -> None:
    """Of three who call meetings, the list knows two; one of these works for a partner."""
    contacts(
        county,
        ("Partnership Manager", "council", "Partnership.Manager@council.example"),
        ("Designated Clinical Officer", "NHS", "omar.fielding@council.example"),
    )
    done = county.typed("setup", "--mailbox", MAILBOX, "--yes", *MINE, *NOW)
    assert done.returncode == 0, done.stdout + done.stderr
    said = " ".join(done.stdout.split())
    assert said.count("The Partnership Manager calls it, so that role is down as its officer") == 2
    assert said.count("It is called by 1 person of yours who is not in the list of contacts: say") == 2
    assert said.count("It is called by nobody of yours that we could see: say") == 3
    assert not re.search("dana|whitlock|omar|fielding|partnership.manager@", said, re.IGNORECASE)
    groups = read_agreement(county.folder / "mine.yaml").groups
    assert {group.name: group.officer for group in groups if group.officer} == {
        "Officers and Forum monthly catch-up": "Partnership Manager",
        "SEND Partnership Board": "Partnership Manager",
    }
    assert "Some groups have no officer yet." in said


@pytest.mark.parametrize("answer", ["", "\n", "n\n", "yess\n"])
def test_anything_but_y_is_no(county: Served, answer: str) -> None:
    done = answered(county, answer, "setup", "--mailbox", MAILBOX, *MINE, *NOW)
    assert done.returncode == 1
    assert not (county.folder / "mine.yaml").exists()


def test_a_typed_y_writes_and_twice_proposes_nothing_new(county: Served) -> None:
    done = answered(county, "y\n", "setup", "--mailbox", MAILBOX, *MINE, *NOW)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "mine.yaml was made, as a copy of the shipped agreement, with 9 groups." in done.stdout
    written = (county.folder / "mine.yaml").read_bytes()
    agreement = read_agreement(county.folder / "mine.yaml")
    assert {group.name: group.type for group in agreement.groups} == SEEN | AWAITED
    assert {group.calendar for group in agreement.groups} == {MAILBOX}
    assert agreement.promises == read_agreement(shipped.AGREEMENT).promises
    again = county.typed("setup", "--yes", *MINE, *NOW)
    assert again.returncode == 0
    assert "Nothing new to propose." in again.stdout
    assert (county.folder / "mine.yaml").read_bytes() == written


def test_what_it_wrote_places_every_meeting_that_it_showed(county: Served) -> None:
    county.typed("setup", "--mailbox", MAILBOX, "--yes", *MINE, *NOW)
    done = county.typed(
        "watch", "--once", "--format", "json", "--now", "2026-11-05T09:15", AGREEMENT="mine.yaml"
    )
    found = json.loads(done.stdout)
    groups = {one["meeting"]["group"] for one in found["findings"] if "meeting" in one}
    assert set(SEEN) - {"Engagement event"} <= groups


def test_existing_groups_are_kept_and_new_ones_added_to_a_file(county: Served) -> None:
    path = county.folder / "mine.yaml"
    county.typed("setup", "--mailbox", MAILBOX, "--yes", *MINE, *NOW)
    before = path.read_bytes()
    done = county.typed("setup", "--mailbox", COUNTY, "--yes", *MINE, *NOW)
    assert done.returncode == 0, done.stdout + done.stderr
    agreement = read_agreement(path)
    names = {group.name: group.calendar for group in agreement.groups}
    assert names["Health Priority Group"] == COUNTY
    assert names["SEND Partnership Board"] == MAILBOX
    assert "Which group is 'SEND Partnership Board'" in done.stdout
    assert path.read_bytes().startswith(before[: before.index(b"\npromises:")].rstrip())


def test_the_json_is_for_programs_and_asks_nobody(county: Served) -> None:
    done = county.typed("setup", "--mailbox", MAILBOX, "--format", "json", *MINE, *NOW)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert {one["name"]: one["type"] for one in found["proposals"]} == SEEN
    assert found["window"] == {"from": "2026-10-05", "to": "2026-12-07"}
    assert found["written"] is False
    wrote = county.typed("setup", "--mailbox", MAILBOX, "--format", "json", "--yes", *MINE, *NOW)
    assert wrote.returncode == 0
    assert json.loads(wrote.stdout)["written"] is True


def test_a_mailbox_that_is_refused_is_told_and_the_others_go_on(county: Served) -> None:
    boxes = ("--mailbox", "dana.whitlock@council.example", "--mailbox", MAILBOX)
    done = county.typed("setup", *boxes, "--yes", *MINE, *NOW)
    assert done.returncode == 1
    assert "Application Calendars.Read" in done.stdout
    assert "7 series look like yours:" in done.stdout
    assert {group.calendar for group in read_agreement(county.folder / "mine.yaml").groups} == {MAILBOX}


def test_without_any_readable_mailbox_it_stops(county: Served) -> None:
    done = county.typed("setup", "--mailbox", "dana.whitlock@council.example", "--yes", *MINE, *NOW)
    assert done.returncode == 2
    assert not (county.folder / "mine.yaml").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["setup", *MINE], "Name the shared mailbox"),
        (["setup", "--mailbox", "the board"], "'the board' is not a mail address"),
        (["setup", "--agreement", "broken.yaml"], "broken.yaml"),
    ],
)
def test_what_can_not_be_done_is_one_sentence(county: Served, words: list[str], said: str) -> None:
    (county.folder / "broken.yaml").write_text("groups: [", "utf-8")
    done = county.typed(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_settings_it_says_what_is_lacking(tmp_path: Path) -> None:
    done = Served(tmp_path, world=None).typed("setup", "--mailbox", MAILBOX)  # type: ignore[arg-type]
    assert done.returncode == 2
    assert "Nobody can sign in" in done.stderr
