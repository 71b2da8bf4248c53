"""Agreements that people wrote: read rightly, or every fault told at once with its line and a cure."""

import re
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.agreement import Agreement, WindowTest
from models.days import Count
from reading.agreements import faults_in, read_agreement
from reading.faults import Unreadable

BROKEN = Path(__file__).parent / "agreements"
SENTENCES = (BROKEN / "sentences.txt").read_text(encoding="utf-8").splitlines()
FILES = sorted(path.name for path in BROKEN.glob("*.yaml") if path.stem != "sound")
ONLY_LINT_TELLS = {  # these can be read: what is wrong is that they would never work
    "calendar_without_address.yaml",
    "group_gone.yaml",
    "no_calendar.yaml",
    "no_route.yaml",
    "no_such_column.yaml",
    "nobody_to_ask.yaml",
    "on_but_not_watched.yaml",
    "one_calendar_for_two.yaml",
    "same_words.yaml",
    "type_no_group_has.yaml",
    "type_not_listed.yaml",
}
NOT_OUR_WORDS = re.compile(
    r"pydantic|input should|valid string|validation|mapping|scalar|token|NoneType|type=|string_type|Error",
    re.I,
)
FULL = (
    (BROKEN / "sound.yaml")
    .read_text(encoding="utf-8")
    .replace(
        "    papers: invite",
        "    papers: invite\n    match: [board]\n    since: 2025-01-01\n    until: 2030-01-01\n    officer: clerk",
    )
)
FULL = FULL.replace(
    "    owner: organiser",
    "    owner: organiser\n    watched: yes\n    on: true\n    warn: 3\n    valid_from: 2025-04-01\n"
    "    valid_to: 2029-01-01\n    holiday_pause: true\n    override: both chairs\n    by: us\n    to: you",
)
FULL += (
    "id: ours\nsource: a page\nworking_days:\n  bank_holidays: scotland\n  saturdays: true\n  count: clear\n"
)


def _told(path: Path) -> list[str]:
    return [str(fault).replace(f"{path.parent}/", "") for fault in faults_in(path)]


def _refused(path: Path) -> tuple[str, ...]:
    try:
        read_agreement(path)
    except Unreadable as unreadable:
        return tuple(str(fault) for fault in unreadable.faults)
    return ()


def _saved(folder: Path, text: str) -> Path:
    path = folder / "agreement.yaml"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def sound() -> str:
    return (BROKEN / "sound.yaml").read_text(encoding="utf-8")


def test_a_sound_agreement_is_read_and_has_no_faults() -> None:
    agreement = read_agreement(BROKEN / "sound.yaml")
    assert agreement.agreed_on == date(2025, 3, 14)
    assert agreement.working_days.count is Count.UNSETTLED
    assert agreement.promise("A1").clause == "2.10"  # and not 2.1, which a number would have become
    window = agreement.promise("A2").test
    assert isinstance(window, WindowTest)
    assert (window.earliest, window.latest) == (time(10), time(14))
    assert faults_in(BROKEN / "sound.yaml") == ()


@pytest.mark.parametrize("name", FILES)
def test_each_broken_file_is_told_in_its_own_sentences(name: str) -> None:
    expected = [line for line in SENTENCES if line.startswith((f"{name},", f"{name}:"))]
    assert expected
    assert _told(BROKEN / name) == expected


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_refused_unless_it_is_merely_useless(name: str) -> None:
    assert bool(_refused(BROKEN / name)) is (name not in ONLY_LINT_TELLS)


def test_every_sentence_belongs_to_a_file_and_there_are_enough() -> None:
    assert {re.split(r"[,:]", line)[0] for line in SENTENCES} == set(FILES)
    assert len(FILES) > 60


def test_sentences_are_plain_words_with_a_cure_and_fit_a_screen() -> None:
    for line in SENTENCES:
        assert line.isprintable()
        assert not NOT_OUR_WORDS.search(line), line
        assert line.count(". ") >= 1 or "? " in line, line
        assert line.endswith(".")
        assert not line.endswith("..")
        assert len(line) < 400


def test_all_faults_come_at_once_and_in_the_order_of_the_file() -> None:
    with pytest.raises(Unreadable) as caught:
        read_agreement(BROKEN / "ten_faults.yaml")
    lines = [fault.line for fault in caught.value.faults]
    assert lines == [2, 9, 17, 20, 21, 25, 27, 30, 31]


