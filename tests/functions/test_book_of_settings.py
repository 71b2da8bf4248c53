"""The settings name a file or a folder for the agreement, the school dates and the wording."""

from datetime import date
from pathlib import Path
from shutil import copy

import pytest

from functions.files import shipped
from functions.files.book_of_settings import book_from, files_of, texts_from
from functions.settings import PREFIX, Settings, settings
from reading.faults import Unreadable


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A partnership's folder: its agreement, school dates, closed days and wording."""
    copy(shipped.AGREEMENT, tmp_path / "our agreement.yaml")
    copy(shipped.TERMS[0], tmp_path / "term-dates.csv")
    copy(shipped.TERMS[1], tmp_path / "term-dates-schools.csv")
    copy(shipped.WORDING, tmp_path / "wording.yaml")
    (tmp_path / "closed-days.csv").write_text("first_day,last_day,reason\n2026-12-29,,offices closed\n")
    return tmp_path


def told(**given: object) -> Settings:
    return settings({PREFIX + name: str(value) for name, value in given.items()}, signs_in=False)


def faults(**given: object) -> list[str]:
    with pytest.raises(Unreadable) as raised:
        files_of(told(**given))
    return [str(fault) for fault in raised.value.faults]


def test_nothing_named_is_what_is_shipped() -> None:
    read = book_from(told())
    assert read.book.agreement.id == "lancashire-2024"
    assert not read.faults
    assert texts_from(told()).texts.language == "en"


def test_a_folder_has_everything_in_it(folder: Path) -> None:
    files = files_of(told(AGREEMENT=folder, TERMS=folder, WORDING=folder))
    assert files.agreement == folder / "our agreement.yaml"
    assert files.terms == (folder / "term-dates-schools.csv", folder / "term-dates.csv")
    assert files.wording == folder / "wording.yaml"
    assert files.closed_days == folder / "closed-days.csv"


@pytest.mark.parametrize("name", ["AGREEMENT", "TERMS"])
def test_closed_days_beside_them_are_the_partnerships_own(folder: Path, name: str) -> None:
    tuesday = date(2026, 12, 29)
    assert tuesday in book_from(told(**{name: folder})).book.working.closed
    assert tuesday not in book_from(told()).book.working.closed


def test_single_files(folder: Path) -> None:
    files = files_of(told(AGREEMENT=folder / "our agreement.yaml", TERMS=folder / "term-dates.csv"))
    assert files.terms == (folder / "term-dates.csv",)
    assert files.closed_days is None


def test_two_agreements_in_one_folder_are_one_too_many(folder: Path) -> None:
    copy(shipped.AGREEMENT, folder / "older.yaml")
    [fault] = faults(AGREEMENT=folder)
    assert "more than one: older.yaml and our agreement.yaml. Name the file you mean." in fault


def test_everything_wrong_is_named_at_once(tmp_path: Path) -> None:
    said = faults(
        AGREEMENT=tmp_path / "none.yaml", TERMS=tmp_path, WORDING="sharepoint:Settings/wording.yaml"
    )
    assert [one.split(":")[0] for one in said] == [
        "PROTOCOL_WATCH_AGREEMENT",
        "PROTOCOL_WATCH_TERMS",
        "PROTOCOL_WATCH_WORDING",
    ]
    assert "there is no file and no folder" in said[0]
    assert "has no file term-dates" in said[1]
    assert "this can't read a place on the site ('sharepoint:Settings/wording.yaml')" in said[2]


def test_an_empty_folder_has_no_agreement_and_no_wording(tmp_path: Path) -> None:
    said = faults(AGREEMENT=tmp_path, WORDING=tmp_path)
    assert "has no agreement (one .yaml file)" in said[0]
    assert "has no file wording.yaml" in said[1]
