"""Texts that a council changed: its own words where they can be used, the shipped ones where not, each slip told."""

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.files import shipped
from models.texts import KINDS
from reading.faults import Unreadable
from reading.texts import TextsRead, read_texts

SHIPPED = read_texts(None, shipped.WORDING)


def _saved(folder: Path, text: str) -> Path:
    path = folder / "wording.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _read(folder: Path, text: str) -> TextsRead:
    return read_texts(_saved(folder, text), shipped.WORDING)


def _ours(*lines: str) -> str:
    return "texts:\n  en:\n" + "".join(f"    {line}\n" for line in lines)


def _told(read: TextsRead) -> list[str]:
    return [str(fault).rpartition("/")[2] for fault in read.faults]


def test_the_shipped_texts_are_whole_and_sound() -> None:
    assert SHIPPED.faults == ()
    assert SHIPPED.texts.templates.keys() == KINDS.keys()
    assert SHIPPED.texts.language == "en"


def test_a_councils_own_words_take_the_place_of_the_shipped_ones_name_by_name(tmp_path: Path) -> None:
    read = _read(tmp_path, _ours("hours:", '  starts_before: "Too early: before {start}"'))
    assert read.faults == ()
    assert read.texts.say("hours.starts_before", start="10am") == "Too early: before 10am"
    assert read.texts.say("hours.runs_past", end="2pm") == "Runs past 2pm"


def test_a_text_may_run_over_several_lines(tmp_path: Path) -> None:
    read = _read(tmp_path, _ours("alert:", "  asks: >", "    Can this be", "    put right?"))
    assert read.texts.say("alert.asks") == "Can this be put right?"


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ["hours:", '  start_before: "Before {start}"'],
            (
                "line 4: 'start_before' is not a name we know here. "
                "Did you mean 'starts_before'? Change it, or delete the line."
            ),
        ),
        (
            ["hour:", '  starts_before: "Before {start}"'],
            "line 3: 'hour' is not a name we know here. Did you mean 'hours'? Change it, or delete the line.",
        ),
        (
            ["hours:", '  starts_before: "Before {starts}"'],
            "line 4: hours.starts_before: nothing fills in '{starts}' here. Did you mean {start}? Change it.",
        ),
        (
            ["alert:", '  asks: "Dear {organiser}, please"'],
            "line 4: alert.asks: nothing fills in '{organiser}' here. Take it out: this text has none.",
        ),
        (
            ["held:", '  ask: "If it is all true, let it go."'],
            "line 4: held.ask: {command} is missing. Put {command} where the program should fill it in.",
        ),
        (
            ["alert:", '  asks: ""'],
            (
                "line 4: alert.asks: there are no words. "
                "Write some, or delete the line: then the shipped text is said."
            ),
        ),
        (
            ["alert:", "  asks:"],
            (
                "line 4: alert.asks: there are no words. "
                "Write some, or delete the line: then the shipped text is said."
            ),
        ),
        (
            ["alert:", f'  asks: "{"please " * 60}"'],
            "line 4: alert.asks: it has 419 letters and a card holds 300. Say it in fewer words.",
        ),
        (
            ["papers:", f'  missed: "{"Papers " * 20}"'],
            "line 4: papers.missed: it has 139 letters and a card holds 90. Say it in fewer words.",
        ),
        (
            ["alert:", "  asks: 2026-11-27"],
            (
                "line 4: alert.asks: this is read as a number, a date or a yes or no. "
                'Put it in quotes: "2026-11-27".'
            ),
        ),
        (
            ["alert:", "  asks: [please, look]"],
            (
                "line 4: alert.asks: this is read as a list or a set of names. "
                'Put the whole text in "quotation marks".'
            ),
        ),
        (
            ["alert:", '  asks: "Please {look"'],
            "line 4: alert.asks: there is a curly bracket without its partner. Close it, or use (round) ones.",
        ),
        (
            ["alert: Please look"],
            "line 3: 'alert' holds texts, each in a line of its own below it. Write them there.",
        ),
        (
            ["alert:", '  asks: "Please"', '  asks: "Do"'],
            "line 5: 'asks' is here twice (first in line 4). Keep one of the two.",
        ),
        (
            ["alert:", '  asks: "Please \u202elook"'],
            "line 4: there is a hidden character in these words. Type them again.",
        ),
    ],
)
def test_each_slip_is_told_with_its_line_and_a_cure(tmp_path: Path, lines: list[str], told: str) -> None:
    assert _told(_read(tmp_path, _ours(*lines))) == [f"wording.yaml, {told}"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("language: en\n", "wording.yaml, line 1: there is nothing under 'texts'."),
        ("text:\n  en: {}\n", "line 1: 'text' is not a name we know here. Did you mean 'texts'?"),
        (
            "texts:\n  hours:\n    a: b\n",
            "line 2: 'hours' is not the short name of a language. Put a line 'en:'",
        ),
        ("texts:\n  en: Hello\n", "line 2: there are no texts under 'en'."),
        ("language: English\ntexts:\n  en: {}\n", "line 1: 'language' can't be 'English'. Write en, or cy."),
        ("language: [en]\ntexts:\n  en: {}\n", "line 1: 'language' can't be 'a list'."),
        (
            "language: cy\ntexts:\n  en: {}\n",
            "there are no texts in the language 'cy'. Add them under 'texts'",
        ),
    ],
)
def test_a_file_of_the_wrong_shape_is_told_and_the_shipped_texts_are_said(
    tmp_path: Path, text: str, told: str
) -> None:
    read = _read(tmp_path, text)
    assert any(told in sentence for sentence in _told(read))
    assert read.texts.templates == SHIPPED.texts.templates


