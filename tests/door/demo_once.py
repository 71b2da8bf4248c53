"""The demo on the invented county, run once for all who look at what came of it, whichever process they are in."""

import os
import shutil
import time
from pathlib import Path

import pytest

from tests.door.typing_it import PATIENCE, typed


def demo_once(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A copy of the folder after one run, which leaves its words beside the output in said.txt."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-once"
    done = place / "done"
    try:
        place.mkdir()
    except FileExistsError:  # another process is at it, or has done it
        _wait_for(done)
    else:
        (place / "run").mkdir()
        ran = typed(place / "run", "demo")
        (place / "run/said.txt").write_text(ran.stdout, "utf-8")
        (place / "run/complained.txt").write_text(ran.stderr, "utf-8")
        done.write_text(str(ran.returncode))
    assert done.read_text() == "0", (place / "run/complained.txt").read_text("utf-8")
    shutil.copytree(place / "run", folder, dirs_exist_ok=True)
    return folder


def _wait_for(file: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and not (file.exists() and file.read_text()):
        time.sleep(0.1)
