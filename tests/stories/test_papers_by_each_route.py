"""One autumn's papers of one board, told by each of the four routes: on time, late, explained, moved, or not seen.

The meetings are on Friday 23 October and Friday 27 November 2026. The partners have not settled how days are
counted: papers for the second are due by the end of Thursday 19 November, and late from Saturday 21 November.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from emulator.drives import DriveItem
from functions.files.rulebooks import read_book
from graph_client.calendar_windows import read_window
from models import rules
from models.agreement import Route
from models.days import LONDON
from models.facts import Coverage, Facts
from models.groups import placed
from tests.functions.papers_tenant import BOARD, MAILBOX, OPEN, PapersTenant, at, file, mail, meeting

OCTOBER, NOVEMBER = "Fri 23 Oct 2026", "Fri 27 Nov 2026"
IN_TIME = "Fri 09 Oct 2026 11:00"
ROUTES = ("invite", "mail", "library", "ticked")
EVERY_ROUTE = pytest.mark.parametrize("route", ROUTES)


class Autumn:
    """The Board's autumn. `sent` says when the papers of each meeting went out; nothing where they did not."""

    def __init__(self, route):
        self.route = route
        self.tenant = PapersTenant(route, "Mon 12 Oct 2026 09:15")
        self.book = read_book().book
        self.sent = {}
        self.days = {OCTOBER: OCTOBER, NOVEMBER: NOVEMBER}  # what each was planned for, and when it is
        self.rows = []

    async def look(self, now):
        """One sweep, and how the papers of November stand after it."""
        self.tenant.later(now)
        self._send()
        seen = await self.tenant.board()
        async with self.tenant.opened() as (line, _):
            today = self.tenant.now.date()
            read = await read_window(line, MAILBOX, today - timedelta(35), today + timedelta(396))
        meetings = tuple(placed(one, self.tenant.agreement, calendar=MAILBOX) for one in read.meetings)
        known = Facts(
            meetings=meetings,
            working_days=self.book.working,
            terms=self.book.terms,
            coverage=Coverage(
                first=read.first, last=read.last, routes=frozenset({BOARD} if seen.works else ())
            ),
            papers=seen.papers,
            statements=seen.statements,
        )
        found = rules.findings(known, self.tenant.agreement, self.tenant.now)
        november = self.days[NOVEMBER]
        [one] = [one for one in found if one.meeting and f"{one.meeting.day:%a %d %b %Y}" == november]
        return one

    async def state(self, now):
        """How the papers of November stand then."""
        return str((await self.look(now)).state)

    def _send(self):
        """Put what has gone out by now where this route has it."""
        gone = {planned: when for planned, when in self.sent.items() if at(when) <= self.tenant.now}
        attached = gone if self.route == "invite" else {}
        self.tenant.calendar(
            *(
                meeting(
                    BOARD,
                    f"{self.days[planned]} 10:30",
                    *([file("Agenda.pdf", attached[planned])] if planned in attached else []),
                    uid=planned,
                )
                for planned in (OCTOBER, NOVEMBER)
            )
        )
        if self.route == "mail":
            self.tenant.mails(
                *(mail(f"Partnership Board {planned[4:]}", when) for planned, when in gone.items())
            )
        if self.route == "library":
            self.tenant.library(*self._folders(gone))
        ticked = gone if self.route == "ticked" else {}
        rows = [{"MeetingDate": iso(planned), "SentOn": iso(when[:15])} for planned, when in ticked.items()]
        self.tenant.rows(*({"Group": BOARD} | row for row in [*rows, *self.rows]))

    def _folders(self, gone):
        for number, (planned, when) in enumerate(gone.items(), start=1):
            yield DriveItem(10 * number, f"{iso(planned)} {BOARD}", folder=True)
            yield DriveItem(10 * number + 1, "Agenda.pdf", 10 * number, created=at(when), grants=OPEN)


def iso(day):
    """2026-11-27, of Fri 27 Nov 2026."""
    return f"{at(f'{day} 00:00'):%Y-%m-%d}"


@EVERY_ROUTE
async def test_silence_is_missed_where_the_route_was_seen_to_work(route):
    autumn = Autumn(route)
    autumn.sent = {OCTOBER: IN_TIME}
    table = [
        ("Mon 12 Oct 2026 09:15", "due"),
        ("Mon 02 Nov 2026 09:15", "due"),
        ("Mon 16 Nov 2026 09:15", "due"),
        ("Tue 17 Nov 2026 09:15", "at risk"),  # two working days before
        ("Thu 19 Nov 2026 09:15", "at risk"),
        ("Fri 20 Nov 2026 09:15", "cannot tell"),  # the partners have not settled which day
        ("Sat 21 Nov 2026 09:15", "missed"),
        ("Mon 30 Nov 2026 09:15", "missed"),
    ]
    assert [(now, await autumn.state(now)) for now, _ in table] == table


@EVERY_ROUTE
async def test_silence_is_cannot_tell_where_the_route_was_never_seen_to_work(route):
    autumn = Autumn(route)
    for now, state in [("Tue 17 Nov 2026 09:15", "due"), ("Sat 21 Nov 2026 09:15", "cannot tell")]:
        assert await autumn.state(now) == state
    found = await autumn.look("Mon 30 Nov 2026 09:15")
    assert "We have not yet seen papers" in found.because


