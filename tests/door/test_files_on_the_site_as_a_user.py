"""An agreement that lies in a library of the site serves every command, and what is wrong with it has its place."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from emulator.drives import Drive, DriveItem
from tests.door.served_county import BOARD, Served, served_county

THERE = "sharepoint:Settings/Watch"
RENAMED = "Partnership Board of Millbrook"


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served_county(tmp_path_factory.mktemp("county")) as served:
        served.settings["AGREEMENT"] = THERE
        yield served


def upload(county: Served, agreement: str) -> None:
    """The library now holds this agreement."""
    items = (
        DriveItem(1, "Watch", folder=True),
        DriveItem(2, "agreement.yaml", 1, content=agreement.encode()),
    )
    county.world.sites = [
        replace(site, drives=(Drive("Settings", "Settings", items),)) for site in county.world.sites
    ]


@pytest.fixture
def agreement(county: Served) -> str:
    """Lancashire's, with a group of another name, so that no shipped file can be taken for it."""
    text = (Path(county.folder) / "agreement.yaml").read_text("utf-8")
    return text.replace(f"name: {BOARD}", f"name: {RENAMED}")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("release",), 2),
        (("release", RENAMED), 0),
        (("doctor",), None),
        (("provision", "--dry-run"), None),
        (("report", "--quarter", "2026/27-Q2", "--now", "2026-11-02"), None),
        (("dpia",), 0),
        (("data", "kept"), 0),
        (("support-bundle", "--output", "bundle.json"), 0),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else "",
)
def test_every_command_reads_it_there(
    county: Served, agreement: str, words: tuple[str, ...], code: int | None
) -> None:
    upload(county, agreement)
    if words[0] == "support-bundle":
        county.typed("release", RENAMED)  # which makes the ledger, if nothing did
    done = county.typed(*words)
    assert "can't be read" not in done.stdout + done.stderr
    assert "sharepoint:" not in done.stderr, done.stderr
    assert code is None or done.returncode == code, done.stderr
    if words == ("release",):
        assert RENAMED in done.stdout
    if words[0] == "support-bundle":
        bundle = (county.folder / "bundle.json").read_text("utf-8")
        assert json.loads(bundle)["counts"]["groups"] > 0
        assert RENAMED not in bundle


def test_setup_makes_a_copy_here_with_the_new_groups_for_a_person_to_upload(
    county: Served, agreement: str
) -> None:
    upload(county, agreement)
    asked = ("setup", "--mailbox", "send.county@council.example", "--yes", "--now", "2026-11-02")
    kept = (county.folder / "agreement.yaml").read_bytes()
    stopped = county.typed(*asked)
    assert stopped.returncode == 2
    assert "such a file lies here already" in stopped.stderr
    assert (county.folder / "agreement.yaml").read_bytes() == kept
    (county.folder / "agreement.yaml").rename(county.folder / "kept.yaml")
    done = county.typed(*asked)
    made = county.folder / "agreement.yaml"
    text = made.read_text("utf-8") if made.exists() else ""
    made.unlink(missing_ok=True)
    (county.folder / "kept.yaml").rename(made)
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"upload it to {THERE}" in done.stdout
    assert f"name: {RENAMED}" in text
    assert len(text) > len(agreement)


@pytest.mark.parametrize("words", [("release",), ("doctor",)], ids=" ".join)
def test_a_slip_in_it_is_told_with_its_place_on_the_site(
    county: Served, agreement: str, words: tuple[str, ...]
) -> None:
    upload(county, agreement.replace("operator: window", "operator: windw", 1))
    done = county.typed(*words)
    assert done.returncode == 2
    said = " ".join((done.stdout + done.stderr).split())
    assert "windw" in said
    assert "sharepoint:Settings/Watch/agreement.yaml" in said or "agreement.yaml" in said
    assert "/AGREEMENT/" not in said  # the folder to which it was brought is nobody's matter


def test_a_library_that_is_gone_is_said_in_a_sentence(county: Served) -> None:
    done = county.typed("release", AGREEMENT="sharepoint:Nowhere")
    assert done.returncode == 2
    assert "there is no 'sharepoint:Nowhere' on the site" in done.stderr
