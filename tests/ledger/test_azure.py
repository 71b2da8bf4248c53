"""What only a table can do wrong: being newer, foreign, gone, locked, out of reach, or too small for a row."""

import asyncio
import json
import subprocess
import sys
from base64 import urlsafe_b64encode
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from emulator.certificates import server_certificate
from ledger import LedgerFault, open_ledger
from ledger.azure_keys import DELIVERIES, LEDGER, partition_of, row_key
from ledger.azure_ledger import AzureLedger
from ledger.azure_rows import row
from ledger.azure_schema import SCHEMA, prepare
from ledger.azure_table import Table, table_at
from ledger.entries import Delivery, DeliveryState
from tests.ledger.azurite import azurite, empty, table_address

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday
HOUR = timedelta(hours=1)
REFUSED_IN_XML = pytest.mark.filterwarnings("ignore:Testing an element's truth value")  # the library's own
CARD = Delivery(key="k", group="g", channel="teams", about="a", not_before=NOW)


async def no_wait(_seconds: float) -> None:
    return None


@pytest.fixture
def address(tables: int) -> str:
    return table_address(tables)


@pytest.fixture
async def table(address: str):
    table = table_at(address, None, no_wait)
    yield table
    await table.close()


async def fault_of(ledger: AzureLedger) -> str:
    with pytest.raises(LedgerFault) as raised:
        async with ledger:
            pass
    said = str(raised.value)
    assert "\n" not in said
    assert said.endswith(".")
    return said


# --- versions


async def test_a_newer_ledger_is_refused_and_left_alone(address: str, table: Table) -> None:
    async with open_ledger(address):
        pass
    there = await table.row(LEDGER, SCHEMA)
    assert await table.save([row(LEDGER, SCHEMA, {"version": 9}).at(there)])
    said = await fault_of(AzureLedger(address))
    assert "newer Protocol Watch (its version 9, ours 1)" in said
    assert dict((await table.row(LEDGER, SCHEMA)).document) == {"version": 9}


async def test_an_older_ledger_is_brought_up_to_date_with_all_it_holds(address: str, table: Table) -> None:
    async with open_ledger(address) as ledger:
        await ledger.remember("g", "released", {"at": "1"})
    tried = []

    async def cut_off(_table: Table) -> None:
        tried.append("cut off")
        raise LedgerFault("the network went away.")

    async def step(table: Table) -> None:
        tried.append("done")
        key = row_key("memory", "new in version 2")
        there = await table.row(partition_of("g"), key)
        await table.save([row(partition_of("g"), key, {"name": "new", "value": {}}).at(there)])

    with pytest.raises(LedgerFault, match="went away"):
        await prepare(table, address, (cut_off,))
    async with open_ledger(address) as ledger:  # as it was: the old program still has it
        assert await ledger.remembered("g") == {"released": {"at": "1"}}
        await asyncio.gather(*(prepare(table, address, (step,)) for _ in range(3)))
        assert await ledger.remembered("g") == {"released": {"at": "1"}, "new": {}}
    done = len(tried)
    await prepare(table, address, (step,))
    assert len(tried) == done
    assert "its version 2, ours 1" in await fault_of(AzureLedger(address))


async def test_the_table_of_another_program_is_left_alone(address: str, table: Table) -> None:
    await table.make()
    await table.save([row("theirs", "theirs", {"x": 1})])
    assert "another program" in await fault_of(AzureLedger(address))
    assert await table.row(LEDGER, SCHEMA) is None


async def test_what_was_settled_before_there_was_a_mark_for_it_is_read_as_ever(
    address: str, table: Table
) -> None:
    """Rows of an earlier program say 'paid' and no time beside the document: of them too only the latest count."""
    settled = {"old": NOW, "new": NOW + HOUR}
    async with open_ledger(address) as ledger:
        await ledger.owe([replace(CARD, key=key) for key in settled])
        for key, at in settled.items():
            assert await ledger.claim("g", key, by="me", now=NOW, until=NOW + HOUR)
            assert await ledger.settle("g", key, DeliveryState.PAID, by="me", at=at)
        for key in settled:
            there = await table.row(DELIVERIES, row_key("delivery", "g", key))
            marks = {name: text for name, text in there.properties.items() if name != "settled_at"}
            assert await table.save([replace(there, properties={**marks, "state": "paid"})])
        assert [one.key for one in await ledger.deliveries(since=NOW + HOUR)] == ["new"]
        assert [one.key for one in await ledger.deliveries(since=NOW)] == ["old", "new"]


async def test_many_programs_may_open_a_new_ledger_at_once(address: str) -> None:
    async def open_and_owe(number: int) -> tuple[str, ...]:
        async with open_ledger(address) as ledger:
            return await ledger.owe(
                [Delivery(key=f"k{number}", group="g", channel="c", about="a", not_before=NOW)]
            )

    assert await asyncio.gather(*map(open_and_owe, range(6))) == [(f"k{n}",) for n in range(6)]
    async with open_ledger(address) as ledger:
        assert len(await ledger.due(NOW)) == 6


async def test_a_table_taken_away_under_us_is_told(tables: int, address: str) -> None:
    async with open_ledger(address) as ledger:
        await empty(tables)
        with pytest.raises(LedgerFault, match="is not there any more: start the program again"):
            await ledger.due(NOW)
        with pytest.raises(LedgerFault, match="is not there any more"):
            await ledger.owe([CARD])
    async with open_ledger(address) as ledger:
        assert await ledger.due(NOW) == ()


