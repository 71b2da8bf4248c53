"""A story as one web page: every word in it is safe, and everybody can read it."""

import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from models.days import LONDON
from tests.proving import some_of
from tests.wording.in_a_browser import assert_everybody_can_use
from wording.cards import inert
from wording.story_page import CardSeen, Chapter, MailSeen, PageSeen, Story, days, mail_words, story_page

HOSTILE = '<script>alert("x")</script> اجتماع [link](http://x) ' + "long" * 60


def text(words: str, **look: object) -> dict:
    return {"type": "TextBlock", "text": inert(words), "wrap": True, **look}


def card(title: str) -> dict:
    return {
        "type": "AdaptiveCard",
        "version": "1.5",
        "fallbackText": f"Starts before 10am: {title}. Can it move?",
        "body": [
            text(f"Starts before 10am: {title}", weight="Bolder", size="Medium"),
            text("Can it move to between 10am and 2pm?"),
            {
                "type": "Container",
                "id": "more",
                "isVisible": False,
                "items": [text("The agreement, clause 4.2")],
            },
            {"type": "Table", "rows": []},
        ],
        "actions": [{"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"]}],
    }


def seen(title: str) -> CardSeen:
    return CardSeen(
        "The officers' own chat",
        datetime(2026, 11, 10, 13, 15, tzinfo=LONDON),  # Tuesday
        card(title),
        "cards/01.json",
    )


def mail(title: str) -> MailSeen:
    return MailSeen(
        to="Forum chair",
        at=datetime(2026, 11, 10, 9, 15, tzinfo=LONDON),  # Tuesday
        subject=title,
        text=f"{title}\n-----\n\nPress here:\nhttps://watch.example/p/secret\n\nThat is all.\n",
        file="mails/01.html",
    )


def story(title: str = "SEND Partnership Board") -> Story:
    tuesday, wednesday = date(2026, 11, 10), date(2026, 11, 11)
    told = {"happened": (title, "Then it moved."), "done": (title,)}
    return Story(
        title="A term",
        about=("What this is.", title),
        chapters=(
            Chapter(
                title=title,
                first=tuesday,
                last=wednesday,
                cards=(seen(title), seen(title)),
                mails=(mail(title),),
                pages=(PageSeen(of="Forum chair", what=title, file="pages/01.html"),),
                **told,
            ),
            Chapter(title="A slip", first=wednesday, last=wednesday, **told),
        ),
        figures=(("2", "cards"),),
        files=(("report.html", "what was found."),),
    )


def test_a_chapter_has_its_days_what_happened_what_was_done_and_its_cards() -> None:
    written = story_page(story())
    assert '<p class="days">Tuesday 10 to Wednesday 11 November 2026</p>' in written
    assert written.count("What Protocol Watch did") == 2
    assert written.count("Starts before 10am: SEND Partnership Board</h3>") == 2
    assert "Tue 10 Nov, 1:15pm" in written


def test_a_chapter_without_cards_says_that_nobody_heard() -> None:
    assert story_page(story()).count("Nobody heard.") == 1


def test_cards_and_mails_stand_in_the_order_in_which_they_came() -> None:
    [chapter, _] = story().chapters
    assert [type(one) for one in chapter.heard] == [MailSeen, CardSeen, CardSeen]


def test_a_mail_is_folded_with_its_words_and_without_the_address_of_its_link() -> None:
    written = story_page(story())
    assert "<summary>Mail: SEND Partnership Board</summary>" in written
    assert "Press here:" in written
    assert "watch.example" not in written
    assert mail_words("Hello\n-----\n\nPress:\nhttps://x.example/1\n\nBye\n") == "Hello\n\nPress:\n\nBye"


def test_pages_that_people_opened_are_linked_with_whose_they_were() -> None:
    assert 'Forum chair: <a href="pages/01.html">SEND Partnership Board</a>' in story_page(story())


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 11, 5), date(2026, 11, 5), "Thursday 5 November 2026"),
        (date(2026, 11, 10), date(2026, 11, 11), "Tuesday 10 to Wednesday 11 November 2026"),
        (date(2026, 11, 27), date(2026, 12, 1), "Friday 27 November to Tuesday 1 December 2026"),
        (date(2026, 12, 30), date(2027, 1, 4), "Wednesday 30 December 2026 to Monday 4 January 2027"),
    ],
)
def test_days_are_said_as_people_say_them(first: date, last: date, said: str) -> None:
    assert days(first, last) == said


def test_no_word_of_anybody_becomes_markup() -> None:
    written = story_page(story(HOSTILE))
    assert "<script" not in written
    assert written.count("&lt;script&gt;") >= 6
    assert '<a href="http' not in written


def test_the_page_stands_alone_and_leads_only_to_what_lies_beside_it() -> None:
    written = story_page(story())
    assert not re.findall("<(?:script|link|img|iframe|object|form)", written)
    assert not re.findall(r"@import|url\(", written)
    assert not re.findall(r"""(?:src|href)=["'](?:https?:|//|/)""", written)
    assert "default-src 'none'" in written


def test_headings_are_real_and_never_skip_a_level() -> None:
    written = story_page(story())
    levels = [int(level) for level in re.findall(r"<h([1-6])", written)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    anchors = re.findall(r'href="#([\w-]+)"', written)
    assert {"main", "chapter-1", "chapter-2"} == set(anchors)
    assert all(written.count(f'id="{anchor}"') == 1 for anchor in anchors)


@pytest.mark.parametrize("title", some_of([HOSTILE, "SEND Partnership Board"], 0, of=2), ids=len)
def test_axe_finds_nothing(title: str, tmp_path: Path, house: Path) -> None:
    assert_everybody_can_use(story_page(story(title)), tmp_path, house)