def test_a_text_with_a_slip_is_left_out_and_the_others_are_used(tmp_path: Path) -> None:
    slip = ["hours:", '  starts_before: "Before {starts}"', '  runs_past: "Ends after {end}"']
    read = _read(tmp_path, _ours(*slip))
    assert read.texts.say("hours.starts_before", start="10am") == "Starts before 10am"
    assert read.texts.say("hours.runs_past", end="2pm") == "Ends after 2pm"


def test_all_slips_come_at_once_and_in_the_order_of_the_file(tmp_path: Path) -> None:
    lines = ["hours:", '  runs_past: "Late"', '  odd: "x"', "alert:", '  asks: ""', "  more_days: 5"]
    read = _read(tmp_path, _ours(*lines) + "odd: 1\n")
    assert [fault.line for fault in read.faults] == [4, 5, 7, 8, 9]


def test_two_hundred_slips_are_enough_for_one_sitting(tmp_path: Path) -> None:
    lines = ["hours:", *(f'  odd_{number}: "x"' for number in range(500))]
    assert len(_read(tmp_path, _ours(*lines)).faults) == 200


def test_another_language_is_said_where_it_has_words_and_english_where_not(tmp_path: Path) -> None:
    text = 'language: cy\ntexts:\n  cy:\n    card:\n      more: "Mwy"\n  en:\n    card:\n      more: "Show"\n'
    read = _read(tmp_path, text)
    assert read.faults == ()
    assert read.texts.language == "cy"
    assert read.texts.say("card.more") == "Mwy"
    assert read.texts.say("ended.put_right_says") == "Thank you. Nothing more to do."
    assert read_texts(tmp_path / "wording.yaml", shipped.WORDING, "en").texts.say("card.more") == "Show"


def test_a_council_may_edit_a_copy_of_the_whole_file(tmp_path: Path) -> None:
    whole = shipped.WORDING.read_text("utf-8").replace("Starts before {start}", "Begins before {start}")
    read = _read(tmp_path, whole)
    assert read.faults == ()
    assert read.texts.say("hours.starts_before", start="10am") == "Begins before 10am"


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "wording.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + shipped.WORDING.read_bytes().replace(b"\n", b"\r\n"))
    read = read_texts(path, shipped.WORDING)
    assert read.faults == ()
    assert read.texts == SHIPPED.texts


def test_a_shipped_file_that_lacks_a_text_is_refused_with_its_name(tmp_path: Path) -> None:
    whole = shipped.WORDING.read_text("utf-8")
    broken = _saved(tmp_path, whole.replace('      runs_past: "Runs past {end}"\n', ""))
    with pytest.raises(Unreadable, match=r"there is no text 'hours\.runs_past'\. Add it"):
        read_texts(None, broken)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "this file is empty"),
        (b"- a list\n", "this file starts with a list"),
        (b"texts:\n  en: &a\n    card: *a\n", "anchors and aliases"),
        (b"texts: {en: {alert: {asks: !!python/name:os.system x}}}\n", "the tag"),
        (b"texts:\n\ten: x\n", "there is a tab in this line"),
        (b"\xff\xfet\x00e\x00x\x00t\x00s\x00", "this file is not UTF-8 text"),
        ('texts: "Gr\u00fc\u00dfe"'.encode("cp1252"), "this file is not UTF-8 text"),
        (b"x: " + b"y" * 1_100_000, "this file is larger than 1 MB"),
        (b"a: " + b"[" * 5_000, "levels deep"),
        (b"texts: \x00", "hidden control character"),
    ],
)
def test_a_file_that_is_no_use_at_all_is_one_sentence(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "wording.yaml"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=told):
        read_texts(path, shipped.WORDING)


def test_a_placeholder_at_the_start_without_quotation_marks_is_told_where_it_stands(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"line 4: .* Put the whole text in .quotation marks."):
        _read(
            tmp_path, _ours("hours:", "  starts_before: {start} is the earliest", "  runs_past: Late {end}")
        )


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match=r"can't be opened\. Check its name"):
        read_texts(tmp_path / "nowhere.yaml", shipped.WORDING)


@given(st.text(alphabet="aehkmorstux:-[]{}'\"# \n._>|", max_size=300))
def test_any_text_is_read_or_refused_and_every_name_can_still_be_said(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any_wording.yaml"
    path.write_text(_ours("alert:", "  asks: ") + text, encoding="utf-8")
    try:
        read = read_texts(path, shipped.WORDING)
    except Unreadable:
        return
    assert read.texts.templates.keys() == KINDS.keys()
    assert all(str(fault).isprintable() for fault in read.faults)


def test_the_guide_for_councils_shows_files_that_work_and_sentences_that_are_told(
    tmp_path: Path, house: Path
) -> None:
    guide = (house / "docs" / "wording.md").read_text("utf-8")
    examples = [dedent(block) for block in re.findall(r"```yaml\n(.*?)```", guide, re.S)]
    assert len(examples) == 2
    assert all(_read(tmp_path, example).faults == () for example in examples)
    slips = ["hours:", '  starts_before: "Before {starts}"', "", "held:", '  ask: "Let it go."']
    told = "\n".join(_told(_read(tmp_path, _ours(*slips))))
    assert f"```\n{told}\n```" in guide
