"""Cards as HTML: what Teams would show, nothing dropped in silence, and no word that becomes markup."""

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from wording.card_html import as_shown, card_html
from wording.cards import inert

GOLDEN = sorted((Path(__file__).parent / "golden/cards").glob("*.json"))


class Seen(HTMLParser):
    """The elements and the words of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.words += f"{data}\n"


def card(*body: dict, actions: tuple[dict, ...] = ()) -> dict:
    return {"type": "AdaptiveCard", "version": "1.5", "body": list(body), "actions": list(actions)}


def text(words: str, **look: object) -> dict:
    return {"type": "TextBlock", "text": words, "wrap": True, **look}


def more(*items: dict, id: str = "more") -> dict:
    return {"type": "Container", "id": id, "isVisible": False, "items": list(items)}


TOGGLE = {"type": "Action.ToggleVisibility", "title": "More", "targetElements": ["more"]}


def test_the_first_line_is_the_heading_that_the_page_asks_for() -> None:
    drawn = card_html(
        card(text("Put right: Board", weight="Bolder", size="Medium"), text("Thank you.")), heading="h3"
    )
    assert '<h3 class="card-bold card-large" dir="auto">Put right: Board</h3>' in drawn
    assert '<p dir="auto">Thank you.</p>' in drawn


def test_what_is_behind_more_opens_without_a_script() -> None:
    drawn = card_html(card(text("Headline"), more(text("Clause 4.2")), actions=(TOGGLE,)))
    assert "<details><summary>More</summary>" in drawn
    assert "Clause 4.2" in Seen(drawn).words
    assert Seen(drawn).words.count("More") == 1


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "[link](http://x) **loud** <b>Planning</b>",
        "{{ 7 * 7 }} {% raw %} {0} %s",
        r"C:\shared\papers and \*stars\*",
        "&lt;already&gt; &amp; so on",
    ],
)
def test_a_hostile_title_is_shown_as_it_was_typed_and_makes_no_element(hostile: str) -> None:
    drawn = card_html(
        card(text(inert(hostile), weight="Bolder"), more(text(inert(hostile))), actions=(TOGGLE,))
    )
    assert Seen(drawn).tags == ["div", "p", "details", "summary", "p"]
    assert Seen(drawn).words.split("\n")[0] == hostile
    assert as_shown(inert(hostile)) == hostile


def test_lines_stay_lines_and_hidden_marks_go() -> None:
    drawn = card_html(card(text("One\r\rTwo\n\u202ethree\x1b[31m")))
    assert "One<br>Two<br>three" in drawn


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (card({"type": "Table", "rows": []}), "Table"),
        (card({"type": "<b>New</b>"}), "<b>New</b>"),
        (card({}), "it does not say what"),
        (
            card(actions=({"type": "Action.Submit", "title": "Send"},)),
            "Action.Submit “Send”",
        ),
        (card(actions=(TOGGLE,)), "which shows nothing"),
        (card(more(text("nobody can see this"))), "no button shows it"),
    ],
)
def test_what_cannot_be_drawn_is_named(given: dict, said: str) -> None:
    drawn = card_html(given)
    assert 'class="card-note"' in drawn
    assert said in Seen(drawn).words


def test_a_button_that_opens_a_page_is_drawn_and_opens_none() -> None:
    drawn = card_html(
        card(actions=({"type": "Action.OpenUrl", "title": "Answer", "url": "https://x.example/p"},))
    )
    assert '<p class="card-press"><span>Answer</span></p>' in drawn
    assert "x.example" not in drawn


@pytest.mark.parametrize("broken", [{}, {"body": None}, {"body": "x"}, {"body": [1, None], "actions": {}}])
def test_a_card_that_is_none_draws_an_empty_one(broken: dict) -> None:
    assert card_html(broken) == '<div class="card"></div>'


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_every_kind_of_our_cards_is_drawn_whole(path: Path) -> None:
    given = json.loads(path.read_text("utf-8"))
    drawn = card_html(given, heading="h3")
    assert "card-note" not in drawn
    for each in _texts_in(given["body"]):
        assert as_shown(each).split("\n")[0] in Seen(drawn).words


def _texts_in(elements: list[dict[str, Any]]) -> Iterator[str]:
    """Every text of a card, however deep it lies."""
    for element in elements:
        if "text" in element:
            yield element["text"]
        yield from (button["title"] for button in element.get("actions", ()))
        yield from _texts_in(element.get("items", []))
