"""Everybody can use our mails: checked by axe-core in a real browser where there is one, links and all."""

from pathlib import Path

import pytest

from tests.proving import some_of
from tests.wording.in_a_browser import assert_everybody_can_use
from tests.wording.invented_cards import TEXTS
from tests.wording.test_rep_letters import LINK, WAYS, ahead, letter
from wording.mails.asks import introduction
from wording.mails.letter import letter_html
from wording.mails.officers import piece_letter
from wording.pieces import Piece

PIECE = Piece(
    headline="Papers for the Board on Friday 27 November",
    lines=("We can’t see the papers yet.", "Can they go out today?"),
    more=("Due by the end of Friday 20 November.",),
    reference="Clause 4.1",
    press=("Answer", LINK),
)
MAILS = {
    "a week's mail": letter(*(ahead(number, **papers) for number, (papers, _) in enumerate(WAYS, start=1))),
    "the question to the chair": introduction(TEXTS, ["SEND Partnership Board"], LINK),
    "several things for an officer": piece_letter(TEXTS, [PIECE, PIECE], again=True),
}


@pytest.mark.parametrize("mail", some_of(list(MAILS), 0, of=2))
def test_axe_finds_nothing(mail: str, tmp_path: Path, house: Path) -> None:
    """No fault at 320 and 1280 pixels, light and dark; no sideways scrolling; nothing is fetched."""
    assert_everybody_can_use(letter_html(MAILS[mail], TEXTS.language), tmp_path, house, is_mail=True)
