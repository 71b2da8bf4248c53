"""What people do in the invented county: book meetings and move them, call them off, send their papers.

Each deed changes the emulated tenant as Outlook or SharePoint would, at the moment the story has come to.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from emulator.drives import Drive, DriveItem, Grant
from emulator.mailboxes import Attachment, Event, ListedEvents, Mailbox, Message, Person
from emulator.sites import Column, Item, SharePointList, Site
from emulator.world import World
from models.days import LONDON

PARTNERSHIP = "send.partnership@council.example"
EVENTS = "send.county@council.example"  # the county's second shared mailbox: engagement and consultation
OFFICER = Person("jo.marsh@council.example", "Jo Marsh")
BOARD_MANAGER = Person("board.manager@council.example", "The Board Manager")
REP = Person("rep.operations@forum.example", "A forum rep")
SINCE, UNTIL = datetime(2026, 9, 1, tzinfo=LONDON), datetime(2028, 1, 1, tzinfo=LONDON)
PAPERS_LIST, LIBRARY = "Papers", "Meeting papers"
AGENDA, REPORT = ("Agenda.pdf", 70_120), ("Report.docx", 148_300)
DRAWING = ("Report.vsdx", 148_300)  # needs a program that few phones have
PEOPLE = ("Forum reps", "Contacts")  # the register's lists of those who are told
LATE_BECAUSE = "Reason"  # the column in which people say why papers are late


def at(day: date, clock: str) -> datetime:
    """A moment of a day, "9:30", London time."""
    hours, minutes = clock.split(":")
    return datetime.combine(day, time(int(hours), int(minutes)), LONDON)


class County:
    """The invented county's Microsoft 365 in the hands of its people; `clock` tells when they do it."""

    def __init__(self, world: World, clock: Callable[[], datetime]) -> None:
        self.world = world
        self._clock = clock
        box = self._mailbox(PARTNERSHIP)
        self._put(PARTNERSHIP, box.calendar.between(SINCE, UNTIL))
        self._put(EVENTS, ())

    def book(
        self,
        title: str,
        days: Iterable[date],
        starts: str,
        *,
        minutes: int = 90,
        uid: str,
        mailboxes: tuple[str, ...] = (PARTNERSHIP,),
        private: bool = False,
    ) -> None:
        """Book a meeting; one that has several days is a series."""
        dates = [at(day, starts) for day in days]
        series = len(dates) > 1
        kind: Literal["occurrence", "singleInstance"] = "occurrence" if series else "singleInstance"
        made = [
            Event(
                uid=uid,
                subject=title,
                starts=start,
                ends=start + timedelta(minutes=minutes),
                organizer=OFFICER,
                kind=kind,
                original_start=start if series else None,
                location="Microsoft Teams meeting",
                online_url=f"https://teams.example/join/{uid}",
                sensitivity="private" if private else "normal",
                created=self._clock(),
                modified=self._clock(),
            )
            for start in dates
        ]
        for address in mailboxes:
            self._put(address, (*self._events(address), *made))

    def move(self, uid: str, starts: str, *, since: date | None = None) -> None:
        """Let a meeting, or all dates of a series since a day, begin at another time; it stays as long."""

        def moved(event: Event) -> Event:
            day = event.starts.astimezone(LONDON).date()
            if since is not None and day < since:
                return event
            start = at(day, starts)
            ends = start + (event.ends - event.starts)
            return replace(event, starts=start, ends=ends, modified=self._clock())

        self._change(uid, moved)

    def call_off(self, uid: str) -> None:
        """Cancel a meeting; the cancelled copy stays in the shared calendar, as it does in Outlook."""
        self._change(uid, lambda event: replace(event, cancelled=True, subject=f"Canceled: {event.subject}"))

    def forget(self, uid: str) -> None:
        """Take a meeting out of every calendar, as if it had never been there."""
        for address in (PARTNERSHIP, EVENTS):
            self._put(address, [event for event in self._events(address) if event.uid != uid])

    def move_to(self, title: str, address: str) -> None:
        """Let every meeting whose title begins so stand in another of the shared calendars."""
        here = self._events(PARTNERSHIP)
        moved = tuple(event for event in here if event.subject.startswith(title))
        self._put(PARTNERSHIP, [event for event in here if event not in moved])
        self._put(address, (*self._events(address), *moved))

    def is_run_by(self, title: str, organiser: Person) -> None:
        """Let somebody else be the organiser of every meeting whose title begins so."""
        events = self._events(PARTNERSHIP)
        changed = [
            replace(event, organizer=organiser) if event.subject.startswith(title) else event
            for event in events
        ]
        self._put(PARTNERSHIP, changed)

    def move_date(self, title: str, day: date, to: date) -> None:
        """Let the date of a meeting whose title begins so be another day, at the same hours."""

        def moved(event: Event) -> Event:
            if not event.subject.startswith(title) or event.starts.astimezone(LONDON).date() != day:
                return event
            later = to - day
            return replace(
                event, starts=event.starts + later, ends=event.ends + later, modified=self._clock()
            )

        self._put(PARTNERSHIP, [moved(event) for event in self._events(PARTNERSHIP)])

    def attach_papers(self, uid: str, day: date, made: datetime | None = None) -> None:
        """Attach two files to the invitation of one date, now or at an earlier moment."""
        attached = tuple(
            Attachment(name, size, modified=made or self._clock())
            for name, size in (("Agenda.pdf", 81_000), ("Notes.pdf", 44_000))
        )

        def with_files(event: Event) -> Event:
            if event.starts.astimezone(LONDON).date() != day:
                return event
            return replace(event, attachments=attached, has_attachments=True, modified=made or self._clock())

        self._change(uid, with_files)

    def mail_papers(self, subject: str) -> None:
        """Mail papers to a forum rep, with the shared mailbox in copy."""
        box = self._mailbox(PARTNERSHIP)
        mail = Message(subject, OFFICER, (REP,), self._clock(), (Person(PARTNERSHIP),), has_attachments=True)
        self.world.put(replace(box, messages=(*box.messages, mail)))

    def upload_papers(
        self, group: str, day: date, files: Sequence[tuple[str, int]] = (AGENDA, REPORT)
    ) -> None:
        """Put files (name and bytes) into the folder that a meeting has in the library."""
        drive = next(each for each in self._site().drives if each.name == LIBRARY)
        name = f"{day.isoformat()} {group}"
        folder = next((item for item in drive.items if item.name == name), None)
        if folder is None:
            folder = DriveItem(
                self._next(drive), name, folder=True, created=self._clock(), modified=self._clock()
            )
            drive = drive.with_item(folder)
        for file, size in files:
            drive = drive.with_item(
                DriveItem(
                    self._next(drive),
                    file,
                    folder.id,
                    size=size,
                    fields={"Group": group, "MeetingDate": day.isoformat()},
                    grants=(Grant("link", scope="anonymous"),),
                    created=self._clock(),
                    modified=self._clock(),
                )
            )
        self.world.put_site(self._site().with_drive(drive))

    def replace_paper(self, group: str, day: date, name: str, new: tuple[str, int]) -> None:
        """Take one file out of a meeting's folder and put another (name and bytes) in its place."""
        drive = next(each for each in self._site().drives if each.name == LIBRARY)
        own = {"Group": group, "MeetingDate": day.isoformat()}
        for old in [item for item in drive.items if item.name == name and own.items() <= item.fields.items()]:
            drive = drive.without_item(old.id)
        self.world.put_site(self._site().with_drive(drive))
        self.upload_papers(group, day, [new])

    def empty_folder(self, name: str) -> None:
        """Take a folder out of the library, with the files in it."""
        drive = next(each for each in self._site().drives if each.name == LIBRARY)
        for folder in [item for item in drive.items if item.name == name]:
            drive = drive.without_item(folder.id)
        self.world.put_site(self._site().with_drive(drive))

    def tick_papers(self, group: str, day: date, **said: object) -> None:
        """Fill in the meeting's row of the Papers list, or make one."""
        papers = self._papers_list()
        own = {"Group": group, "MeetingDate": day.isoformat()}
        row = next((each for each in papers.items if own.items() <= each.fields.items()), None)
        if row is None:
            row = Item(papers.next_id(), {"Title": f"Papers for {group}, {day.isoformat()}", **own})
        filled = replace(row, fields={**row.fields, **said}, version=row.version + 1, modified=self._clock())
        self.world.put_site(self._site().with_list(papers.with_item(filled)))

    def say_why_late(self, group: str, day: date, reason: str) -> None:
        """Write into the Papers list why a meeting's papers are late."""
        self.tick_papers(group, day, **{LATE_BECAUSE: reason})

    def nothing_more(self) -> None:
        """Nobody does anything; the calendars are looked at all the same."""

    def roles(self) -> dict[str, str]:
        """Whose address each is, by role, as the register has it now."""
        rows = [row for name in PEOPLE for row in self.rows_of(name)]
        return {str(row["Address"]).casefold(): str(row["Title"]) for row in reversed(rows)}

    def rows_of(self, name: str) -> list[Mapping[str, Any]]:
        """The rows of a list, as they stand."""
        return [item.fields for one in self._site().lists if one.name == name for item in one.items]

    def may_do_on_the_site(self, role: str) -> None:
        """Let the program's app do this much on the partnership's site: "write", or "manage" to make lists."""
        site = self._site()
        self.world.change_app(site_roles={f"{site.hostname}{site.path}": role})

    def graph_goes_down(self) -> None:
        """From now on Graph answers every call with "too many, come back in an hour"."""
        self.world.faults.throttle("/v1[.]0/", times=10_000, retry_after="3600")

    def graph_comes_back(self) -> None:
        """Graph answers again."""
        self.world.faults.waiting.clear()

    def teams_stumbles(self) -> None:
        """The next card meets an error in Teams; whether it arrived is not to be known."""
        self.world.faults.answer("/workflows/", 502)

    def _papers_list(self) -> SharePointList:
        """The Papers list, with the column for reasons, which older lists lack."""
        papers = next(each for each in self._site().lists if each.name == PAPERS_LIST)
        if all(column.name != LATE_BECAUSE for column in papers.columns):
            papers = replace(papers, columns=(*papers.columns, Column(LATE_BECAUSE)))
        return papers

    def _site(self) -> Site:
        return self.world.sites[0]

    def _next(self, drive: Drive) -> int:
        return max((item.id for item in drive.items), default=0) + 1

    def _mailbox(self, address: str) -> Mailbox:
        box = self.world.mailbox(address)
        if box is None:
            raise KeyError(address)
        return box

    def _events(self, address: str) -> tuple[Event, ...]:
        return tuple(self._mailbox(address).calendar.between(SINCE, UNTIL))

    def _put(self, address: str, events: Iterable[Event]) -> None:
        self.world.put(replace(self._mailbox(address), calendar=ListedEvents(tuple(events))))

    def _change(self, uid: str, change: Callable[[Event], Event]) -> None:
        """Change every date of a meeting, in every calendar that holds it."""
        for address in (PARTNERSHIP, EVENTS):
            events = self._events(address)
            self._put(address, [change(event) if event.uid == uid else event for event in events])


def allow_everything_the_story_needs(world: World) -> None:
    """Let the county's app read both shared mailboxes, and mail in the first: groups there mail their papers."""
    both: Any = frozenset({PARTNERSHIP, EVENTS})
    [app] = world.apps.values()
    world.change_app(mailboxes=both, exchange={**app.exchange, "Mail.Read": frozenset({PARTNERSHIP})})
