"""Attachments by name, rooms by their door, mail by its envelope: nothing more is asked for, or kept."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from emulator.mailboxes import Attachment, Further, ListedEvents, Mailbox, Message, Person
from graph_client.attachments import read_attachments
from graph_client.calendar_windows import read_window
from graph_client.errors import NotThere, PersonMustAct
from graph_client.further_calendars import read_further_calendars, read_overwritten
from graph_client.mail_in_copy import read_mail_in_copy
from graph_client.rooms import read_rooms
from graph_client.tokens import FixedToken
from models.days import LONDON
from tests.graph_client.emulated import SENDER, InProcess, county
from tests.stories.stage import meeting

JUNE = datetime(2026, 6, 15, 9, 0, tzinfo=UTC)
ANA, BEN, CAT = (Person(f"{name}@forum.example", name) for name in ("Ana", "Ben", "Cat"))
AGENDA = Attachment("agenda.pdf", 2048, modified=JUNE)
LOGO = Attachment("logo.png", 99, "image/png", inline=True)


def papered():
    event = replace(
        meeting("SEND Partnership Board", "Fri 27 Nov 2026 10:00"),
        attachments=(AGENDA, LOGO),
        has_attachments=True,
    )
    plain = meeting("SEND Partnership Board", "Fri 11 Dec 2026 10:00")
    messages = (
        Message("Papers for Friday", ANA, (BEN,), JUNE, (CAT,), has_attachments=True),
        Message("Too old", ANA, (BEN,), datetime(2026, 1, 5, tzinfo=UTC)),
    )
    return Mailbox(SENDER, ListedEvents((event, plain)), messages=messages)


@pytest.fixture
def tenant(opened):
    async def made(**app):
        world = county(**app)
        world.put(papered())
        world.put(Mailbox("hall@council.example", name="Town Hall", kind="room", wheelchair=True))
        world.put(Mailbox("attic@council.example", name="Attic", kind="room", wheelchair=None))
        here = InProcess(world)
        return await opened(here, tokens=FixedToken(here.bearer))

    return made


async def test_the_files_of_an_invitation(tenant):
    here = await tenant()
    window = await read_window(here, SENDER, date(2026, 11, 1), date(2026, 12, 31))
    [(key, event_id)] = window.attached.items()
    assert key == window.meetings[0].key
    read = await read_attachments(here, SENDER, event_id)
    [agenda, logo] = read.attachments
    assert (agenda.name, agenda.size, agenda.inline, logo.inline) == ("agenda.pdf", 2048, False, True)
    assert agenda.changed_at == datetime(2026, 6, 15, 10, 0, tzinfo=LONDON)
    assert "agenda" not in repr(read)


async def test_an_invitation_that_is_not_there(tenant):
    with pytest.raises(NotThere, match=SENDER):
        await read_attachments(await tenant(), SENDER, "AAMk/none=")


async def test_no_content_is_ever_asked_for(opened, wire):
    here = wire({"value": [{"name": "a", "size": None}, "rubbish"]})
    read = await read_attachments(await opened(here), SENDER, "AAMk/1+2==")
    assert "contentBytes" not in here.asked[0].url.params["$select"]
    assert here.asked[0].url.raw_path.split(b"?")[0].endswith(b"/events/AAMk%2F1%2B2%3D%3D/attachments")
    assert (len(read.attachments), len(read.unreadable)) == (1, 1)


async def test_rooms_that_a_wheelchair_user_can_get_into(tenant):
    read = await read_rooms(await tenant(entra=frozenset({"Sites.Selected", "Place.Read.All"})))
    said = {room.address: room.wheelchair for room in read.rooms}
    assert said["hall@council.example"] is True
    assert said["attic@council.example"] is None


async def test_rooms_are_for_a_person_where_we_may_not_see_them(tenant):
    with pytest.raises(PersonMustAct, match=r"Place\.Read\.All"):
        await read_rooms(await tenant())


async def test_an_odd_room_is_told(opened, wire):
    read = await read_rooms(
        await opened(wire({"value": [{"displayName": "x"}, {"emailAddress": "A@b.example"}]}))
    )
    assert [room.address for room in read.rooms] == ["a@b.example"]
    assert len(read.unreadable) == 1


async def test_who_wrote_to_whom_with_the_mailbox_in_copy(tenant):
    here = await tenant(exchange={"Mail.Read": frozenset({SENDER})})
    read = await read_mail_in_copy(here, SENDER, datetime(2026, 6, 1, tzinfo=UTC))
    [mail] = read.mails
    assert mail.received_at == datetime(2026, 6, 15, 10, 0, tzinfo=LONDON)
    assert mail.sender == "ana@forum.example"
    assert mail.recipients == {"ben@forum.example", "cat@forum.example"}
    assert (mail.subject, mail.has_attachments) == ("Papers for Friday", True)
    assert "forum" not in repr(mail)
    assert "Friday" not in repr(read)


async def test_mail_is_only_read_where_a_person_allowed_it(tenant):
    with pytest.raises(PersonMustAct, match="this one mailbox"):
        await read_mail_in_copy(await tenant(), SENDER, datetime(2026, 6, 1, tzinfo=UTC))


async def test_no_text_of_a_mail_is_asked_for_and_odd_ones_are_told(opened, wire):
    odd = [{"id": "1"}, "rubbish", {"id": "2", "receivedDateTime": "0001-01-01T00:00:00Z"}]
    fine = {"id": "3", "receivedDateTime": "2026-06-15T09:00:00Z", "from": None, "toRecipients": None}
    here = wire({"value": [*odd, fine, fine]})
    read = await read_mail_in_copy(await opened(here), SENDER, datetime(2026, 6, 1, tzinfo=UTC))
    assert "body" not in here.asked[0].url.params["$select"].lower()
    assert here.asked[0].url.params["$filter"] == "receivedDateTime ge 2026-06-01T00:00:00Z"
    assert [(mail.id, mail.sender, mail.recipients) for mail in read.mails] == [("3", "", frozenset())]
    assert len(read.unreadable) == 3


async def test_calendars_beside_the_main_one_are_counted_without_their_all_day_entries(opened):
    board = meeting("SEND Partnership Board", "Fri 27 Nov 2026 10:00")
    off = (replace(board, uid="holiday", all_day=True), replace(board, uid="off", cancelled=True))
    beside = (Further("SEND", ListedEvents((board, *off))), Further("Holidays", ListedEvents(off)))
    world = county()
    world.put(Mailbox(SENDER, ListedEvents((board,)), further=beside))
    here = InProcess(world)
    tenant = await opened(here, tokens=FixedToken(here.bearer))
    read = await read_further_calendars(tenant, SENDER, date(2026, 11, 27), date(2026, 11, 27))
    assert [(one.name, one.entries) for one in read] == [("SEND", 1), ("Holidays", 0)]
    assert not any("attendees" in str(one.url) or "body" in str(one.url) for one in here.asked)
    assert await read_overwritten(tenant, SENDER, date(2026, 11, 27), date(2026, 11, 27)) == (0, 1)
