"""Mails to officers, the manager and the chair, as files that anyone can open. UPDATE_GOLDEN=1 writes them anew."""

import json
import os
from pathlib import Path

import pytest

from tests.wording import invented_mails
from tests.wording.invented_cards import TEXTS
from tests.wording.reading_age import measured
from wording.cards import piece_card, round_up_card
from wording.mails.letter import Letter, letter_html, letter_text

GOLDEN = Path(__file__).parent / "golden"
LETTERS = dict(invented_mails.letters())
CARDS = {f"ladder-{name}": piece_card(TEXTS, piece) for name, piece in invented_mails.pieces()}
CARDS["ladder-round-up"] = round_up_card(TEXTS, invented_mails.round_up())
CARDS["ladder-round-up-again"] = round_up_card(TEXTS, invented_mails.round_up(), again=True)


def _compare(file: Path, written: str) -> None:
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8", newline="")
    kept = file.read_bytes().decode() if file.exists() else ""
    assert written == kept, f"{file.name} changed: if that was meant, run again with UPDATE_GOLDEN=1"


@pytest.mark.parametrize("name", LETTERS)
def test_each_mail_is_as_it_was(name: str) -> None:
    _compare(GOLDEN / "mails" / f"{name}.txt", letter_text(LETTERS[name]))
    _compare(GOLDEN / "mails" / f"{name}.html", letter_html(LETTERS[name]))


@pytest.mark.parametrize("name", CARDS)
def test_each_card_is_as_it_was(name: str) -> None:
    card = CARDS[name]
    _compare(GOLDEN / "cards" / f"{name}.json", json.dumps(card, indent=2, ensure_ascii=False) + "\n")
    assert card["version"] == "1.5"
    assert len(json.dumps(card).encode()) < 18_000


@pytest.mark.parametrize("name", [name for name in LETTERS if name != "hostile"])
def test_a_mail_as_a_whole_is_easy_to_read(name: str) -> None:
    said = [line for line in letter_text(LETTERS[name]).splitlines() if "://" not in line]
    whole = measured("\n".join(line for line in said if not line.startswith("Reference")))
    assert whole.grade <= 7
    assert max(whole.sentences) <= 25


def test_what_others_typed_does_no_harm() -> None:
    letter: Letter = LETTERS["hostile"]
    assert "\n" not in letter.title
    assert "<b>" not in letter_html(letter)
    assert "\u202e" not in letter_text(letter)
    assert "\x1b" not in letter_text(letter)


def test_a_round_up_of_fifteen_fits_a_card_and_a_mail() -> None:
    from wording.mails.officers import piece_letter

    [(_, one)] = [(name, piece) for name, piece in invented_mails.pieces() if name == "series"]
    card = round_up_card(TEXTS, [one] * 15)
    assert len(json.dumps(card).encode()) < 28_000
    letter = piece_letter(TEXTS, [one] * 15)
    assert len(letter_html(letter).encode()) + len(letter_text(letter).encode()) < 45_000
