"""Stories of a county whose groups have calendars of their own: one that can't be read holds up no other."""

from dataclasses import replace

from emulator.mailboxes import ListedEvents, Mailbox
from tests.stories.stage import Stage, at, meeting


def spread(stage: Stage) -> dict[str, str]:
    """From now on three groups have a calendar each, with one meeting that starts too early."""
    agreement = stage.book.agreement
    [hours] = [promise for promise in agreement.promises if promise.id == "P04"]
    groups = [group for group in agreement.groups if group.type in hours.applies_to][:3]
    assert len(groups) == 3
    homes = {group.name: f"group{number}@council.example" for number, group in enumerate(groups)}
    moved = tuple(group.model_copy(update={"calendar": homes[group.name], "match": ()}) for group in groups)
    stage.book = replace(stage.book, agreement=agreement.model_copy(update={"groups": moved}))
    for name, box in homes.items():
        stage.world.put(Mailbox(box, ListedEvents((meeting(name, "Fri 11 Dec 2026 09:30"),))))
    for client_id, app in stage.world.apps.items():
        stage.world.apps[client_id] = replace(app, mailboxes=app.mailboxes | set(homes.values()))
    return homes


async def test_each_group_is_reviewed_from_its_own_calendar(stage: Stage) -> None:
    homes = spread(stage)
    swept = await stage.run()
    assert [calendar.name for calendar in swept.calendars] == sorted(homes.values())
    assert sorted(stage.headlines) == sorted(f"Starts before 10am: {name}" for name in homes)


async def test_a_calendar_that_is_refused_holds_up_no_other(stage: Stage) -> None:
    homes = spread(stage)
    lost = sorted(homes)[0]
    for client_id, app in stage.world.apps.items():
        stage.world.apps[client_id] = replace(app, mailboxes=app.mailboxes - {homes[lost]})
    swept = await stage.run()
    [why] = [calendar.why_not for calendar in swept.calendars if calendar.why_not]
    assert homes[lost] in why
    assert sorted(stage.headlines) == sorted(f"Starts before 10am: {name}" for name in homes if name != lost)


async def test_a_meeting_in_two_calendars_is_listed_once(stage: Stage) -> None:
    homes = spread(stage)
    shared = meeting("Joint meeting", "Fri 18 Dec 2026 10:30", uid="joint")
    for box in homes.values():
        stage.world.put(Mailbox(box, ListedEvents((shared,))))
    swept = await stage.run()
    assert [one.starts for one in swept.meetings] == [at("Fri 18 Dec 2026 10:30")]
