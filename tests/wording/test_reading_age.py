"""The formula behind the test of our words: syllables a child could clap, and grades of texts of known hardness."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.wording.reading_age import ENOUGH, measured, syllables, without_names
from tests.wording.words_in_source import pieces

CLAPPED = {
    1: "the time held looked checked called closed school schools told please rule dates use came where can't don't",
    2: "papers meeting forum people table settled agreed places council quiet reading useful something isn't",
    3: "agreement calendar holiday manager officer library video area idea previous radio evidence stakeholder",
    4: "invitation accessible organiser delivery everybody experience society violation",
    5: "administrator organisation notification",
}
# As people say them; the rule says otherwise. The list may get shorter, never longer.
RULE_IS_WRONG = {"million": 2, "business": 2, "poem": 2, "aren't": 1}


@pytest.mark.parametrize(
    ("number", "word"), [(n, word) for n, words in CLAPPED.items() for word in words.split()]
)
def test_the_rule_hears_as_many_syllables_as_people_clap(number: int, word: str) -> None:
    assert syllables(word) == number


def test_the_rule_says_where_it_is_wrong_and_never_by_more_than_one() -> None:
    for word, number in RULE_IS_WRONG.items():
        assert abs(syllables(word) - number) <= 1


# Flesch and Kincaid by hand: 0.39 × words a sentence + 11.8 × syllables a word − 15.59.
BY_HAND = [
    ("We look at the dates of each group once a day.", 0.39 * 11 + 11.8 * 11 / 11 - 15.59),
    ("Can it move to a day in term? If not, please add a reason.", 0.39 * 7 + 11.8 * 15 / 14 - 15.59),
    ("The papers for the meeting went out after the agreed day.", 0.39 * 11 + 11.8 * 15 / 11 - 15.59),
]


@pytest.mark.parametrize(("text", "grade"), BY_HAND)
def test_grades_are_those_reckoned_by_hand(text: str, grade: float) -> None:
    assert measured(text).grade == pytest.approx(max(0.0, grade))


FROM_EASY_TO_HARD = [
    "The cat sat on the mat. The dog ran to the big red bus. We had tea.",
    "We can't see the papers yet. They were due on Thursday. Please send them, or tell the forum when they come.",
    "The partners have not settled which of the two days counts, so we can't tell if the papers came in time.",
    "The authority is required to demonstrate compliance with its statutory responsibilities regarding consultation.",
]


def test_harder_texts_have_higher_grades() -> None:
    grades = [measured(text).grade for text in FROM_EASY_TO_HARD]
    assert grades == sorted(grades)
    assert grades[0] < 1
    assert grades[-1] > 15


LEFT_OUT = [
    ("Papers are due by the end of Friday 20 November 2026.", "Papers are due by the end of §."),
    ("It starts at 9:30am, before 10am.", "It starts at §, before §."),
    ("{what}: {about}", "§: §"),
    ("The agreement, clause 4.2: “Meetings will be held in term”", "The agreement, clause §: §"),
    ("SEND Partnership Board: nothing to do.", "§: nothing to do."),
    ("Ask the Executive Group of Lancashire County Council.", "Ask the §."),
    ("Then type 'protocol-watch provision' again.", "Then type § again."),
    ("Let it go: protocol-watch release --held", "Let it go: §"),
    ("Set PROTOCOL_WATCH_MODE to tell.", "Set § to tell."),
    ("Write to send.partnership@council.example today.", "Write to § today."),
    ("These are out: Fri 20 Nov, Mon 23 Nov and Tue 24 Nov 2026.", "These are out: §."),
    ("We can't see them. We look again.", "We can't see them. We look again."),
    ("We can't see the forum's papers, and it's late.", "We can't see the forum's papers, and it's late."),
    ("You may go.", "You may go."),
]


@pytest.mark.parametrize(("text", "left"), LEFT_OUT)
def test_names_days_times_numbers_quotes_and_commands_are_left_out(text: str, left: str) -> None:
    assert without_names(text) == left


def test_a_long_name_makes_a_text_no_harder() -> None:
    short, long = "Anna", "Special Educational Needs and Disabilities Partnership Accountability Board"
    text = "Please send the papers to the {} and to nobody else."
    assert measured(text.format(long)) == measured(text.format(short))


def test_what_is_left_out_still_counts_as_a_word_of_its_sentence() -> None:
    assert measured("It starts at 9:30am, before 10am.").sentences == (6,)


def test_a_thought_ends_at_a_colon_and_at_a_semicolon() -> None:
    assert measured("We can't tell: it has no end; please add one.").sentences == (3, 4, 3)


def test_a_few_words_have_no_grade_of_their_own() -> None:
    assert not measured("Reason given: {reason}").long_enough
    assert measured("one two three four five six seven eight").long_enough
    assert ENOUGH == 8


@pytest.mark.parametrize("nothing", ["", " ", "{what}: {about}", "Friday 20 November 2026.", "42", "…"])
def test_nothing_to_read_is_not_hard(nothing: str) -> None:
    assert measured(nothing).grade == 0


@pytest.fixture
def heard(tmp_path: Path) -> Iterator[list[str]]:
    (tmp_path / "room.py").write_text(
        '"""A docstring of many plain words."""\n'
        "PATTERN = r'(?:some words here) \\d+'\n"
        "KEY = 'papers.at_risk'\n"
        "def say(day, more):\n"
        '    """Another docstring with words in it."""\n'
        "    if not day:\n"
        "        raise ValueError('only a programmer can meet this')\n"
        "    text = f'We looked at {day} and saw {more or \"nothing at all here\"}.'\n"
        "    return text + ' There is more to ' 'come after that.'\n",
        "utf-8",
    )
    return [piece.text for piece in pieces(tmp_path, "room.py")]


def test_what_people_read_is_found_in_the_source_and_nothing_else(heard: list[str]) -> None:
    assert sorted(heard) == [
        " There is more to come after that.",
        "We looked at § and saw §.",
        "nothing at all here",
    ]
