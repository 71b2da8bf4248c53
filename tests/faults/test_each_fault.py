"""Whatever goes wrong with one calendar ends in its very same meetings or in one sentence; the others go on."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from graph_client.calendar_windows import WindowRead, read_window
from graph_client.errors import GraphError
from graph_client.windows_of_many import read_windows
from tests.faults.faults import ALWAYS, FAULTS, LASTING, RIGHT, Fault
from tests.faults.partnership import CALENDARS, FIRST, LAST, TROUBLED, URL, Opened, opened, tenant_of_twenty
from tests.faults.sentences import assert_one_sentence
from tests.faults.wires import Asked, Broken, Changed, Troubled


@asynccontextmanager
async def troubled(fault: Fault) -> AsyncIterator[tuple[Troubled, Opened]]:
    """A client on a wire with this fault."""
    wire = Troubled(tenant_of_twenty(), TROUBLED, fault.effect(), after=fault.after, times=fault.times)
    async with opened(wire, fault.budget) as client:
        yield wire, client
    assert wire.struck or isinstance(fault.effect(), Asked)
    assert {f"{asked.url.scheme}://{asked.url.host}" for asked in wire.asked} == {
        URL
    }  # the token went nowhere else


_CALM: dict[str, WindowRead] = {}


@pytest.fixture
async def calm() -> dict[str, WindowRead]:
    """Every calendar as it is read without trouble."""
    if not _CALM:
        wire = Troubled(tenant_of_twenty(), TROUBLED, Changed(lambda body: body))
        async with opened(wire) as client:
            for mailbox in CALENDARS:
                _CALM[mailbox] = await read_window(client.tenant, mailbox, FIRST, LAST)
    return _CALM


def test_there_are_more_than_thirty_faults() -> None:
    assert len(FAULTS) > 30
    assert len(LASTING) > 10


async def test_the_troubled_calendar_has_several_pages(calm: dict[str, WindowRead]) -> None:
    assert len(calm[TROUBLED].meetings) == 24
    assert all(len(read.meetings) == 4 for mailbox, read in calm.items() if mailbox != TROUBLED)


@pytest.mark.parametrize("name", RIGHT)
async def test_what_passes_leaves_the_very_same_meetings(name: str, calm: dict[str, WindowRead]) -> None:
    fault = RIGHT[name]
    async with troubled(fault) as (wire, client):
        read = await read_window(client.tenant, TROUBLED, FIRST, LAST)
    _assert_right(read, calm[TROUBLED], fault)
    assert client.tokens.renewals == fault.renewals
    assert fault.waits is None or tuple(client.waits) == fault.waits
    assert len(wire.asked) < 16


@pytest.mark.parametrize("name", LASTING)
async def test_what_lasts_ends_in_one_sentence(name: str) -> None:
    fault = LASTING[name]
    async with troubled(fault) as (wire, client):
        with pytest.raises(GraphError) as raised:
            await read_window(client.tenant, TROUBLED, FIRST, LAST)
    _assert_told(raised.value, TROUBLED, fault)
    assert raised.value.__cause__ is None
    assert client.tokens.renewals == fault.renewals
    assert sum(client.waits) <= 90
    assert len(wire.asked) < 40


@pytest.mark.parametrize("name", FAULTS)
async def test_of_twenty_calendars_the_other_nineteen_are_read(
    name: str, calm: dict[str, WindowRead]
) -> None:
    fault = FAULTS[name]
    async with troubled(fault) as (_, client):
        read = await read_windows(client.tenant, CALENDARS, FIRST, LAST)
    assert list(read) == list(CALENDARS)
    for mailbox in CALENDARS:
        mine = fault if mailbox == TROUBLED or hits_all(fault) else Fault(effect=fault.effect)
        _assert_came_of(read[mailbox], calm[mailbox], mine)
    assert client.tokens.renewals == fault.renewals


async def test_a_mailbox_that_answers_for_another_gives_the_same_meetings(
    calm: dict[str, WindowRead],
) -> None:
    """An old address that still leads to the mailbox: the same meetings, said to be of what was asked."""
    world = tenant_of_twenty()
    old = "old.name@council.example"
    world.mailboxes[old] = world.mailboxes[TROUBLED]
    async with opened(Troubled(world, old, Changed(lambda body: body))) as client:
        read = await read_window(client.tenant, old, FIRST, LAST)
    assert {meeting.source for meeting in read.meetings} == {old}
    same = [replace(meeting, source=TROUBLED) for meeting in read.meetings]
    assert tuple(same) == calm[TROUBLED].meetings


def hits_all(fault: Fault) -> bool:
    """What breaks the bytes of a batch for good leaves nobody with an answer."""
    return isinstance(fault.effect(), Broken) and fault.ends_in is not None and fault.times == ALWAYS


def _assert_came_of(read: WindowRead | GraphError, calm: WindowRead, fault: Fault) -> None:
    if fault.ends_in is None:
        _assert_right(read, calm, fault)
    else:
        assert isinstance(read, GraphError)
        _assert_told(read, calm.mailbox, fault)


def _assert_right(read: WindowRead | GraphError, calm: WindowRead, fault: Fault) -> None:
    assert isinstance(read, WindowRead), str(read)
    gone = [meeting for meeting in calm.meetings if meeting not in read.meetings]
    assert set(read.meetings) <= set(calm.meetings)
    assert len(gone) <= fault.lost
    assert len(read.unreadable) == fault.lost
    for sentence in read.unreadable:
        assert_one_sentence(sentence, calm.mailbox)


def _assert_told(error: GraphError, mailbox: str, fault: Fault) -> None:
    assert fault.ends_in is not None
    assert type(error) is fault.ends_in, f"{type(error).__name__}: {error}"
    assert_one_sentence(str(error), mailbox)
    assert fault.says in str(error)