@EVERY_ROUTE
async def test_papers_that_go_out_in_time_are_kept(route):
    autumn = Autumn(route)
    autumn.sent = {OCTOBER: IN_TIME, NOVEMBER: "Wed 18 Nov 2026 11:00"}
    assert await autumn.state("Tue 17 Nov 2026 09:15") == "at risk"
    found = await autumn.look("Wed 18 Nov 2026 13:15")
    assert found.state == "kept"
    assert found.because.startswith("Papers went out on Wednesday 18 November 2026; ")
    seen_files = route in ("invite", "library")
    assert found.because.endswith("Nothing known stops people from opening them.") is seen_files
    assert await autumn.state("Mon 30 Nov 2026 09:15") == "kept"


@EVERY_ROUTE
async def test_late_papers_are_late_and_a_reason_explains_them(route):
    autumn = Autumn(route)
    autumn.sent = {OCTOBER: IN_TIME, NOVEMBER: "Mon 23 Nov 2026 11:00"}
    assert await autumn.state("Sat 21 Nov 2026 09:15") == "missed"
    assert await autumn.state("Mon 23 Nov 2026 09:15") == "missed"
    found = await autumn.look("Mon 23 Nov 2026 13:15")
    assert found.state == "missed"
    assert found.because.startswith("Papers went out on Monday 23 November 2026; ")
    autumn.rows = [{"MeetingDate": "2026-11-27", "Reason": "The health data came late."}]
    found = await autumn.look("Tue 24 Nov 2026 09:15")
    assert (str(found.state), found.reason) == ("explained", "The health data came late.")


@EVERY_ROUTE
async def test_what_a_person_says_counts_whichever_way_papers_go_out(route):
    autumn = Autumn(route)
    autumn.sent = {OCTOBER: IN_TIME}
    autumn.rows = [{"MeetingDate": "2026-11-27", "ComingOn": "2026-11-18"}]
    assert await autumn.state("Tue 17 Nov 2026 09:15") == "due"  # expected tomorrow, in time: no nudge
    assert await autumn.state("Thu 19 Nov 2026 09:15") == "at risk"
    autumn.rows = [{"MeetingDate": "2026-11-27", "NoPapers": True}]
    assert await autumn.state("Sat 21 Nov 2026 09:15") == "not in scope"
    autumn.rows = [{"MeetingDate": "2026-11-27", "SentOn": "2026-11-18"}]
    assert await autumn.state("Mon 23 Nov 2026 09:15") == "kept"


@EVERY_ROUTE
async def test_a_moved_meeting_keeps_its_papers(route):
    autumn = Autumn(route)
    autumn.sent = {OCTOBER: IN_TIME, NOVEMBER: "Wed 18 Nov 2026 11:00"}
    assert await autumn.state("Thu 19 Nov 2026 09:15") == "kept"
    autumn.days[NOVEMBER] = "Mon 30 Nov 2026"
    found = await autumn.look("Fri 20 Nov 2026 09:15")
    assert found.state == "kept"
    assert found.because.startswith("Papers went out on Wednesday 18 November 2026; ")


@EVERY_ROUTE
async def test_forty_quiet_days_change_nothing(route):
    autumn = Autumn(route)
    autumn.sent = {OCTOBER: IN_TIME, NOVEMBER: "Wed 14 Oct 2026 11:00"}
    start = at("Wed 14 Oct 2026 13:15").replace(tzinfo=None)
    days = [(start + timedelta(days=step)).replace(tzinfo=LONDON) for step in range(40)]
    found = [await autumn.look(f"{now:%a %d %b %Y %H:%M}") for now in days]
    assert {(str(one.state), one.because) for one in found} == {(str(found[0].state), found[0].because)}
    assert found[0].state == "kept"


async def test_a_route_that_cannot_be_read_for_a_day_makes_nobody_late():
    autumn = Autumn("library")
    autumn.sent = {OCTOBER: IN_TIME}
    assert await autumn.state("Sat 21 Nov 2026 09:15") == "missed"
    autumn.tenant.world.faults.answer("/drives/", 403, {"error": {"code": "accessDenied", "message": ""}})
    assert await autumn.state("Sun 22 Nov 2026 09:15") == "cannot tell"
    assert len(autumn.tenant.questions) == 1
    assert await autumn.state("Mon 23 Nov 2026 09:15") == "missed"


async def test_another_route_starts_afresh():
    autumn = Autumn("mail")
    autumn.sent = {OCTOBER: IN_TIME}
    assert await autumn.state("Sat 21 Nov 2026 09:15") == "missed"
    groups = tuple(one.model_copy(update={"papers": Route.LIBRARY}) for one in autumn.tenant.agreement.groups)
    autumn.tenant.agreement = autumn.tenant.agreement.model_copy(update={"groups": groups})
    assert await autumn.state("Sun 22 Nov 2026 09:15") == "cannot tell"


async def test_the_findings_name_no_file_and_nobody():
    autumn = Autumn("invite")
    autumn.sent = {OCTOBER: IN_TIME, NOVEMBER: "Wed 18 Nov 2026 11:00"}
    found = await autumn.look("Thu 19 Nov 2026 09:15")
    told = repr(replace(found, meeting=None))
    for secret in ("Agenda", ".pdf", "@", "Marsh"):
        assert secret not in told
