"""What was made once is served again, byte for byte, until the mailbox is another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from emulator.event_pages import EventPages
from emulator.mailboxes import Event, ListedEvents, Mailbox, Person

BOX = "send.partnership@council.example"
START = datetime(2026, 11, 1, 9, tzinfo=UTC)
VIEW = f"/v1.0/users/{BOX}/calendarView?startDateTime=2026-10-01&endDateTime=2028-12-01&$top=1000"


def many(number):
    organizer = Person("jo.marsh@council.example")
    half = timedelta(minutes=30)
    return ListedEvents(
        tuple(
            Event(f"u{each}", f"Meeting {each}", START + each * half, START + (each + 1) * half, organizer)
            for each in range(number)
        )
    )


def test_another_mailbox_gives_other_pages(county, graph):
    county.put(Mailbox(BOX, many(3)))
    first = graph.get(VIEW)
    assert graph.get(VIEW).content == first.content
    county.put(replace(county.mailbox(BOX), calendar=many(4)))
    assert len(graph.get(VIEW).json()["value"]) == 4
    zone = {"Prefer": 'outlook.timezone="Pacific Standard Time"'}
    assert graph.get(VIEW, headers=zone).json()["value"][0]["start"]["timeZone"] == "Pacific Standard Time"


def test_a_calendar_that_may_change_of_itself_is_read_each_time(county, graph):
    class Growing:
        size = 0

        def between(self, starts, ends):
            self.size += 1
            return many(self.size).between(starts, ends)

    county.put(Mailbox(BOX, Growing()))
    assert [len(graph.get(VIEW).json()["value"]) for _ in range(3)] == [1, 2, 3]


def test_a_batch_holds_the_same_pages(county, graph):
    county.put(Mailbox(BOX, many(3)))
    parts = [{"id": str(number), "method": "GET", "url": VIEW.removeprefix("/v1.0")} for number in range(2)]
    parts.append({"id": "2", "method": "GET", "url": "/dreams"})
    answers = graph.post("/v1.0/$batch", json={"requests": parts}).json()["responses"]
    bodies = {answer["id"]: answer["body"] for answer in answers}
    assert bodies["0"] == bodies["1"] == graph.get(VIEW).json()
    assert bodies["2"]["error"]["code"] == "BadRequest"


def test_a_large_calendar_is_made_once():
    pages, box, made = EventPages(), Mailbox(BOX, many(3000)), []

    def make():
        made.append(1)
        return box.calendar.between(START, START + timedelta(days=365))

    first = pages.get(box, "a year", make)
    assert len(first) == 3000
    assert pages.get(box, "a year", make) is first
    assert len(made) == 1
    pages.get(replace(box), "a year", make)
    assert len(made) == 2
