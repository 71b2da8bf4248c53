"""`protocol-watch release` as a user types it: no sign-in, a line a group, the near name for a misspelt one."""

from pathlib import Path

import pytest

from functions.settings import PREFIX
from tests.door.served_county import BOARD, Served

INCLUSION = "Task and Finish Groups"


@pytest.fixture
def home(tmp_path: Path) -> Served:
    """A computer with a ledger and nothing else: no tenant, no sign-in, the shipped agreement."""
    return Served(tmp_path, world=None, settings={"LEDGER": f"sqlite:///{tmp_path / 'l.sqlite3'}"})  # type: ignore[arg-type]


def test_without_a_name_it_lists_the_groups_that_are_quiet(home: Served) -> None:
    done = home.typed("release")
    assert done.returncode == 2
    assert f"  {BOARD}\n" in done.stdout
    assert f'protocol-watch release "{BOARD}"' in done.stdout


def test_a_group_is_released_once_and_leaves_the_list(home: Served) -> None:
    done = home.typed("release", BOARD.upper(), INCLUSION, MODE="tell")
    assert done.returncode == 0
    assert f"{BOARD}: people are told of it from now on." in done.stdout
    assert f"{INCLUSION}: people are told of it from now on." in done.stdout
    assert "Its calendar was not read yet." in done.stdout
    assert "Nobody hears anything yet" not in done.stdout
    again = home.typed("release", BOARD)
    assert f"{BOARD}: people were told of it before; nothing changed." in again.stdout
    quiet = home.typed("release").stdout
    assert f"  {BOARD}\n" not in quiet
    assert "  SEND Executive Group\n" in quiet


def test_all_of_them(home: Served) -> None:
    assert home.typed("release", "--all").stdout.count("people are told of it from now on") == 10
    done = home.typed("release")
    assert done.returncode == 0
    assert "Every group is released" in done.stdout


def test_while_observing_a_release_tells_nobody_and_says_so(home: Served) -> None:
    assert "set PROTOCOL_WATCH_MODE to 'tell'" in home.typed("release", BOARD).stdout


def test_school_dates_that_nobody_checked_are_named(home: Served) -> None:
    said = home.typed("release", BOARD).stdout
    assert "somebody has said that the dates of Lancashire County Council are right" in said


def test_nothing_was_held(home: Served) -> None:
    done = home.typed("release", "--held")
    assert done.returncode == 0
    assert "Nothing was held." in done.stdout


def test_a_misspelt_group_releases_none(home: Served) -> None:
    done = home.typed("release", INCLUSION, "SEND Partnership Bord", "Cricket club")
    assert done.returncode == 2
    near, far = done.stderr.splitlines()
    assert f"Perhaps you meant '{BOARD}'." in near
    assert "this agreement has no group 'Cricket club'. Use one of: " in far
    assert f"  {INCLUSION}\n" in home.typed("release").stdout


def test_a_faulty_setting_is_told(home: Served) -> None:
    done = home.typed("release", "--all", LEDGER="letters")
    assert done.returncode == 2
    assert done.stderr.startswith(f"{PREFIX}LEDGER must be sqlite:///")
