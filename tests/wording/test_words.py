"""Our words are plain and kind: every text that people get, by a reading age, by length and by what it may not say.

Where a test here fails, change the words, not the bound. docs/wording.md says the same to those who edit texts.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import mean

import pytest

from tests.wording import everything_said as said
from tests.wording.everything_said import ON_MICROSOFTS_SCREENS, ROLES, Said
from tests.wording.reading_age import Measured, measured
from tests.wording.rule_sentences import rule_sentences
from tests.wording.word_lists import doubts
from tests.wording.words_in_source import pieces

HARDEST, USUAL = (
    7,
    4,
)  # school grades: no text over the first, the mean of a body of texts not over the second
LONGEST, USUAL_LENGTH = 20, 12  # words of a sentence, and the mean

# Bodies of texts. Those who keep the promises read the first; whoever sets the program up reads the second too.
TO_PARTNERS = {
    "the wording file": said.in_the_wording_file("en"),
    "the rules": said.by_the_rules(),
    "what the agreement asks": said.asked_by_the_agreement(),
    "the manager's list": said.in_the_managers_list(),
    "what changed in an agreement": said.in_what_changed(),
    "the quarterly report": said.in_the_quarterly_report(),
}
FOR_PARTNERS_IN = {
    "what stands in the way of papers": ("models/papers_files.py", "models/papers.py"),
    "reports, watch and release": tuple(
        f"wording/{name}"
        for name in (
            "agreement_changes.py",
            "agreements.py",
            "alert_words.py",
            "arranged.py",
            "cards",
            "check_json.py",
            "check_page.py",
            "check_text.py",
            "check_words.py",
            "managers_list.py",
            "plain.py",
            "promise_words.py",
            "release_text.py",
            "report_document.py",
            "report_page.py",
            "report_parts.py",
            "report_table.py",
            "report_text.py",
            "report_words.py",
            "report_workbook.py",
            "forum_reminders.py",
            "strip.py",
            "watch_text.py",
        )
    ),
}
FOR_SETTING_UP_IN = {
    "what a file says wrong": ("reading",),
    "the Graph client": ("graph_client",),
    "the ledger": ("ledger/faults.py", "ledger/sqlite_file.py", "ledger/azure_faults.py"),
    "doctor and the runs": (
        "functions",
        "wording/doctor_text.py",
        "wording/provision_text.py",
        "wording/setup_text.py",
    ),
}


@pytest.fixture(scope="module")
def bodies(house: Path) -> dict[str, tuple[Said, ...]]:
    """Every body of texts."""
    found = {name: tuple(texts) for name, texts in TO_PARTNERS.items()}
    found["cards, line by line"] = tuple(said.on_cards(house))
    found["cards as a whole"] = tuple(said.on_a_card(house))
    found["errors of Microsoft 365"] = tuple(said.by_microsoft_refused())
    found["slips in files"] = tuple(said.of_slips_in_files(house))
    rooms = FOR_PARTNERS_IN | FOR_SETTING_UP_IN
    return found | {name: tuple(said.in_files(house, *paths)) for name, paths in rooms.items()}


FOR_PARTNERS = [*TO_PARTNERS, "cards, line by line", "cards as a whole", *FOR_PARTNERS_IN]
FOR_SETTING_UP = [*FOR_SETTING_UP_IN, "errors of Microsoft 365", "slips in files"]
EVERY_BODY = [*FOR_PARTNERS, *FOR_SETTING_UP]


@pytest.mark.parametrize("body", EVERY_BODY)
def test_no_text_is_harder_to_read_than_grade_7(bodies: dict[str, tuple[Said, ...]], body: str) -> None:
    assert not _too_hard(bodies[body], body)


@pytest.mark.parametrize("body", EVERY_BODY)
def test_the_texts_are_read_at_nine_years_on_the_whole(
    bodies: dict[str, tuple[Said, ...]], body: str
) -> None:
    grades = [one.grade for one in _all_measured(bodies[body], body) if one.long_enough]
    assert mean(grades) <= USUAL


@pytest.mark.parametrize("body", EVERY_BODY)
def test_sentences_are_short(bodies: dict[str, tuple[Said, ...]], body: str) -> None:
    assert not _too_long(bodies[body], body)
    assert mean(n for one in _all_measured(bodies[body], body) for n in one.sentences) <= USUAL_LENGTH


@pytest.mark.parametrize("body", EVERY_BODY)
def test_the_words_are_kind_and_everyday_ones(bodies: dict[str, tuple[Said, ...]], body: str) -> None:
    """No blame, no jargon, no right that nobody gave, British spelling, no shouting: the lists say what instead."""
    to_partners = body in FOR_PARTNERS
    assert not {
        one.where: wrong for one in bodies[body] if (wrong := [*doubts(one.text, to_partners=to_partners)])
    }


def test_in_any_language_sentences_are_short_and_nobody_shouts() -> None:
    """The formula and the lists are for English; these hold everywhere."""
    for language in said.languages():
        texts = tuple(said.in_the_wording_file(language))
        assert texts
        assert not _too_long(texts, language)
        assert not [one.where for one in texts if "!" in one.text]


def test_there_is_much_to_read_in_every_body(bodies: dict[str, tuple[Said, ...]]) -> None:
    """A body that is suddenly empty would pass everything above."""
    assert {name: len(texts) for name, texts in bodies.items() if len(texts) < 5} == {}
    assert sum(map(len, bodies.values())) > 1_000


def test_no_sentence_in_the_rules_is_left_out(house: Path) -> None:
    """Each piece of a sentence in their source was said in one of the situations."""
    heard = "\n".join(rule_sentences())
    unheard = [
        piece
        for piece in pieces(house, "models/rules")
        if not re.search(".*".join(map(re.escape, map(str.strip, piece.text.split("§")))), heard)
    ]
    assert not unheard


TOO_HARD = [
    "Non-attendance necessitates retrospective justification from the responsible organisation.",
    "Following consideration of the aforementioned representations, appropriate arrangements will be established.",
    "The organiser is invited to provide a comprehensive explanation of the circumstances.",
    "Please confirm receipt of documentation and advise accordingly of any accessibility considerations.",
]
TOO_LONG = [
    (
        "We could not see the papers for this meeting by the day that was agreed and so we would like to know "
        "when the forum can have them and if you need some help with that."
    ),
    (
        "This date is in the week that the schools have off and so we ask you to pick a new day in the term or to "
        "tell us why it has to be then."
    ),
]
NOT_OUR_WORDS = [
    ("You failed to send the papers.", "fail"),
    ("The papers are overdue.", "overdue"),
    ("This is a breach of the agreement.", "breach"),
    ("Non-compliance was seen.", "non-compl"),
    ("You have not sent the papers.", "you have not"),
    ("You haven’t sent the papers.", "you haven't"),
    ("The papers should have been sent on Friday.", "should have"),
    ("This is a reminder.", "remind"),
    ("You must send the papers.", "you must"),
    ("The papers must come by Friday.", "must"),
    ("You are entitled to five days.", "entitle"),
    ("By law, parents see the papers first.", "by law"),
    ("We will escalate this to the manager.", "escalat"),
    ("Please action this.", "please action"),
    ("Key stakeholders were told.", "stakeholder"),
    ("This is part of co-production.", "co-produc"),
    ("The SLA is five days.", "sla"),
    ("Please notify the forum.", "notify"),
    ("We recognize the change.", "recogniz"),
    ("The meeting was canceled.", "canceled"),
    ("We cannot see the papers.", "cannot"),
    ("Papers are out!", "exclamation mark"),
    ("Papers are OUT today.", "'OUT'"),
    ("This is for your consideration.", "'consideration'"),
]
KIND_AND_PLAIN = [
    "We can't see the papers yet.",
    "They were due by the end of Friday 20 November 2026.",
    "Can it move to between 10am and 2pm? If not, please add a short reason.",
    "The agreement, clause 3: “Stakeholders must ensure co-production and compliance.”",
    "SEND Partnership Board: nothing more to do.",
]


@pytest.mark.parametrize("text", TOO_HARD)
def test_a_text_that_is_too_hard_is_found(text: str) -> None:
    assert _too_hard([Said("here", "here", text)])


@pytest.mark.parametrize("text", TOO_LONG)
def test_a_sentence_that_is_too_long_is_found(text: str) -> None:
    assert _too_long([Said("here", "here", text)])


@pytest.mark.parametrize(("text", "found"), NOT_OUR_WORDS)
def test_a_word_that_is_not_ours_is_found(text: str, found: str) -> None:
    assert [doubt for doubt in doubts(text) if found in doubt]


@pytest.mark.parametrize("text", KIND_AND_PLAIN)
def test_nothing_is_found_where_the_words_are_kind_and_plain(text: str) -> None:
    """The agreement's own words are not ours to change, nor are names."""
    texts = [Said("here", "here", text)]
    assert [_too_hard(texts), _too_long(texts), [*doubts(text)]] == [{}, {}, []]


