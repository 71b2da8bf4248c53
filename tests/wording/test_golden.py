"""What people get, kept as files that anyone can open. UPDATE_GOLDEN=1 writes them anew: read the change."""

import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from wording.check_csv import as_csv
from wording.check_json import as_json
from wording.check_page import page
from wording.check_text import text
from wording.results import Results

GOLDEN = Path(__file__).parent / "golden"


def _json(results: Results) -> str:
    return json.dumps(as_json(results), indent=2, ensure_ascii=False) + "\n"


def _terminal(results: Results) -> str:
    console = Console(file=io.StringIO(), width=80, color_system=None)
    console.print(text(results))
    return console.file.getvalue()  # type: ignore[attr-defined, no-any-return]


WRITERS: dict[str, Callable[[Results], str]] = {
    "json": _json,
    "csv": as_csv,
    "txt": _terminal,
    "html": page,
}


@pytest.mark.parametrize("ending", WRITERS)
def test_the_report_is_as_it_was(ending: str, example: Results) -> None:
    """Every change of an output shows as a change of its file."""
    _compare(GOLDEN / f"check.{ending}", WRITERS[ending](example))


@pytest.mark.parametrize("ending", ["txt", "html"])
def test_nothing_found_reads_well_too(ending: str, nothing: Results) -> None:
    """An empty calendar gets a kind question and not an empty page."""
    written = WRITERS[ending](nothing)
    assert "We saw no meetings in these dates" in " ".join(written.split())
    assert "Nothing that we can see." in written
    _compare(GOLDEN / f"nothing.{ending}", written)


def _compare(file: Path, written: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(written, encoding="utf-8", newline="")
    kept = file.read_bytes().decode() if file.exists() else ""
    assert written == kept, f"{file.name} changed: if that was meant, run again with UPDATE_GOLDEN=1"
