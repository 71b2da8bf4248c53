"""What somebody sees of a page is what a browser would send back: by words, never by hidden addresses."""

import pytest

from demonstration.screen import Screen
from demonstration.script import Click

PAGE = """<h1>My meetings</h1><h2>Board</h2><a href="/p/1"><bdi>Can’t open
 a paper?</bdi></a><h2>Inclusion</h2><a href="/p/2"><bdi>Can’t open a paper?</bdi></a>
<form method="post"><input type="hidden" name="do" value="start"><input type="hidden" name="turn" value="3">
<p><button type="submit">Yes, start</button></p></form>"""


def test_a_link_is_found_by_its_words_and_its_heading() -> None:
    screen = Screen(PAGE)
    assert screen.title == "My meetings"
    assert screen.link(Click("Can’t open a paper?")) == "/p/1"
    assert screen.link(Click("Can’t open", under="Inclusion")) == "/p/2"
    assert not screen.has(Click("Can’t open", under="Executive"))


def test_a_form_gives_what_it_holds() -> None:
    assert Screen(PAGE).form("Yes") == {"do": "start", "turn": "3"}


@pytest.mark.parametrize("words", ["No", ""])
def test_what_is_not_there_cant_be_pressed(words: str) -> None:
    with pytest.raises(LookupError, match="nothing to press"):
        Screen("<p>Nothing</p>").form(words)
