"""A page as people with any eyes, hands and screens meet it: opened in a real browser and checked by axe-core."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.proving import PROVING

SCRIPT = Path(__file__).with_name("axe.mjs")


# Each width and each set of colours once; `make prove` looks at all four together
SIZES = [(320, "light"), (1280, "dark"), *([(320, "dark"), (1280, "light")] if PROVING else [])]
OF_A_WHOLE_PAGE = ("landmark-one-main", "region")  # a mail is shown inside the mail program's own page


def assert_everybody_can_use(page: str, folder: Path, house: Path, *, is_mail: bool = False) -> None:
    """No fault at 320 and 1280 pixels, light or dark; no sideways scrolling; no request. Skips without a browser."""
    others = OF_A_WHOLE_PAGE if is_mail else ()
    file = folder / "page.html"
    file.write_text(page, encoding="utf-8")
    run = subprocess.run(
        ["node", SCRIPT, file, _node_modules(house), _chromium(), json.dumps(SIZES)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    for look in json.loads(run.stdout):
        assert [one for one in look["violations"] if not one.startswith(others)] == []
        assert look["passes"] > (10 if is_mail else 20)
        assert look["wide"] <= look["width"]
        assert look["requests"] == []


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("needs chromium: apt-get install chromium")
    return found


def _node_modules(house: Path) -> Path:
    folder = Path(os.environ.get("NODE_MODULES_FROM") or house / "node_modules")
    folder = folder if folder.name == "node_modules" else folder / "node_modules"
    wanted = ("playwright-core", "axe-core")
    if shutil.which("node") is None or not all((folder / name).is_dir() for name in wanted):
        pytest.skip("needs node with playwright-core and axe-core: npm install, or set NODE_MODULES_FROM")
    return folder
