"""What is made once for all test processes of a run, whoever comes first: the demo, the unpacked zip."""

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest

PATIENCE = 240  # seconds


def once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name, filled by `make` in one process; the others wait. Whoever looks must not change it."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    done, said = place / "done", ""
    try:
        place.mkdir()
    except FileExistsError:  # another process is at it, or has done it
        said = _waited_for(done)
    else:
        try:
            made = place / "made"
            made.mkdir()
            make(made)
            said = "made"
        finally:
            done.write_text(said or "failed")
    assert said == "made", f"another process could not make {name}"
    return place / "made"


def _waited_for(file: Path) -> str:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if file.exists() and (said := file.read_text()):
            return said
        time.sleep(0.1)
    return "waited in vain"
