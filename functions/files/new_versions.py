"""A new version of a file that serves from now on: what changed in it is told to the manager, in plain words.

It stands on the list for a week, which is long enough to be told once and too short to be told again.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from functions.telling.needs import CHANGES
from ledger.entries import Json
from models.agreement import Agreement
from reading.agreements import faults_in, read_agreement
from reading.faults import Unreadable
from wording.agreement_changes import sentences, told_as_changed

LAST_GOOD = "last good"  # the beginning of the names under which they are remembered of the whole partnership
STANDS = timedelta(days=7)
TOLD = 8  # changes in one sentence: the rest is a number
ODD_LINES = 5


def changes_kept(kept: Mapping[str, Json], keep: Mapping[str, Json], now: datetime) -> Json:
    """What is told of new versions: that of the last week, and of those that are about to be kept."""
    said = [
        [at, text]
        for at, text in kept.get(CHANGES, {}).get("said", ())
        if now - datetime.fromisoformat(at) < STANDS
    ]
    said += [[now.isoformat(), text] for text in _news(kept, keep)]
    told: Json = {"questions": [text for _, text in said], "unplaced": []}
    return {**told, "said": said} if said else told


def _news(kept: Mapping[str, Json], keep: Mapping[str, Json]) -> Iterator[str]:
    for name, value in keep.items():
        if not name.startswith(f"{LAST_GOOD} ") or name not in kept:
            continue  # what comes for the first time has changed nothing that was known
        part = name.removeprefix(f"{LAST_GOOD} ")
        if part == "agreement":
            yield from _of_agreements(kept[name], value)
        else:
            yield f"There is a new version of the {part}. We use it from now on."


def _of_agreements(before: Json, after: Json) -> Iterator[str]:
    with TemporaryDirectory() as folder:
        old, _ = _read(before, Path(folder) / "old")
        new, path = _read(after, Path(folder) / "new")
        if old is None or new is None:  # what was kept by an older program may be told differently now
            yield "There is a new version of the agreement. We use it from now on."
            return
        if found := sentences(old, new):
            yield told_as_changed(found, TOLD)
            odd = [str(fault).replace(f"{path.parent}/", "") for fault in faults_in(path)]
            yield from odd[:ODD_LINES]


def _read(value: Json, folder: Path) -> tuple[Agreement | None, Path]:
    [[name, text], *_] = value["files"]
    folder.mkdir()
    path = folder / Path(name).name
    path.write_text(text, "utf-8")
    try:
        return read_agreement(path), path
    except Unreadable:
        return None, path
