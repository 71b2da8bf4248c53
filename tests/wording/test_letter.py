"""A letter says the same as text and as HTML, and nothing that people typed can be more than words."""

import re
from html.parser import HTMLParser

from wording.mails.letter import Heading, Letter, Points, Press, Words, letter_html, letter_text

HOSTILE = '<script>alert(1)</script> "quoted" \u202eright to left\u2066 a\r\nBcc: x@y.example'


def letter(words):
    return Letter(
        f"Papers {words}",
        (
            Heading(words),
            Words(words),
            Points((words, "second")),
            Press("Open", "https://a.example/p/x?y=1&z=2"),
            Words("small", small=True),
        ),
    )


class Seen(HTMLParser):
    def __init__(self, page):
        super().__init__()
        self.words, self.tags, self.links = [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]

    def handle_data(self, data):
        self.words.append(data)


def test_both_say_the_same():
    text, seen = letter_text(letter("come late")), Seen(letter_html(letter("come late")))
    said = " ".join(" ".join(seen.words).split())
    for words in ("come late", "second", "small", "Open"):
        assert words in text
        assert words in said
    assert seen.links == ["https://a.example/p/x?y=1&z=2"]
    assert "https://a.example/p/x?y=1&z=2" in text.splitlines()


def test_hostile_words_are_only_words():
    text, page = letter_text(letter(HOSTILE)), letter_html(letter(HOSTILE))
    assert "script" not in Seen(page).tags
    assert not re.search("[\u202a-\u202e\u2066-\u2069\r]", text + page)
    assert "\n" not in letter(HOSTILE).title


def test_nothing_is_fetched():
    assert not {"img", "link", "script", "iframe", "form"} & set(Seen(letter_html(letter("x"))).tags)
