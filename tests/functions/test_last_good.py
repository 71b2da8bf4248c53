"""A slip in an upload stops nothing: the last good files serve, and the manager hears what to mend and where."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from pathlib import Path

import pytest

from functions.files import shipped
from functions.files.last_good import SetUp, set_up
from functions.settings import PREFIX, Settings, settings
from functions.telling.needs import FILES, needs_of
from functions.telling.release import WHOLE, print_of_terms
from ledger import open_ledger
from ledger.port import Ledger
from models.days import LONDON
from reading.faults import Unreadable

MONDAY = datetime(2026, 11, 2, 6, 0, tzinfo=LONDON)
TUESDAY = datetime(2026, 11, 3, 6, 0, tzinfo=LONDON)
CLOSED = "first_day,last_day,reason\n2026-12-29,,Council closed\n"
OWN_WORDS = 'language: en\ntexts:\n  en:\n    card:\n      more: "Why"\n'


@pytest.fixture
async def ledger(tmp_path: Path) -> AsyncIterator[Ledger]:
    async with open_ledger(f"sqlite:///{tmp_path / 'ledger.sqlite3'}") as opened:
        yield opened


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The council's own copies of everything that can be edited."""
    folder = tmp_path / "partnership"
    folder.mkdir()
    (folder / "agreement.yaml").write_text(shipped.AGREEMENT.read_text("utf-8"), "utf-8")
    (folder / "term-dates.csv").write_text(shipped.TERMS[0].read_text("utf-8"), "utf-8")
    (folder / "closed-days.csv").write_text(CLOSED)
    (folder / "wording.yaml").write_text(OWN_WORDS)
    return folder


def told(folder: Path) -> Settings:
    given = {"AGREEMENT": folder, "TERMS": folder, "WORDING": folder}
    return settings({f"{PREFIX}{name}": str(path) for name, path in given.items()}, signs_in=False)


async def asked(ledger: Ledger) -> list[str]:
    return list((await ledger.remembered(WHOLE)).get(FILES, {}).get("questions", ()))


async def test_files_in_order_serve_and_nothing_is_asked(folder: Path, ledger: Ledger) -> None:
    found = await set_up(told(folder), ledger, MONDAY)
    assert found.faults == ()
    assert await asked(ledger) == []
    assert date(2026, 12, 29) in found.read.book.working.closed  # Tuesday
    assert found.texts.texts.say("card.more") == "Why"


async def test_a_broken_agreement_gives_way_to_the_last_good_one(folder: Path, ledger: Ledger) -> None:
    before = await set_up(told(folder), ledger, MONDAY)
    text = (folder / "agreement.yaml").read_text("utf-8")
    (folder / "agreement.yaml").write_text(text.replace("operator: window", "operator: windw", 1), "utf-8")
    line = 1 + text[: text.index("operator: window")].count("\n")
    after = await set_up(told(folder), ledger, TUESDAY)
    assert used(after) == used(before)
    assert [(Path(fault.file).name, fault.line) for fault in after.faults] == [("agreement.yaml", line)]
    [question] = await asked(ledger)
    assert question.startswith(
        "The agreement can't be used before this is mended. The one that we have had since 2 November 2026 "
        f"will do until then. agreement.yaml, line {line}: "
    )
    assert str(folder) not in question
    needs = await needs_of(ledger, after.read.book, observing=False)
    assert question in needs.questions, "it stands on the manager's list"


async def test_once_it_is_mended_nothing_is_asked_and_the_mended_one_is_the_last_good(
    folder: Path, ledger: Ledger
) -> None:
    good = (folder / "agreement.yaml").read_text("utf-8")
    await set_up(told(folder), ledger, MONDAY)
    (folder / "agreement.yaml").write_text("agreement: [\n")
    await set_up(told(folder), ledger, TUESDAY)
    (folder / "agreement.yaml").write_text(good.replace('from: "10:00"', 'from: "10:30"', 1), "utf-8")
    mended = await set_up(told(folder), ledger, TUESDAY)
    assert await asked(ledger) == []
    (folder / "agreement.yaml").write_text("agreement: [\n")
    assert used(await set_up(told(folder), ledger, TUESDAY)) == used(mended)


async def test_what_was_never_good_is_refused(folder: Path, ledger: Ledger) -> None:
    (folder / "agreement.yaml").write_text("agreement: [\n")
    with pytest.raises(Unreadable, match=r"agreement\.yaml"):
        await set_up(told(folder), ledger, MONDAY)


async def test_a_folder_that_went_away_gives_way_too(folder: Path, ledger: Ledger) -> None:
    before = await set_up(told(folder), ledger, MONDAY)
    folder.rename(folder.parent / "moved")
    after = await set_up(told(folder), ledger, TUESDAY)
    assert used(after) == used(before)
    assert after.texts.texts.say("card.more") == "Why"
    questions = await asked(ledger)
    assert len(questions) == 3  # agreement, school dates, wording
    assert all("there is no file and no folder" in question for question in questions)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("term-dates.csv", "The school dates can't be used before this is mended. Those that we have had"),
        ("closed-days.csv", "The closed days can't be used before this is mended. Those that we have had"),
        ("wording.yaml", "The wording can't be used before this is mended. The one that we have had"),
    ],
)
async def test_so_do_dates_and_words(folder: Path, ledger: Ledger, file: str, name: str) -> None:
    before = await set_up(told(folder), ledger, MONDAY)
    (folder / file).write_bytes(b"PK\x03\x04 a spreadsheet")
    after = await set_up(told(folder), ledger, TUESDAY)
    assert used(after) == used(before)
    [question] = await asked(ledger)
    assert question.startswith(name)
    assert file in question


def used(found: SetUp) -> tuple[object, ...]:
    book = found.read.book
    closed = dict(book.working.closed)
    return book.agreement, closed, print_of_terms(book), dict(found.texts.texts.templates)


async def test_one_bad_row_is_told_and_the_rest_of_the_new_file_serves(folder: Path, ledger: Ledger) -> None:
    await set_up(told(folder), ledger, MONDAY)
    (folder / "closed-days.csv").write_text(CLOSED + "2026-12-30,,Closed\n31st or so,,Closed\n")
    found = await set_up(told(folder), ledger, TUESDAY)
    assert date(2026, 12, 30) in found.read.book.working.closed  # Wednesday
    [question] = await asked(ledger)
    assert question.startswith("closed-days.csv, line 4: ")


async def test_the_shipped_files_serve_where_nothing_is_set(ledger: Ledger) -> None:
    found = await set_up(settings({}, signs_in=False), ledger, MONDAY)
    assert found.faults == ()
    assert "last good agreement" not in await ledger.remembered(WHOLE)
