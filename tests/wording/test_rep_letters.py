"""A rep's mail: what stands in it for every way that papers can be, and that it stays small and harmless."""

from datetime import date, datetime, timedelta
from html.parser import HTMLParser

import pytest

from graph_client.mail_sent import Mail, mime
from models.ahead import MeetingAhead, PapersAre
from models.days import LONDON
from models.due_days import Entry, EntrySent
from models.facts import Said
from models.rep_mail import Change, Changed, RepMail, Told, weekly
from tests.wording.invented_cards import TEXTS
from wording.mails.asks import ask_letter, ask_passed_on, introduction
from wording.mails.due_day import due_day_part
from wording.mails.letter import Letter, letter_html, letter_text
from wording.mails.reps import Around, RepLinks, at_once_letter, weekly_letter

NOW = datetime(2026, 11, 23, 9, 15, tzinfo=LONDON)
BAD = "<script>alert(1)</script>\r\nBcc: all@families.example\u202e "
HOSTILE = (BAD + "long " * 2_000, BAD + "👩‍👩‍👧" * 3_000)
LINK = f"https://watch.council.example/p/{'x' * 250}"


def ahead(number: int = 1, **more: object) -> MeetingAhead:
    starts = NOW + timedelta(days=number % 20, hours=1)
    known = {"key": f"k{number}", "group": "SEND Partnership Board", "title": "SEND Partnership Board"}
    return MeetingAhead(**known | {"starts": starts, "ends": starts + timedelta(hours=2)} | more)  # type: ignore[arg-type]


def links(*meetings: MeetingAhead) -> RepLinks:
    each = {one.key: LINK for one in meetings}
    return RepLinks(my_meetings=LINK, choices=LINK, pause=LINK, stop=LINK, cant_open=each, call=each)


def letter(*meetings: MeetingAhead, with_links: bool = True, **more: object) -> Letter:
    mail = weekly(meetings, None, NOW, groups=["SEND Partnership Board"])
    assert mail is not None
    known = links(*meetings) if with_links else RepLinks()
    around = Around(groups=["SEND Partnership Board"], links=known, answers_to="officer", **more)  # type: ignore[arg-type]
    return weekly_letter(TEXTS, mail, around, NOW)


WAYS = [
    ({"papers": PapersAre.SENT, "sent": date(2026, 11, 18)}, "Papers: sent on Wednesday 18 November."),
    (
        {"papers": PapersAre.EXPECTED, "due": date(2026, 11, 26)},
        "Papers: due by the end of Thursday 26 November.",
    ),
    (
        {"papers": PapersAre.EXPECTED, "coming_on": date(2026, 11, 25), "reason": "new figures are due"},
        "Papers: they will come on Wednesday 25 November. The reason: New figures are due.",
    ),
    (
        {"papers": PapersAre.NOT_SEEN, "due": date(2026, 11, 18), "coming_on": date(2026, 11, 24)},
        (
            "Papers: we can’t see them yet. They were due by the end of Wednesday 18 November. "
            "They will come on Tuesday 24 November."
        ),
    ),
    ({"papers": PapersAre.NONE}, "Papers: there are none this time."),
    ({"papers": PapersAre.UNKNOWN}, "Papers: we can’t tell if they have gone out."),
    ({"papers": PapersAre.NOT_PROMISED}, "Papers: we don’t know of any."),
]


@pytest.mark.parametrize(("papers", "said"), WAYS)
def test_how_papers_stand(papers: dict[str, object], said: str) -> None:
    assert f"- {said}\n" in letter_text(letter(ahead(**papers)))


def test_it_is_whole_without_links() -> None:
    text = letter_text(letter(ahead(), with_links=False))
    assert "https:" not in text
    assert "answer this mail and say so" in text


class Seen(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)


def hostile_letters(bad_words: str) -> list[tuple[Letter, str]]:
    bad = [
        ahead(n, title=bad_words, place=bad_words, reason=bad_words, barrier=bad_words, papers=way)
        for n, way in enumerate([PapersAre.SENT, PapersAre.NOT_SEEN] * 20)
    ]
    changes = tuple(
        Changed(change, one) for one in bad for change in (Change.MOVED, Change.CANCELLED, Change.LATE)
    )
    around = Around(groups=[bad_words] * 5, links=links(*bad))
    entry = EntrySent("k", Entry(0, NOW.date(), bad_words, live=True))
    part = due_day_part(TEXTS, entry, organiser="a@council.example", rep="b@families.example", now=NOW)
    full = RepMail(changes, tuple(bad), Told())
    return [
        (weekly_letter(TEXTS, full, around, NOW), part),
        (at_once_letter(TEXTS, full, around), ""),
        (ask_letter(TEXTS, Said.CANT_OPEN, bad_words, NOW, 3), ""),
        (ask_passed_on(TEXTS, Said.CALL_WANTED, bad_words, None, 1, told=None), ""),
        (introduction(TEXTS, [bad_words] * 5, LINK), ""),
    ]


@pytest.mark.parametrize("words", HOSTILE, ids=["long", "emoji"])
@pytest.mark.parametrize("number", range(5))
def test_hostile_words_are_only_words_and_the_mail_stays_small(number: int, words: str) -> None:
    made, part = hostile_letters(words)[number]
    text, page = letter_text(made), letter_html(made)
    assert "script" not in Seen(page).tags
    assert "\u202e" not in text + page + part
    mail = Mail(
        to="b@families.example", subject=made.title, text=text, html=page, calendar=part, unsubscribe=LINK
    )
    sent = mime(mail, "a@council.example", NOW)  # which refuses more than 60 KB
    assert b"\nBcc:" not in sent
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click" in sent


def test_an_unsubscribe_by_mail_is_no_one_click() -> None:
    mail = Mail(to="b@families.example", subject="x", text="x", unsubscribe="mailto:a@council.example")
    assert b"List-Unsubscribe-Post" not in mime(mail, "a@council.example", NOW)


@pytest.mark.parametrize(
    ("known", "said"),
    [
        ({"online": True}, "11:15am to 1:15pm, online"),
        ({"online": True, "place": "County Hall"}, "11:15am to 1:15pm, County Hall"),
        ({"online": False}, "11:15am to 1:15pm"),
        ({}, "11:15am to 1:15pm"),
    ],
)
def test_where_a_meeting_is(known: dict[str, object], said: str) -> None:
    hours = {"starts": NOW + timedelta(days=1, hours=2), "ends": NOW + timedelta(days=1, hours=4)}
    assert f"- {said}\n" in letter_text(letter(ahead(**hours | known)))
