"""The story of a term in an invented county: what its people do on which day, and how that is told.

Every weekday is written beside its date. The words say what comes of each scene; a test plays the story and
compares the cards.
"""

from collections.abc import Callable
from datetime import date, datetime

from demonstration.county import AGENDA, BOARD_MANAGER, DRAWING, EVENTS, PARTNERSHIP, REPORT, County, at
from demonstration.script import Click, Press, Scene, Script

BOARD, EXECUTIVE = "SEND Partnership Board", "SEND Executive Group"
OPERATIONS, INCLUSION = "SEND Operations Group", "Inclusion Task and Finish Group"
COMMUNICATIONS = "Communications Priority Group"
SECRET = "Complaint from the Marlowe family, Communications Priority Group"  # noqa: S105 (a title, to be kept)

CHAIR, OFFICER = "Forum chair", "Board Manager"

TITLE = "A term in Millbrook"
ABOUT = """
        A council, the NHS and a parent carer forum have promised each other three things:
        meetings between 10am and 2pm, meetings in term time, and papers five working days
        ahead. This is how Protocol Watch helps them keep those promises, from Thursday 5
        November to Tuesday 8 December 2026.

        The cards and mails are those that the program sent, and the pages those that it showed. It
        read calendars, lists, files and mail through Microsoft Graph; an emulator on one computer
        stood in for Microsoft, and nothing left it.
    """


def scene(day: date, clock: str, deed: Callable[[County], None]) -> Scene:
    """What somebody does on a day at a time of day."""
    return Scene(at(day, clock), deed)


def before_the_story(county: County) -> None:
    """What the county's files have and this story tells later, or not at all."""
    county.forget("communications-private@council.example")
    county.forget("board-extra@council.example")
    county.move_to("Engagement event", EVENTS)
    county.move_to("Formal consultation", EVENTS)
    county.is_run_by(BOARD, BOARD_MANAGER)
    county.empty_folder(f"2026-11-18 {INCLUSION}")
    for day, sent in ((date(2026, 10, 14), date(2026, 10, 5)), (date(2026, 11, 11), date(2026, 11, 2))):
        county.attach_papers("executive@council.example", day, at(sent, "16:00"))  # Wednesdays; Mondays
    county.say_why_late(BOARD, date(2026, 10, 23), "Half term came between: agreed with the forum's chair.")


def _organisers_put_right(county: County) -> None:
    county.move("communications@council.example", "10:00", since=date(2026, 11, 6))
    for uid in ("inclusion-20261118@council.example", "inclusion-20270421@council.example"):
        county.move(uid, "12:30")
    county.move("inclusion-health@council.example", "10:30")


def _papers_by_each_route(county: County) -> None:
    county.attach_papers("executive@council.example", date(2026, 12, 9))  # Wednesday
    county.mail_papers(f"Papers: {OPERATIONS}, 10 December 2026")  # Thursday
    county.upload_papers(INCLUSION, date(2026, 12, 9), [AGENDA, DRAWING])  # Wednesday
    for day in (date(2026, 11, 24), date(2026, 12, 8)):  # two Tuesdays
        county.tick_papers(COMMUNICATIONS, day, SentOn="2026-11-16")  # Monday


def _board_papers_go_out_late(county: County) -> None:
    day, sent = date(2026, 11, 27), datetime.fromisoformat("2026-11-23T08:40:00+00:00")  # Friday; Monday
    county.tick_papers(BOARD, day, SentOn=sent.isoformat())


def _two_awkward_meetings(county: County) -> None:
    county.book(SECRET, [date(2026, 12, 15)], "15:00", uid="complaint", minutes=60, private=True)  # Tuesday
    county.book(
        f"{BOARD}: spring planning",
        [date(2027, 2, 4)],  # Thursday
        "9:00",
        uid="spring-planning",
        mailboxes=(PARTNERSHIP, EVENTS),
    )