def test_many_short_texts_are_as_hard_as_they_are_together() -> None:
    """A headline alone has no grade; hard headlines side by side have one."""
    headlines = [
        "Accountability considerations",
        "Organisational responsibilities",
        "Documentation unavailable",
        "Retrospective justification",
    ]
    assert _too_hard([Said(text, "headlines", text) for text in headlines])


def _too_hard(texts: Iterable[Said], body: str = "") -> dict[str, str]:
    graded = {one.where: (_measured(one.text, body), one.text) for one in texts}
    hard = {where: text for where, (m, text) in graded.items() if m.long_enough and m.grade > HARDEST}
    return hard | _short_ones_too_hard(tuple(texts), body)


def _short_ones_too_hard(texts: Sequence[Said], body: str) -> dict[str, str]:
    """Texts too short for a grade, joined with the short ones beside them where there are several."""
    short: dict[str, dict[str, None]] = {}
    for one in texts:
        if not _measured(one.text, body).long_enough:
            short.setdefault(one.part, {})[one.text.rstrip(".: ")] = None
    joined = {
        f"short texts of {part}": ". ".join(these) + "." for part, these in short.items() if len(these) > 2
    }
    measures = {where: _measured(text, body) for where, text in joined.items()}
    return {
        where: joined[where] for where, one in measures.items() if one.long_enough and one.grade > HARDEST
    }


def _too_long(texts: Iterable[Said], body: str = "") -> dict[str, str]:
    return {
        one.where: one.text for one in texts if max(_measured(one.text, body).sentences, default=0) > LONGEST
    }


def _all_measured(texts: Iterable[Said], body: str) -> list[Measured]:
    return [_measured(one.text, body) for one in texts]


def _measured(text: str, body: str) -> Measured:
    return measured(text, (*ROLES, *ON_MICROSOFTS_SCREENS) if body in FOR_SETTING_UP else ROLES)
