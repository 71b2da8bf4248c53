"""What only a file can do wrong: being missing, newer, foreign, broken, shared, or cut off."""

import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from ledger import LedgerFault, open_ledger
from ledger.entries import Delivery, Sighting
from ledger.sqlite_file import OURS
from ledger.tables import VERSION, VERSIONS

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
CARD = Delivery(key="k", group="g", channel="teams", about="a", not_before=NOW)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "ledger.sqlite3"


def fault_of(address):
    with pytest.raises(LedgerFault) as raised:
        open_ledger(str(address))
    said = str(raised.value)
    assert "\n" not in said
    assert said.endswith(".")
    return said


def test_a_newer_ledger_is_refused_and_left_alone(path):
    open_ledger(f"sqlite:///{path}").close()
    with sqlite3.connect(path) as newer:
        newer.execute(f"PRAGMA user_version = {VERSION + 1}")
    newer.close()
    assert "newer Protocol Watch" in fault_of(f"sqlite:///{path}")
    again = sqlite3.connect(path)
    assert again.execute("PRAGMA user_version").fetchone() == (VERSION + 1,)
    again.close()


async def test_an_older_ledger_is_brought_up_to_date_with_all_it_holds(path):
    older = sqlite3.connect(path, isolation_level=None)
    for statement in VERSIONS[0]:
        older.execute(statement)
    older.execute(
        "INSERT INTO statements (grp, id, at, value) VALUES ('g', 's', '2026-11-23T09:00:00+00:00', '{}')"
    )
    older.execute(f"PRAGMA application_id = {OURS}")
    older.execute("PRAGMA user_version = 1")
    older.close()
    with open_ledger(f"sqlite:///{path}") as ledger:
        await ledger.remember("g", "released", {"at": "1"})
        assert [each.id for each in await ledger.statements("g")] == ["s"]


def test_the_database_of_another_program_is_left_alone(path):
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE theirs (x)")
    other.commit()
    other.close()
    before = path.read_bytes()
    assert "another program" in fault_of(f"sqlite:///{path}")
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(path):
    path.write_text("Dear diary, " * 200)
    assert "can't be opened" in fault_of(f"sqlite:///{path}")
    assert path.read_text().startswith("Dear diary")


def test_a_folder_that_is_not_there(tmp_path):
    assert "its folder does not exist" in fault_of(f"sqlite:///{tmp_path}/none/ledger.sqlite3")


def test_a_folder_instead_of_a_file(tmp_path):
    assert "can't be opened" in fault_of(f"sqlite:///{tmp_path}")


@pytest.mark.parametrize("address", ["", "ledger.sqlite3", "postgres://x/y", "sqlite:/x"])
def test_an_address_that_is_none(address):
    assert "sqlite:///protocol-watch.sqlite3" in fault_of(address)


async def test_a_ledger_in_memory_is_for_tests():
    with open_ledger("sqlite:///:memory:") as ledger:
        assert await ledger.owe([CARD]) == ("k",)


def _open_and_owe(path, number, ready):
    import asyncio

    ready.wait()
    with open_ledger(f"sqlite:///{path}") as ledger:
        asyncio.run(
            ledger.owe([Delivery(key=f"k{number}", group="g", channel="c", about="a", not_before=NOW)])
        )
        won = asyncio.run(ledger.take_lease("g", by=str(number), now=NOW, until=NOW + HOUR))
    sys.exit(10 if won else 0)


async def test_many_programs_may_open_a_new_ledger_at_once(path):
    context = multiprocessing.get_context("spawn")
    ready = context.Event()
    started = [context.Process(target=_open_and_owe, args=(path, n, ready)) for n in range(6)]
    for process in started:
        process.start()
    ready.set()
    for process in started:
        process.join(60)
    assert sorted(process.exitcode for process in started) == [0, 0, 0, 0, 0, 10]
    with open_ledger(f"sqlite:///{path}") as ledger:
        assert {each.key for each in await ledger.due(NOW)} == {f"k{n}" for n in range(6)}


KILLED = """
import asyncio, sys, itertools
from dataclasses import replace
from datetime import UTC, datetime
from ledger import open_ledger
from ledger.entries import Delivery
async def work():
    ledger = open_ledger(f"sqlite:///{sys.argv[1]}")
    now = datetime(2026, 11, 23, tzinfo=UTC)
    for n in itertools.count():
        card = Delivery(key="", group="g", channel="c", about="a", not_before=now)
        await ledger.owe([replace(card, key=f"{n}-{i}") for i in range(5)])
        print(n, flush=True)
asyncio.run(work())
"""


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
async def test_killed_at_any_moment_every_step_is_whole(path, house):
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(path)], stdout=subprocess.PIPE, text=True, cwd=house
    )
    said = [process.stdout.readline() for _ in range(20)]
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    said += process.stdout.readlines()
    process.stdout.close()
    process.wait()
    with open_ledger(f"sqlite:///{path}") as ledger:
        keys = [each.key for each in await ledger.due(NOW + HOUR)]
    assert len(keys) % 5 == 0
    assert len(keys) >= 5 * len([line for line in said if line.endswith("\n")])


async def test_a_large_calendar_is_stamped_in_well_under_a_second(path):
    seen = [
        Sighting(key=f"m{n}", starts=NOW + n * HOUR, ends=NOW + (n + 1) * HOUR, place="x")
        for n in range(10_000)
    ]
    with open_ledger(f"sqlite:///{path}") as ledger:
        for _ in range(2):
            started = time.perf_counter()
            assert len(await ledger.stamp("g", seen, NOW, on_or_before=True)) == 10_000
            assert time.perf_counter() - started < 2