TERM = (
    Script(
        title="The quiet first day",
        first=date(2026, 11, 5),  # Thursday
        last=date(2026, 11, 5),
        happened="""
        Protocol Watch sees the partnership's two shared calendars for the first time. They hold
        a year of meetings, made by people who had never heard of it.
        """,
        done="""
        It read everything and told nobody but the partnership manager, in one list. The first
        look at a calendar is full of surprises, and none of them is urgent.
        """,
    ),
    Script(
        title="The telling starts",
        first=date(2026, 11, 6),  # Friday
        last=date(2026, 11, 6),
        happened="""
        The manager had a word with two organisers. By ten o'clock all meetings of the Communications
        and Inclusion groups lie between 10am and 2pm. At noon the manager released all groups.

        At four the forum's chair presses “Yes, start”.
        """,
        done="""
        What was put right before the release was never told. One thing was still standing, and the
        Board Manager heard of it at the next time for cards and mails: 9:15am or 1:15pm, on
        working days only.

        It asked the forum's chair whether it may write to the reps. Until the chair says yes, no
        rep hears anything.
        """,
        scenes=(scene(date(2026, 11, 6), "10:00", _organisers_put_right),),
        presses=(
            Press(
                at=at(date(2026, 11, 6), "16:00"),
                role=CHAIR,
                links=[Click("See what they get")],
                button="Yes, start",
            ),
        ),
        released_at=at(date(2026, 11, 6), "12:00"),
    ),
    Script(
        title="The reps' first mail, and a reason",
        first=date(2026, 11, 9),  # Monday
        last=date(2026, 11, 10),  # Tuesday
        happened="""
        On Monday, the day on which reps hear unless they pick another, the first mails go out.

        One Board meeting lies in the February half term. On Monday the Board Manager opens the mail's
        link and gives a reason. The forum's chair answers: not this time. On Tuesday the meeting moves
        to the week before.
        """,
        done="""
        Each rep got one mail: the next meetings, how their papers stand, and links for what a
        rep may need. The first one says who let it begin.

        The chair and the partnership manager heard the reason in the same minute, in the same words. A
        reason is not a yes: the chair's answer went back to the officer, who could act on it.
        """,
        scenes=(
            scene(
                date(2026, 11, 10),
                "11:00",
                lambda county: county.move_date(BOARD, date(2027, 2, 18), date(2027, 2, 11)),  # Thursdays
            ),
            scene(
                date(2026, 11, 10),
                "15:20",
                lambda county: county.upload_papers(INCLUSION, date(2026, 11, 18)),
            ),
        ),
        presses=(
            Press(
                at=at(date(2026, 11, 9), "10:30"),
                role=OFFICER,
                links=[Click("Answer"), Click("Give a reason")],
                button="Send",
                filled_in={"text": "It was the only week in which all services could come."},
            ),
            Press(
                at=at(date(2026, 11, 9), "15:30"),
                role=CHAIR,
                links=[Click("Answer for the forum", under="A reason was given")],
                button="Not this time",
            ),
        ),
    ),
    Script(
        title="Six dates at half past nine",
        first=date(2026, 11, 11),  # Wednesday
        last=date(2026, 11, 12),  # Thursday
        happened="""
        On Wednesday somebody books a series: six Tuesdays in the new year, all at 9:30am.

        On Thursday the organiser moves the whole series to 10:30am.
        """,
        done="""
        Six dates made one card with one ask, not six. No address of this group's officer stands in
        the register, so the card went to the officers' own chat. When the series moved, those who
        had been told heard that it was put right.
        """,
        scenes=(
            scene(
                date(2026, 11, 11),
                "10:05",
                lambda county: county.book(
                    f"{INCLUSION}: travel to school",
                    [date(2027, 1, day) for day in (12, 19, 26)]
                    + [date(2027, 2, 2), date(2027, 2, 9), date(2027, 2, 23)],
                    "9:30",
                    uid="travel",
                ),
            ),
            scene(date(2026, 11, 12), "11:00", lambda county: county.move("travel", "10:30")),
        ),
    ),
    Script(
        title="A slip, put right at once",
        first=date(2026, 11, 13),  # Friday
        last=date(2026, 11, 13),
        happened="""
        At 10:02 an officer books an urgent meeting for Thursday at 9:30am, sees it at 10:10, and
        makes it 10:30am.
        """,
        done="""
        A new or moved meeting is left alone for 20 minutes, because people book, look again and
        put right. So no officer heard of the slip. The rep of the group heard of the new
        meeting's time, as it is so near.

        The officer of the Board heard that Tuesday's move was seen: an officer hears at most twice a
        week, so what can wait waits.
        """,
        scenes=(
            scene(
                date(2026, 11, 13),
                "10:02",
                lambda county: county.book(
                    f"{INCLUSION}: urgent session",
                    [date(2026, 11, 19)],  # Thursday
                    "9:30",
                    uid="urgent",
                ),
            ),
            scene(date(2026, 11, 13), "10:10", lambda county: county.move("urgent", "10:30")),
            scene(date(2026, 11, 13), "10:35", County.nothing_more),
        ),
    ),
    Script(
        title="Papers: four groups send them, one not yet",
        first=date(2026, 11, 16),  # Monday
        last=date(2026, 11, 17),  # Tuesday
        happened="""
        On Monday papers go out for the next meetings, each group in its own way. The Executive attaches
        them to the invitation. Operations mails them, with the shared mailbox in copy.
        Inclusion puts them into the library. Communications notes the day in the Papers list.

        The Board meets on Friday 27 November. Its papers are due by Thursday 19th, or Friday
        20th if the day of sending counts: the partners have not settled that. There is nothing
        in the list yet.
        """,
        done="""
        It saw all four, from names, subjects and times alone: no file was opened, and the text of
        no mail was read. They are in time, so no officer was bothered. The manager's list says
        that one of the files needs a program that many phones don't have. The reps had the mail of the week.

        For the Board it sent one mail on Tuesday, two working days before the earlier day. It is the only
        one before the papers are due.
        """,
        scenes=(
            scene(date(2026, 11, 16), "11:00", _papers_by_each_route),
            scene(date(2026, 11, 17), "16:00", County.nothing_more),
        ),
    ),
    Script(
        title="A bad day for computers",
        first=date(2026, 11, 18),  # Wednesday
        last=date(2026, 11, 19),  # Thursday
        happened="""
        On Wednesday, from nine to three, Microsoft 365 turns every call away. In those hours
        somebody books an Inclusion meeting that runs past 2pm.

        On Thursday morning Teams answers with an error, just as the card is handed over.
        """,
        done="""
        It closed nothing, guessed nothing and went on trying, and asked nobody for help with what
        cures itself within a day. When the calendars came back, the new meeting was there to be seen.

        After the error from Teams nobody could know whether the card had arrived. So it came
        again at the next time for cards, and says so.
        """,
        scenes=(
            scene(date(2026, 11, 18), "9:00", County.graph_goes_down),
            scene(
                date(2026, 11, 18),
                "11:00",
                lambda county: county.book(
                    f"{INCLUSION}: the budget", [date(2027, 1, 28)], "13:00", uid="budget-2027"
                ),
            ),
            scene(date(2026, 11, 18), "15:00", County.graph_comes_back),
            scene(date(2026, 11, 19), "9:00", County.teams_stumbles),
        ),
    ),
    Script(
        title="A paper that does not open",
        first=date(2026, 11, 20),  # Friday
        last=date(2026, 11, 20),
        happened="""
        At ten the rep on the Inclusion group opens “My meetings” on a phone, and can't open one of
        the papers for Wednesday 9 December. The rep presses the link and writes a line.

        At two the report lies there again, in a form that phones can open.
        """,
        done="""
        The group's deputy heard at once, as its officer has no address, and heard of a rep but not of
        which one. When the file had changed, the rep heard that it should open now.
        """,
        scenes=(
            scene(
                date(2026, 11, 20),
                "14:00",
                lambda county: county.replace_paper(INCLUSION, date(2026, 12, 9), DRAWING[0], REPORT),
            ),
            scene(date(2026, 11, 20), "14:30", County.nothing_more),
        ),
        presses=(
            Press(
                at=at(date(2026, 11, 20), "10:00"),
                role="Forum rep, Inclusion group",
                links=[Click("See all my meetings"), Click("Can’t open", under=INCLUSION)],
                button="Tell the officer",
                filled_in={"text": "The report does not open on my phone."},
            ),
        ),
    ),
    Script(
        title="Late, with a reason",
        first=date(2026, 11, 23),  # Monday
        last=date(2026, 11, 24),  # Tuesday
        happened="""
        On Monday morning the Board's papers go out, after the agreed day. The officer notes it
        in the Papers list, and says why behind the mail's link: three services sent their figures
        on Friday evening.

        On Tuesday the forum's chair presses “Agree”.
        """,
        done="""
        The promise says “whenever possible”, and a reason was given. So it calls the papers
        explained, and not missed, in every mail and report. The chair and the manager heard in the same
        minute, in the same words.

        Nobody had answered about the Inclusion meeting of last week. After two working days the
        officers heard a second time, and the partnership manager with them.
        """,
        scenes=(scene(date(2026, 11, 23), "8:40", _board_papers_go_out_late),),
        presses=(
            Press(
                at=at(date(2026, 11, 23), "8:40"),
                role=OFFICER,
                links=[Click("Answer", under="Papers"), Click("Give a reason")],
                button="Send",
                filled_in={"text": "Three services sent their figures on Friday evening."},
                kept=False,
            ),
            Press(
                at=at(date(2026, 11, 24), "10:00"),
                role=CHAIR,
                links=[Click("Answer for the forum", under="A reason was given")],
                button="Agree",
            ),
        ),
    ),
    Script(
        title="Private, and twice",
        first=date(2026, 11, 25),  # Wednesday
        last=date(2026, 11, 26),  # Thursday
        happened="""
        Somebody books a private meeting at 3pm; its title names a family. And the Board books a
        planning session at 9am and invites both shared mailboxes, so that it stands in two
        calendars.

        Still nobody has moved the Inclusion meeting or said why it has to be then.
        """,
        done="""
        Of the private meeting it keeps the date, the type and the hours. Its title is in no
        card, no report and no log. The meeting in two calendars is one meeting.

        Two messages a week are enough for anybody: the Board Manager has had two, and hears of
        the planning session on Monday.
        """,
        scenes=(
            scene(date(2026, 11, 25), "10:00", _two_awkward_meetings),
            scene(date(2026, 11, 26), "15:00", lambda county: county.move("complaint", "13:00")),
        ),
    ),
    Script(
        title="Nobody answers, and the month's end",
        first=date(2026, 11, 27),  # Friday
        last=date(2026, 12, 8),  # Tuesday
        happened="""
        The Board meets on Friday. Over the weekend nothing is said to anybody. On Tuesday
        at ten to nine the Inclusion meeting moves to noon. November is over.
        """,
        done="""
        Nobody had answered about that meeting for two weeks. So on Monday the forum's chair and the
        partnership manager heard, in the same minute and in the same words. Nobody was blamed, and
        when it moved, everybody who had been told heard that too.

        At the beginning of December it said thank you, and only what went well, as soon as
        everybody in that chat had room for one more message in their week.
        """,
        scenes=(scene(date(2026, 12, 1), "8:50", lambda county: county.move("budget-2027", "12:00")),),
    ),
)
