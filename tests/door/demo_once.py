"""The demo on the invented county, run once for all who look at what came of it."""

import shutil
from pathlib import Path

import pytest

from tests.door.typing_it import typed
from tests.once import once


def demo_once(tmp_path_factory: pytest.TempPathFactory, folder: Path) -> Path:
    """A copy of the folder after one run, which leaves its words beside the output in said.txt."""
    shutil.copytree(once(tmp_path_factory, "demo-once", _run), folder, dirs_exist_ok=True)
    return folder


def _run(folder: Path) -> None:
    ran = typed(folder, "demo")
    assert ran.returncode == 0, ran.stderr
    (folder / "said.txt").write_text(ran.stdout, "utf-8")
    (folder / "complained.txt").write_text(ran.stderr, "utf-8")
