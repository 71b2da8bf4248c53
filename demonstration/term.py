"""The story of a term in an invented county: what its people do on which day, and how that is told.

Every weekday is written beside its date. The words say what comes of each scene; a test plays the story and
compares the cards.
"""

from collections.abc import Callable
from datetime import date, datetime

from demonstration.county import EVENTS, PARTNERSHIP, County, at
from demonstration.script import Scene, Script

BOARD, EXECUTIVE = "SEND Partnership Board", "SEND Executive Group"
OPERATIONS, INCLUSION = "SEND Operations Group", "Inclusion Task and Finish Group"
COMMUNICATIONS = "Communications Priority Group"
SECRET = "Complaint from the Marlowe family, Communications Priority Group"  # noqa: S105 (a title, to be kept)

TITLE = "A term in Millbrook"
ABOUT = """
        A council, the NHS and a parent carer forum have promised each other three things:
        meetings between 10am and 2pm, meetings in term time, and papers five working days
        ahead. This is how Protocol Watch helps them keep those promises, from Thursday 5
        November to Tuesday 1 December 2026.

        The cards are those that the program sent. It read calendars, lists, files and mail through
        Microsoft Graph; an emulator on one computer stood in for Microsoft, and nothing left it.
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
    county.empty_folder(f"2026-11-18 {INCLUSION}")
    for day, sent in ((date(2026, 10, 14), date(2026, 10, 5)), (date(2026, 11, 11), date(2026, 11, 2))):
        county.attach_papers("executive@council.example", day, at(sent, "16:00"))  # Wednesdays; Mondays
    county.say_why_late(BOARD, date(2026, 10, 23), "Half term came between: agreed with the forum's chair.")


def _organisers_put_right(county: County) -> None:
    county.move("communications@council.example", "10:00", since=date(2026, 11, 6))
    for uid in ("inclusion-20261118@council.example", "inclusion-20270421@council.example"):
        county.move(uid, "12:30")


def _papers_by_each_route(county: County) -> None:
    county.attach_papers("executive@council.example", date(2026, 12, 9))  # Wednesday
    county.mail_papers(f"Papers: {OPERATIONS}, 10 December 2026")  # Thursday
    county.upload_papers(INCLUSION, date(2026, 12, 9))  # Wednesday
    for day in (date(2026, 11, 24), date(2026, 12, 8)):  # two Tuesdays
        county.tick_papers(COMMUNICATIONS, day, SentOn="2026-11-16")  # Monday


def _board_papers_go_out_late(county: County) -> None:
    day, sent = date(2026, 11, 27), datetime.fromisoformat("2026-11-23T08:40:00+00:00")  # Friday; Monday
    county.tick_papers(BOARD, day, SentOn=sent.isoformat())
    county.say_why_late(BOARD, day, "Three services sent their figures on Friday evening.")


def _two_awkward_meetings(county: County) -> None:
    county.book(SECRET, [date(2026, 12, 1)], "15:00", uid="complaint", minutes=60, private=True)  # Tuesday
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
        title="The manager lets the telling start",
        first=date(2026, 11, 6),  # Friday
        last=date(2026, 11, 6),
        happened="""
        The manager had a word with two organisers. By ten o'clock the Communications group's
        meetings begin at 10am, and two Inclusion meetings end by 2pm.

        At noon the manager released all groups.
        """,
        done="""
        What was put right before the release was never a card. Two things were still standing,
        and the officers heard of them at the next time for cards: 9:15am or 1:15pm, on working
        days only.
        """,
        scenes=(scene(date(2026, 11, 6), "10:00", _organisers_put_right),),
        released_at=at(date(2026, 11, 6), "12:00"),
    ),
    Script(
        title="A slip, put right at once",
        first=date(2026, 11, 9),  # Monday
        last=date(2026, 11, 9),
        happened="""
        At 10:02 an officer books an urgent meeting for Friday at 9:30am, sees it at 10:10, and
        makes it 10:30am.
        """,
        done="""
        A new or moved meeting is left alone for 20 minutes, because people book, look again and
        put right. It was called at short notice, so nobody asks for its papers either.
        """,
        scenes=(
            scene(
                date(2026, 11, 9),
                "10:02",
                lambda county: county.book(
                    f"{INCLUSION}: urgent session",
                    [date(2026, 11, 13)],  # Friday
                    "9:30",
                    uid="urgent",
                ),
            ),
            scene(date(2026, 11, 9), "10:10", lambda county: county.move("urgent", "10:30")),
            scene(date(2026, 11, 9), "10:35", County.nothing_more),
        ),
    ),
    Script(
        title="Six dates at half past nine",
        first=date(2026, 11, 10),  # Tuesday
        last=date(2026, 11, 11),  # Wednesday
        happened="""
        On Tuesday somebody books a series: six Tuesdays in the new year, all at 9:30am.

        On Wednesday the organiser moves the whole series to 10:30am.
        """,
        done="""
        Six dates made one card with one ask, not six. When the series moved, those who had been
        told heard that it was put right.
        """,
        scenes=(
            scene(
                date(2026, 11, 10),
                "10:05",
                lambda county: county.book(
                    f"{INCLUSION}: travel to school",
                    [date(2027, 1, day) for day in (12, 19, 26)]
                    + [date(2027, 2, 2), date(2027, 2, 9), date(2027, 2, 23)],
                    "9:30",
                    uid="travel",
                ),
            ),
            scene(
                date(2026, 11, 10),
                "15:20",
                lambda county: county.upload_papers(INCLUSION, date(2026, 11, 18)),
            ),
            scene(date(2026, 11, 11), "11:00", lambda county: county.move("travel", "10:30")),
        ),
    ),
    Script(
        title="A meeting in the holidays",
        first=date(2026, 11, 12),  # Thursday
        last=date(2026, 11, 13),  # Friday
        happened="""
        On Thursday an extra Board meeting goes into the calendar, on Wednesday 23 December. The
        council's schools will have broken up.

        On Friday it is cancelled.
        """,
        done="""
        It asked whether a day in term would do, and said whose holidays these are. When the
        meeting was called off it said so, to those who had heard of it and to nobody else.
        """,
        scenes=(
            scene(
                date(2026, 11, 12),
                "10:00",
                lambda county: county.book(
                    f"{BOARD} (extra)", [date(2026, 12, 23)], "10:30", minutes=120, uid="extra"
                ),
            ),
            scene(date(2026, 11, 13), "11:00", lambda county: county.call_off("extra")),
        ),
    ),
    Script(
        title="Papers, four ways",
        first=date(2026, 11, 16),  # Monday
        last=date(2026, 11, 16),
        happened="""
        Papers go out for the next meetings, each group in its own way. The Executive attaches
        them to the invitation. Operations mails them, with the shared mailbox in copy.
        Inclusion puts them into the library. Communications notes the day in the Papers list.
        """,
        done="""
        It saw all four, from names, subjects and times alone: no file was opened, and the text of
        no mail was read. They are in time, so nobody was bothered.
        """,
        scenes=(scene(date(2026, 11, 16), "11:00", _papers_by_each_route),),
    ),
    Script(
        title="Papers not seen yet",
        first=date(2026, 11, 17),  # Tuesday
        last=date(2026, 11, 17),
        happened="""
        The Board meets on Friday 27 November. Its papers are due by Thursday 19th, or Friday
        20th if the day of sending counts: the partners have not settled that. There is nothing
        in the list yet.
        """,
        done="""
        Two working days before the earlier day it sent one card to the officers. It is the only
        one they will get before the papers are due.
        """,
    ),
    Script(
        title="A bad day for computers",
        first=date(2026, 11, 18),  # Wednesday
        last=date(2026, 11, 19),  # Thursday
        happened="""
        On Wednesday, from nine to three, Microsoft 365 turns every call away. In those hours
        somebody books a Board meeting that runs past 2pm.

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
                    f"{BOARD}: the budget", [date(2027, 1, 28)], "13:00", uid="budget-2027"
                ),
            ),
            scene(date(2026, 11, 18), "15:00", County.graph_comes_back),
            scene(date(2026, 11, 19), "9:00", County.teams_stumbles),
        ),
    ),
    Script(
        title="Moved, and all is well",
        first=date(2026, 11, 20),  # Friday
        last=date(2026, 11, 20),
        happened="""
        The Inclusion meeting of Wednesday 13 January was at 9am: one of the two things told
        after the release. Today it moves to 10:30am.
        """,
        done="""
        It knew the meeting again, thanked those who had been asked, and put the matter away.
        """,
        scenes=(
            scene(
                date(2026, 11, 20),
                "10:00",
                lambda county: county.move("inclusion-health@council.example", "10:30"),
            ),
        ),
    ),
    Script(
        title="Late, with a reason",
        first=date(2026, 11, 23),  # Monday
        last=date(2026, 11, 24),  # Tuesday
        happened="""
        On Monday morning the Board's papers go out, after the agreed day. The officer notes it
        in the Papers list and adds why: three services sent their figures on Friday evening.
        """,
        done="""
        The promise says “whenever possible”, and a reason was given. So it calls the papers
        explained, and not missed, on the card and in every report.
        """,
        scenes=(scene(date(2026, 11, 23), "8:40", _board_papers_go_out_late),),
    ),
    Script(
        title="Private, and twice",
        first=date(2026, 11, 25),  # Wednesday
        last=date(2026, 11, 26),  # Thursday
        happened="""
        Somebody books a private meeting at 3pm; its title names a family. And the
        Board books a planning session at 9am and invites both shared mailboxes, so that it
        stands in two calendars.
        """,
        done="""
        Of the private meeting it keeps the date, the type and the hours. Its title is in no
        card, no report and no log. The meeting in two calendars is one meeting, and one card.
        """,
        scenes=(scene(date(2026, 11, 25), "10:00", _two_awkward_meetings),),
    ),
    Script(
        title="The month's end",
        first=date(2026, 11, 27),  # Friday
        last=date(2026, 12, 1),  # Tuesday
        happened="""
        The Board meets on Friday. Over the weekend nothing is said to anybody. November is
        over.
        """,
        done="""
        On the first working day of December it said thank you, and only what went well.
        """,
    ),
)
