"""Whether links in mails open, as doctor sees it: the app's own pages on a small server, and what is none."""

from datetime import timedelta
from pathlib import Path

import pytest

from functions.doctor.links import can_be_made, judged, links_examined
from functions.settings import PREFIX, Settings, what_stands
from graph_client.own_pages import PageSeen
from ledger import open_ledger
from tests.functions.pages_served import served
from tests.functions.pages_stage import FORMER, KEY, NOW, at_a_desk
from tests.functions.test_doctor_scope_and_reach import webhook
from wording.examined import Examined, Standing

SENDER = "send.partnership@council.example"
OTHER = "a-key-that-the-app-does-not-have-at-all"
AWAY = "https://protocol-watch.example"


def given(**told: str) -> Settings:
    return what_stands({f"{PREFIX}{name}": text for name, text in told.items() if text})[0]


async def looked_at(folder: Path, key: str, *, known: bool = True) -> tuple[list[Examined], list[str]]:
    """What doctor says of the real pages, and what was said in the ledger meanwhile."""
    async with open_ledger(f"sqlite:///{folder / 'ledger.sqlite3'}") as ledger:
        desk = at_a_desk(ledger, folder)
        await desk.begin()
        async with served(desk.here) as (address, touched):
            told = given(PUBLIC_URL=address, SIGNING_KEY=key, SENDER=SENDER)
            found = await links_examined(told, NOW if known else None)
        assert touched == []
        return list(found), [one.text for one in await desk.said()]


@pytest.mark.parametrize("key", [KEY, FORMER, f"{KEY} {FORMER}"])
async def test_a_made_up_link_is_refused_and_a_good_one_opens(tmp_path: Path, key: str) -> None:
    found, words = await looked_at(tmp_path, key)
    assert found[-1].standing is Standing.WELL
    assert "one that is signed here opens" in found[-1].says
    assert "which is this computer" in found[0].says  # a small server of this machine, so that is said too
    assert words == []
    assert key not in str(found)


async def test_another_key_than_the_app_has_is_wrong(tmp_path: Path) -> None:
    found, _ = await looked_at(tmp_path, OTHER)
    assert found[-1].standing is Standing.WRONG
    assert "PROTOCOL_WATCH_SIGNING_KEY" in found[-1].cure


async def test_at_a_time_that_is_no_clock_s_no_good_link_is_tried(tmp_path: Path) -> None:
    found, _ = await looked_at(tmp_path, KEY, known=False)
    assert found[-1].standing is Standing.WELL
    assert "no good one was tried" in found[-1].says


async def test_another_server_at_the_address_is_wrong() -> None:
    with webhook(200, "text/html") as address:
        found = await links_examined(given(PUBLIC_URL=address, SENDER=SENDER), NOW)
    assert found[-1].standing is Standing.WRONG
    assert "not with a page of ours" in found[-1].says
    assert "PAGES_OPEN" in found[-1].cure


async def test_nobody_at_the_address_is_wrong() -> None:
    with webhook(200, "text/plain") as address:
        pass
    found = await links_examined(given(PUBLIC_URL=address, SENDER=SENDER, SIGNING_KEY=KEY), NOW)
    assert "can't be reached" in found[-1].says


@pytest.mark.parametrize(
    ("told", "standing", "words"),
    [
        ({"SIGNING_KEY": KEY}, Standing.WRONG, "no address for them to lead to"),
        ({"SENDER": SENDER}, Standing.LOOK, "nobody can answer with a press"),
        ({"SENDER": SENDER, "PUBLIC_URL": AWAY}, Standing.LOOK, "no PROTOCOL_WATCH_SIGNING_KEY is set here"),
        (
            {"PUBLIC_URL": "http://127.0.0.1:7071", "SIGNING_KEY": KEY},
            Standing.LOOK,
            "they open for nobody else",
        ),
    ],
)
def test_what_is_lacking_is_told(told: dict[str, str], standing: Standing, words: str) -> None:
    [one] = can_be_made(given(**told))
    assert one.standing is standing
    assert words in one.says
    assert one.cure


@pytest.mark.parametrize("told", [{}, {"PUBLIC_URL": AWAY}, {"PUBLIC_URL": AWAY, "SIGNING_KEY": KEY}])
def test_where_nothing_is_lacking_nothing_is_told(told: dict[str, str]) -> None:
    assert list(can_be_made(given(**told))) == []


async def test_an_app_that_only_hears_of_changes_has_no_links_to_look_at() -> None:
    assert await links_examined(given(PUBLIC_URL=AWAY), NOW + timedelta(days=1)) == ()


@pytest.mark.parametrize(
    ("made_up", "good", "standing"),
    [
        (PageSeen(404, ours=True), PageSeen(200, ours=True), Standing.WELL),
        (PageSeen(404, ours=True), None, Standing.WELL),
        (PageSeen(404, ours=True), PageSeen(404, ours=True), Standing.WRONG),
        (PageSeen(404), PageSeen(404), Standing.WRONG),  # Azure's own page where our route is not known
        (PageSeen(403), None, Standing.WRONG),
        (PageSeen(503, ours=True), None, Standing.WRONG),
        (PageSeen(200, ours=True), None, Standing.WRONG),
        (PageSeen(fault="it can't be reached from here"), None, Standing.WRONG),
    ],
)
def test_what_the_two_looks_mean(made_up: PageSeen, good: PageSeen | None, standing: Standing) -> None:
    one = judged(f"{AWAY}/p", made_up, good)
    assert one.standing is standing
    assert bool(one.cure) is (standing is not Standing.WELL)
