"""Groups are written into an agreement, and everything else in it stays byte for byte."""

from pathlib import Path

import pytest

from functions.files import shipped
from functions.setting_up.groups_written import write_groups, yaml_of
from models.agreement import Agreement, Group, Route
from reading.agreements import read_agreement
from reading.faults import Unreadable

NEW = Group(
    name="Early Years Priority Group",
    type="priority group",
    calendar="send.partnership@council.example",
    match=("early years priority group",),
    papers=Route.INVITE,
)
ODD = Group(
    name="Parents’ café: “what next?” # not a comment",
    type="engagement event",
    calendar="o'brien+send@council.example",
    match=("yes", "on", "10", "a, b] c"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "agreement.yaml"
    path.write_bytes(shipped.AGREEMENT.read_bytes())
    return path


def test_the_lines_that_would_be_written() -> None:
    assert yaml_of([NEW]) == (
        "  - name: Early Years Priority Group\n"
        "    type: priority group\n"
        "    calendar: send.partnership@council.example\n"
        "    match: [early years priority group]\n"
        "    papers: invite\n"
    )
    assert yaml_of([NEW.model_copy(update={"officer": "Board Manager"})]).endswith(
        "    papers: invite\n    officer: Board Manager\n"
    )


def test_a_group_is_added_after_the_last_and_nothing_else_changes(file: Path) -> None:
    before = file.read_bytes()
    write_groups(file, [NEW, ODD])
    after = file.read_bytes()
    lines = yaml_of([NEW, ODD]).encode()
    place = after.index(lines)
    assert after[:place] + after[place + len(lines) :] == before
    assert read_agreement(file).groups == (*read_agreement(shipped.AGREEMENT).groups, NEW, ODD)


def test_a_new_file_is_the_shipped_one_with_other_groups(tmp_path: Path) -> None:
    file = tmp_path / "new.yaml"
    write_groups(file, [NEW], start=shipped.AGREEMENT)
    shipped_text, text = shipped.AGREEMENT.read_text("utf-8"), file.read_text("utf-8")
    head, _, _ = shipped_text.partition("groups:\n")
    _, _, tail = shipped_text.partition("promises:\n")
    assert text == f"{head}groups:\n{yaml_of([NEW])}\npromises:\n{tail}"
    assert read_agreement(file).groups == (NEW,)


def test_windows_line_ends_stay(file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    write_groups(file, [NEW])
    assert b"\n" not in file.read_bytes().replace(b"\r\n", b"")
    assert read_agreement(file).groups[-1] == NEW


def test_a_file_whose_last_line_has_no_end(file: Path) -> None:
    text = file.read_text("utf-8")
    head, _, rest = text.partition("groups:\n")
    groups, _, promises = rest.partition("\npromises:")
    file.write_text(f"{head}\npromises:{promises}\ngroups:\n{groups.rstrip()}", "utf-8")
    before = file.read_bytes()
    write_groups(file, [NEW])
    assert file.read_bytes() == before + b"\n" + yaml_of([NEW]).encode()


def test_a_comment_behind_the_last_group_stays_where_it_is(file: Path) -> None:
    text = file.read_text("utf-8").replace(
        "match: [formal consultation, consultation event, consultation meeting]\n",
        "match: [formal consultation]   # said by the chair\n    # and a line below\n",
    )
    file.write_text(text, "utf-8")
    write_groups(file, [NEW])
    assert "# said by the chair\n" + yaml_of([NEW]) + "    # and a line below\n" in file.read_text("utf-8")


@pytest.mark.parametrize(
    "groups",
    [
        "groups: [{name: A, type: partnership group}]",
        "groups:\n  [{name: A, type: partnership group},\n  {name: B, type: priority group}]",
    ],
)
def test_groups_in_brackets_are_left_for_a_person(file: Path, groups: str) -> None:
    text = file.read_text("utf-8")
    head, _, rest = text.partition("groups:\n")
    _, _, promises = rest.partition("\npromises:")
    file.write_text(f"{head}{groups}\npromises:{promises}", "utf-8")
    before = file.read_bytes()
    with pytest.raises(Unreadable, match="Paste the lines"):
        write_groups(file, [NEW])
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_name_that_is_there_already_changes_nothing(file: Path) -> None:
    before = file.read_bytes()
    twin = NEW.model_copy(update={"name": "SEND Partnership Board"})
    with pytest.raises(Unreadable):
        write_groups(file, [twin])
    assert file.read_bytes() == before


def test_a_file_that_is_broken_is_not_touched(file: Path) -> None:
    file.write_text("groups: [", "utf-8")
    with pytest.raises(Unreadable):
        write_groups(file, [NEW])
    assert file.read_text("utf-8") == "groups: ["


def test_what_was_written_says_what_was_meant(file: Path) -> None:
    write_groups(file, [NEW])
    read: Agreement = read_agreement(file)
    assert read.promises == read_agreement(shipped.AGREEMENT).promises
