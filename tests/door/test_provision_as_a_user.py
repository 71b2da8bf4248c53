"""`protocol-watch provision` as a user types it: twice changes nothing, and nothing people made is deleted."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from emulator.mailboxes import Event, ListedEvents, Mailbox, Person
from emulator.outside import Reply
from emulator.sites import Column, Item, SharePointList
from models.register import register_list
from tests.door.served_county import SITE, Served, served_county

MAILBOX = "send.partnership@council.example"
CLIENT = "7b9a2c4e-1d3f-4a5b-8c6d-0e1f2a3b4c5d"
NOW = ("--now", "2026-11-05T09:15")  # Thursday
FIRST = ["Groups", "Forum reps", "Contacts", "Papers"]
SHOWN = ["Needs you", "Promises", "Quarter"]
HEARS = {"PUBLIC_URL": "https://protocol-watch.example", "CLIENT_STATE": "a-word-that-nobody-else-can-guess"}


@pytest.fixture
def county(tmp_path: Path) -> Iterator[Served]:
    """The county, whose administrator has granted `manage` and whose app answers the handshake."""
    with served_county(tmp_path) as served:
        proofs = {"TENANT_ID": "", "CERTIFICATE_PATH": ""}
        served.settings |= proofs | {"TOKEN": next(iter(served.world.bearers))}
        served.world.outside = _answers
        served.world.clock = datetime(2026, 11, 5, 9, 15, tzinfo=UTC).timestamp
        grant(served, "manage")
        yield served


def _answers(url: str, _content: bytes, _media: str, _seconds: float) -> Reply:
    return Reply(200, parse_qs(urlsplit(url).query)["validationToken"][0], "text/plain")


def grant(county: Served, role: str) -> None:
    county.world.change_app(site_roles={"council.sharepoint.example/sites/send-partnership": role})


def lists(county: Served) -> dict[str, SharePointList]:
    return {one.name: one for one in county.world.sites[0].lists}


def provisioned(county: Served, code: int, *words: str, **changed: str) -> dict[str, object]:
    done = county.typed("provision", "--format", "json", *NOW, *words, **changed)
    assert done.returncode == code, done.stdout + done.stderr
    return json.loads(done.stdout)


def test_the_first_lists_are_made_and_twice_changes_nothing(county: Served) -> None:
    done = county.typed("provision", *NOW)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "List 'Groups': made." in done.stdout
    assert "-Role write" in done.stdout
    assert set(lists(county)) == {*FIRST, *SHOWN}
    made = [one.name for one in lists(county)["Contacts"].columns]
    assert made == [column.name for column in register_list("Contacts").columns]
    before = county.world.sites[0]
    again = county.typed("provision", *NOW)
    assert again.returncode == 0
    assert again.stdout.count("there, nothing to do.") == 7
    assert "-Role" not in again.stdout
    assert county.world.sites[0] == before


def test_a_dry_run_says_it_and_does_nothing(county: Served) -> None:
    before = county.world.sites[0]
    found = provisioned(county, 1, "--dry-run", **HEARS)
    assert [one["name"] for one in found["lists"] if one["made"]] == [*FIRST[:3], *SHOWN]
    assert found["subscriptions"]["made"] == 1
    assert county.world.sites[0] == before
    assert county.world.subscriptions == {}
    assert not (county.folder / "ledger.sqlite3").exists()
    done = county.typed("provision", "--dry-run", *NOW)
    assert "This only says what would be done." in done.stdout
    assert "List 'Groups': would be made." in done.stdout


def test_drift_is_mended_and_what_people_made_is_left(county: Served) -> None:
    provisioned(county, 0)
    contacts = lists(county)["Contacts"]
    kept = tuple(one for one in contacts.columns if one.name not in ("StandIn", "Address"))
    own = (Column("Address", kind="number"), Column("Birthday", kind="text"))
    rows = (Item(1, {"Title": "Board Manager"}),)
    county.world.put_site(
        county.world.sites[0].with_list(replace(contacts, columns=(*kept, *own), items=rows))
    )
    found = provisioned(county, 0)
    [mended] = [one for one in found["lists"] if one["name"] == "Contacts"]
    assert mended["added"] == ["StandIn"]
    assert "is of another kind than text: rename it" in mended["looks"][0]
    now = lists(county)["Contacts"]
    assert {"Birthday", "StandIn"} <= {one.name for one in now.columns}
    assert next(one for one in now.columns if one.name == "Address").kind == "number"
    assert now.items == rows


def test_a_promise_that_is_turned_on_brings_its_list(county: Served) -> None:
    path = county.folder / "agreement.yaml"
    text = path.read_text("utf-8")
    changed = [
        one.replace("on: false", "on: true") if "item: venue" in one and "not yet" not in one else one
        for one in text.split("  - id: ")
    ]
    path.write_text("  - id: ".join(changed), "utf-8")
    provisioned(county, 0)
    assert "Venues" in lists(county)


def test_without_the_right_the_request_to_an_administrator_is_printed(county: Served) -> None:
    grant(county, "write")
    done = county.typed("provision", *NOW)
    assert done.returncode == 2
    assert f"./infra/scripts/Grant-Site.ps1 -Site {SITE} -AppId {CLIENT} -Role manage" in done.stdout, (
        done.stdout
    )
    assert set(lists(county)) == {"Papers"}


def test_a_site_that_is_refused_whole_is_told_once_and_the_request_can_be_saved(county: Served) -> None:
    county.world.change_app(site_roles={})
    done = county.typed("provision", "--grant-request", "request.json", *NOW)
    assert done.returncode == 2
    assert done.stdout.count("Grant-Site.ps1") == 1
    assert "is written to request.json" in done.stdout
    saved = json.loads((county.folder / "request.json").read_text("utf-8"))
    host, path = SITE.removeprefix("https://").split("/", 1)
    assert saved["method"] == "POST"
    assert saved["address"] == f"{county.settings['GRAPH_URL']}/sites/{host}:/{path}:/permissions"
    [granted] = saved["body"]["grantedToIdentities"]
    assert (saved["body"]["roles"], granted["application"]["id"]) == (["manage"], CLIENT)
    assert saved["powershell"] == f"./infra/scripts/Grant-Site.ps1 -Site {SITE} -AppId {CLIENT} -Role manage"


def test_a_site_that_does_not_exist_needs_no_grant(county: Served) -> None:
    done = county.typed("provision", *NOW, SITE="https://council.sharepoint.example/sites/nowhere")
    assert done.returncode == 2
    assert "check the spelling" in done.stdout
    assert "Grant-Site.ps1" not in done.stdout


def test_without_a_site_it_says_so(county: Served) -> None:
    done = county.typed("provision", *NOW, SITE="")
    assert done.returncode == 0
    assert "set PROTOCOL_WATCH_SITE" in done.stdout


def test_subscriptions_are_made_once(county: Served) -> None:
    assert provisioned(county, 0, **HEARS)["subscriptions"]["made"] == 1
    [first] = county.world.subscriptions
    again = provisioned(county, 0, **HEARS)["subscriptions"]
    assert (again["made"], again["removed"], again["failed"]) == (0, 0, 0)
    assert list(county.world.subscriptions) == [first]


def test_a_new_word_needs_new_subscriptions(county: Served) -> None:
    provisioned(county, 0, **HEARS)
    [first] = county.world.subscriptions
    told = HEARS | {"CLIENT_STATE": "another-word-that-nobody-can-guess"}
    done = provisioned(county, 0, "--resubscribe", **told)["subscriptions"]
    assert (done["made"], done["removed"]) == (1, 1)
    [second] = county.world.subscriptions.values()
    assert second.id != first
    assert second.client_state == told["CLIENT_STATE"]


def test_an_app_that_does_not_answer_is_told(county: Served) -> None:
    county.world.outside = lambda *_: Reply(0)
    done = county.typed("provision", *NOW, **HEARS)
    assert done.returncode == 2
    assert "1 subscription could not be made" in done.stdout
    assert HEARS["CLIENT_STATE"] not in done.stdout + done.stderr


def own_diary(county: Served) -> None:
    """A calendar with a private appointment of its own."""
    starts = datetime(2026, 11, 12, 9, tzinfo=UTC)  # Thursday
    owner = Person(MAILBOX)
    events = (Event("uid-1", "Dentist", starts, starts + timedelta(hours=1), owner, sensitivity="private"),)
    county.world.put(Mailbox(MAILBOX, ListedEvents(events)))


def test_a_persons_own_diary_is_refused_until_an_administrator_says_why(county: Served) -> None:
    own_diary(county)
    before = county.world.sites[0]
    done = county.typed("provision", *NOW)
    assert done.returncode == 2
    assert "looks like a person's own diary: it has 1 private appointment of its own" in done.stdout
    assert "Dentist" not in done.stdout
    assert county.world.sites[0] == before
    reason = "the clerk agreed in writing"
    said = county.typed("provision", "--own-diary", reason, *NOW)
    assert said.returncode == 0, said.stdout + said.stderr
    assert reason in said.stdout
    later = county.typed("provision", *NOW)
    assert later.returncode == 0
    assert reason in later.stdout


def test_a_dry_run_remembers_no_reason(county: Served) -> None:
    own_diary(county)
    assert provisioned(county, 1, "--dry-run", "--own-diary", "a reason")["stopped"] is False
    assert provisioned(county, 2)["stopped"] is True


def test_a_calendar_that_says_nothing_is_asked_about(county: Served) -> None:
    county.world.put(Mailbox(MAILBOX, ListedEvents()))
    done = county.typed("provision", *NOW)
    assert done.returncode == 0
    assert (
        "We can't tell whether the calendar of send.partnership@council.example is a shared one"
        in done.stdout
    )


def test_new_words_lie_in_files_and_are_never_shown(county: Served) -> None:
    done = county.typed("provision", "--rotate")
    assert done.returncode == 0
    for name in ("client-state.txt", "signing-key.txt"):
        assert (county.folder / name).read_text() not in done.stdout
    assert "protocol-watch provision --resubscribe" in done.stdout
    assert "The old word is not\nhonoured" in done.stdout
    again = county.typed("provision", "--rotate")
    assert again.returncode == 2
    assert "perhaps with a word that is in use" in again.stderr


def test_rotate_goes_alone(county: Served) -> None:
    assert county.typed("provision", "--rotate", "--dry-run").returncode == 2


def test_a_token_that_is_refused_is_one_sentence(county: Served) -> None:
    done = county.typed("provision", *NOW, TOKEN="no-such-token")
    assert done.returncode == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert "does not accept how we sign in" in done.stdout + done.stderr
