"""`protocol-watch data` as an administrator types it, against the served county."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.door.served_county import Served, served_county


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A county in which one run was made."""
    folder: Path = tmp_path_factory.mktemp("data")
    with served_county(folder) as served:
        assert served.typed("watch", "--once", "--now", "2026-11-02T09:15").returncode in (0, 1)
        yield served


def organiser(county: Served) -> str:
    """The address of somebody whose meeting is in an alert."""
    content = (county.folder / "ledger.sqlite3").read_bytes().decode("utf-8", "replace")
    return str(json.loads('"' + content.partition('"organiser":"')[2].partition('"')[0] + '"'))


def test_what_is_kept_is_said_without_a_sign_in(county: Served) -> None:
    done = county.typed(
        "data", "kept", "--now", "2026-11-02", CERTIFICATE_PATH="", TENANT_ID="", CLIENT_ID=""
    )
    assert done.returncode == 0, done.stderr
    assert "Next review of the agreement: Monday 11 January 2027" not in done.stderr
    assert "What is found today stays until Tuesday 11 January 2028." in done.stdout


def test_nothing_has_had_its_time_on_the_first_day_and_later_something_would(county: Served) -> None:
    done = county.typed("data", "tidy", "--now", "2026-11-02T10:00")
    assert (done.returncode, done.stdout) == (0, "Nothing has had its time.\n"), done.stderr
    later = county.typed("data", "tidy", "--dry-run", "--now", "2028-06-01T03:00", "--format", "json")
    told = json.loads(later.stdout)
    assert told["dry_run"] is True
    assert told["gone"]["alerts without old titles"] > 0
    assert told["unknown"] == []


def test_export_and_erase(county: Served) -> None:
    address = organiser(county)
    assert "@" in address
    held = json.loads(county.typed("data", "export", "--person", address, "--format", "json").stdout)
    assert held["meetings"]
    dry = county.typed("data", "erase", "--person", address, "--dry-run")
    assert "This would be erased here:" in dry.stdout
    no = county.typed("data", "erase", "--person", address)
    assert no.stdout.endswith("Nothing was erased.\n")
    assert no.returncode == 1
    done = county.typed("data", "erase", "--person", address, "--yes")
    assert "This was erased here:" in done.stdout
    assert "an invitation from this person is read again while it is there" in done.stdout
    after = county.typed("data", "export", "--person", address)
    assert after.stdout == f"Nothing is held here about {address}.\n"
    assert after.returncode == 0


def test_what_is_no_address_is_told(county: Served) -> None:
    done = county.typed("data", "export", "--person", "Sam Hill")
    assert done.returncode == 2
    assert done.stderr == ("--person: 'Sam Hill' is not a mail address. Write it as sam.hill@mail.example.\n")