# --- ways in


@REFUSED_IN_XML
async def test_an_account_that_does_not_let_us_in(house: Path, tmp_path: Path) -> None:
    other_key = "AAAA" * 21 + "AA=="
    with azurite(house, tmp_path, account_key=other_key) as port:
        said = await fault_of(AzureLedger(table_address(port), sleep=no_wait))
    assert "Storage Table Data Contributor" in said


@REFUSED_IN_XML
async def test_a_token_opens_it_over_tls_and_a_wrong_one_does_not(house: Path, tmp_path: Path) -> None:
    ours = server_certificate()
    (tmp_path / "cert.pem").write_text(ours.certificate)
    (tmp_path / "key.pem").write_text(ours.private_key)
    tls = ("--cert", "cert.pem", "--key", "key.pem", "--oauth", "basic")
    asked = []

    async def token() -> str:
        asked.append("token")
        return _token("https://storage.azure.com")

    async def token_for_graph() -> str:
        return _token("https://graph.microsoft.com")

    with azurite(house, tmp_path, *tls) as port:
        address = table_address(port).replace("http:", "https:")
        trusted = str(tmp_path / "cert.pem")
        async with open_ledger(address, token, ca_file=trusted) as ledger:
            assert await ledger.owe([CARD]) == ("k",)
            assert await ledger.due(NOW) == (CARD,)
        assert len(asked) > 4  # each time: whoever gives it keeps it while it is good
        refused = AzureLedger(address, token_for_graph, ca_file=trusted, sleep=no_wait)
        assert "does not let us in" in await fault_of(refused)
        assert "can't be reached" in await fault_of(AzureLedger(address, token, sleep=no_wait))  # untrusted


def _token(audience: str) -> str:
    """A token such as Azurite takes: it looks at who may use it where and when, not at who signed it."""
    claims = {"aud": audience, "iss": "https://sts.windows.net/x/", "iat": 0, "nbf": 0, "exp": 4_102_444_800}
    parts = ({"alg": "none", "typ": "JWT"}, claims)
    return ".".join(
        [*(urlsafe_b64encode(json.dumps(one).encode()).decode().rstrip("=") for one in parts), "x"]
    )


async def test_nobody_answers_there() -> None:
    said = await fault_of(AzureLedger("http://127.0.0.1:9/devstoreaccount1", sleep=no_wait))
    assert "can't be reached: check PROTOCOL_WATCH_LEDGER" in said


async def test_an_address_that_may_be_read_on_the_way() -> None:
    assert "https://" in await fault_of(AzureLedger("http://council.table.core.example"))


async def test_an_account_in_the_cloud_needs_a_way_to_sign_in() -> None:
    assert "needs a way to sign in" in await fault_of(AzureLedger("https://council.table.core.example"))


async def test_why_there_is_no_token_is_told_as_it_is() -> None:
    class NoToken(Exception):
        pass

    async def token() -> str:
        raise NoToken("Set the certificate.")

    with pytest.raises(NoToken):
        async with AzureLedger("https://council.table.core.example", token, sleep=no_wait):
            pass


# --- sizes


async def test_what_is_too_large_for_a_row_is_told_and_what_was_there_stays(address: str) -> None:
    noise = Random(1).randbytes(900_000).hex()  # noqa: S311 (noise, so that it can't be compressed)
    async with open_ledger(address) as ledger:
        await ledger.remember("g", "n", {"small": True})
        with pytest.raises(LedgerFault, match="its row takes 720,896: split the group in two"):
            await ledger.remember("g", "n", {"noise": noise})
        assert await ledger.remembered("g") == {"n": {"small": True}}
        await ledger.remember("g", "n", {"noise": noise[:1_200_000]})
        assert await ledger.remembered("g") == {"n": {"noise": noise[:1_200_000]}}


@pytest.mark.parametrize(
    "name", ["", "a/b\\c#d?e", "\x00\x1f\x7f\x9f\n\t", "é" * 2000, "long" * 900, "\ud800"]
)
def test_keys_hold_only_what_azure_allows(name: str) -> None:
    keys = (partition_of(name), row_key("statement", name), row_key("delivery", name, name))
    assert all(len(key) <= 512 for key in keys)
    assert not {letter for key in keys for letter in key if letter in "/\\#?%'" or not "!" <= letter <= "~"}


def test_different_names_have_different_keys() -> None:
    names = ["a", "A", "a ", "a%20", "a=20", "a:b", "a=3Ab", "é" * 500, "é" * 501, "x" * 200, "x" * 201]
    assert len({row_key("k", name) for name in names}) == len(names)
    assert row_key("k", "a:b", "c") != row_key("k", "a", "b:c")
    assert partition_of("") not in {DELIVERIES, LEDGER, partition_of("group")}


# --- weight


def test_nothing_of_azure_is_loaded_before_a_table_is_asked(house: Path, tmp_path: Path) -> None:
    look = (
        "import sys; from ledger import open_ledger; "
        f"open_ledger('sqlite:///{tmp_path}/l.sqlite3').close(); "
        "open_ledger('https://council.table.core.example'); "
        "print([name for name in sys.modules if name.split('.')[0] in ('azure', 'aiohttp')])"
    )
    said = subprocess.run([sys.executable, "-c", look], cwd=house, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