def test_what_is_wrong_elsewhere_does_not_hide_what_lint_sees(tmp_path: Path, sound: str) -> None:
    path = _saved(tmp_path, sound.replace("papers: invite", "papers: post").replace("[board]", "[bord]"))
    told = " ".join(_told(path))
    assert "'papers' can't be 'post'" in told
    path = _saved(tmp_path, sound.replace("least: 5", "least: few").replace("owner: organiser", "owner: ''"))
    told = " ".join(_told(path))
    assert "'least' can't be 'few'" in told
    assert "promise A2: nobody is named" in told


def test_yes_and_no_are_understood_where_a_box_is_ticked(tmp_path: Path, sound: str) -> None:
    text = sound.replace("    owner: organiser", "    owner: organiser\n    on: yes\n    watched: yes", 1)
    promise = read_agreement(_saved(tmp_path, text)).promise("A1")
    assert promise.on is True
    assert promise.is_watched


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(tmp_path: Path, sound: str) -> None:
    path = tmp_path / "agreement.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + sound.replace("\n", "\r\n").encode())
    assert read_agreement(path) == read_agreement(BROKEN / "sound.yaml")
    path.write_bytes(sound.replace("papers: invite", "papers: post").replace("\n", "\r\n").encode())
    assert [fault.line for fault in faults_in(path)] == [9]


def test_two_hundred_faults_are_enough_for_one_sitting(tmp_path: Path, sound: str) -> None:
    path = _saved(tmp_path, sound + "".join(f"odd_{number}: 1\n" for number in range(500)))
    faults = faults_in(path)
    assert len(faults) == 201
    assert "300 more faults" in faults[-1].what


@pytest.mark.parametrize("name", ["nowhere.yaml", "."])
def test_a_file_that_cannot_be_opened_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(Unreadable, match=r"can't be opened\. Check its name"):
        read_agreement(tmp_path / name)


def test_ten_megabytes_on_one_line_are_refused_unread(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="larger than 1 MB"):
        read_agreement(_saved(tmp_path, "agreement: " + "x" * 10_000_000))


def test_a_file_name_cannot_colour_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\u202eb.yaml"
    path.write_text("- 1\n")
    assert str(faults_in(path)[0]).isprintable()


def test_long_words_are_cut_in_messages(tmp_path: Path, sound: str) -> None:
    path = _saved(tmp_path, sound.replace("strength: firm", "strength: " + "f" * 5_000))
    assert all(len(str(fault)) < 400 for fault in faults_in(path))


def test_the_agreement_that_says_everything_is_sound(tmp_path: Path) -> None:
    assert faults_in(_saved(tmp_path, FULL)) == ()


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any_bytes.yaml"
    path.write_bytes(content)
    assert _refused(path)


@given(st.text(alphabet="abg:-[]{}&*!|>'\"#%@ \n\t,?~.0123456789<=\\\x00\x1b\u202eé", max_size=300))
def test_any_yaml_like_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any_text.yaml"
    path.write_text(text, encoding="utf-8")
    assert _refused(path)
    assert all(sentence.isprintable() for sentence in _refused(path))


ODD_VALUES = [
    "",
    "~",
    "[]",
    "{}",
    "[[a]]",
    "{a: 1}",
    "5",
    "-1",
    ".nan",
    ".inf",
    "1e999",
    "true",
    "10:00",
    "no",
]
ODD_VALUES += ["2024-01-11", "0x10", '"\\e"', "1_000", "=", "'", "- a", "*a", "{thing: papers}", "9" * 5_000]


@given(st.data())
def test_one_odd_value_anywhere_is_read_or_told_with_its_line(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """One line of an agreement that says everything gets a value that nobody expects there."""
    lines = FULL.splitlines()
    values = [number for number, line in enumerate(lines) if ":" in line]
    number = data.draw(st.sampled_from(values))
    name, _, _ = lines[number].partition(":")
    lines[number] = f"{name}: {data.draw(st.sampled_from(ODD_VALUES))}"
    path = tmp_path_factory.getbasetemp() / "one_odd_value.yaml"
    path.write_text("\n".join(lines), encoding="utf-8")
    for fault in faults_in(path):
        assert str(fault).isprintable()
        assert not NOT_OUR_WORDS.search(fault.what), fault
    if not _refused(path):
        assert isinstance(read_agreement(path), Agreement)
