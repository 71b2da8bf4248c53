"""Broken term files: one sentence each, naming file, line and cure; and whatever the bytes, nothing else.

Each file of tests/reading/terms has its expected sentences beside it, in a .txt of the same name. To add
a case, add the two files.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.bank_holidays import bank_holidays
from reading.closed_days import read_closed_days
from reading.faults import Fault, Unreadable
from reading.terms import read_terms

FOLDER = Path(__file__).parent / "terms"
FILES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".csv", ".ics"))
NO_SENTENCE = ("Traceback", "Error(", str(FOLDER.parent.parent))


def sentences(path: Path) -> list[str]:
    """Everything that is said about a file: unreadable, not used, or used with a doubt."""
    try:
        calendars, faults = read_terms(path, bank_holidays())
    except Unreadable as unreadable:
        return [f"unreadable: {fault}" for fault in unreadable.faults]
    doubts = [doubt for calendar in calendars for doubt in calendar.doubts]
    return [*(f"not used: {fault}" for fault in faults), *(f"look again: {doubt}" for doubt in doubts)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_broken_file_gets_its_sentence(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FOLDER)
    expected = Path(f"{path.name}.txt").read_text(encoding="utf-8").splitlines()
    assert sentences(Path(path.name)) == expected
    assert not any(word in sentence for word in NO_SENTENCE for sentence in expected)


def test_every_sentence_belongs_to_a_file() -> None:
    assert {path.name for path in FOLDER.glob("*.txt")} == {f"{path.name}.txt" for path in FILES}
    assert len(FILES) >= 40


def test_files_that_are_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path, tmp_path / "a\0b", tmp_path / ("x" * 5000)):
        with pytest.raises(Unreadable):
            read_terms(path, bank_holidays())


def test_ten_megabytes_on_one_line_are_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_bytes(b"x" * 10_000_000)
    with pytest.raises(Unreadable, match="larger than 5 MB"):
        read_terms(path, bank_holidays())


def mutated(content: bytes, seed: int) -> bytes:
    """The bytes with a handful of cuts, repeats and odd characters."""
    dice = random.Random(seed)  # noqa: S311 - no secret
    found = bytearray(content)
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(found) + 1)
        match dice.randrange(4):
            case 0:
                del found[at : at + dice.randint(1, 40)]
            case 1:
                found[at:at] = found[at : at + dice.randint(1, 200)]
            case 2:
                found[at:at] = dice.randbytes(dice.randint(1, 6))
            case _:
                found[at:at] = dice.choice(
                    [b'"', b",", b"\n", b";", b"\0", b":", b"99999999999", b"T", b"Z", b"-"]
                )
    return bytes(found)


def faults_of(read: Callable[[], tuple[object, tuple[Fault, ...]]]) -> tuple[Fault, ...]:
    """The faults that reading gives back or raises; any other error is the test's to find."""
    try:
        return read()[1]
    except Unreadable as unreadable:
        return unreadable.faults


GOOD = [
    (Path(__file__).parents[2] / "agreements" / "term-dates-schools.csv").read_bytes(),
    (FOLDER / "a-week-of-something.ics").read_bytes(),
    (FOLDER / "many-faults.csv").read_bytes(),
]
scraps = st.binary(max_size=400) | st.builds(mutated, st.sampled_from(GOOD), st.integers(0, 2**32))
openings = st.sampled_from(
    [b"", b"BEGIN:VCALENDAR\n", b"authority,academic_year,term_name,starts_on,ends_on\n"]
)
endings = st.sampled_from([b"", b"\nEND:VCALENDAR"])


@given(opening=openings, content=scraps, ending=endings, name=st.sampled_from(["t.csv", "t.ics"]))
def test_no_bytes_raise_anything_but_unreadable(
    tmp_path_factory: pytest.TempPathFactory, opening: bytes, content: bytes, ending: bytes, name: str
) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(opening + content + ending)
    for read in (lambda: read_terms(path, bank_holidays()), lambda: read_closed_days(path)):
        assert all(str(fault).isprintable() for fault in faults_of(read))
