"""The quarterly report in each of its forms: the same figures, golden files, nothing that harms or names anybody."""

import csv
import io
import json
import os
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from models.tally import Result
from tests.wording import invented_report
from tests.wording.in_a_browser import assert_everybody_can_use
from wording.report_document import report_document
from wording.report_page import report_page
from wording.report_parts import HOW_IT_WENT
from wording.report_table import report_csv, report_json
from wording.report_text import report_text
from wording.report_workbook import report_workbook
from wording.reported import Reported

EXAMPLE = invented_report.everything()
FROZEN = replace(EXAMPLE, frozen_at=EXAMPLE.made_at)
GOLDEN = Path(__file__).parent / "golden" / "report"
PROVING = os.environ.get("HYPOTHESIS_PROFILE") == "prove"  # a browser takes its time
HOSTILE = (
    "<script>alert(1)</script>",
    '=HYPERLINK("https://evil.example","Click")',
    "+44 1234 | -1 | @SUM(A1)",
    "\u202eevil\u202c \u200b\u2066right to left\u2069",
    "\x1b[31mred\x1b[0m ]]> \x00 \x0b",
    "x" * 10_000,
    "اجتماع مجلس الشراكة",
)


def _json(report: Reported) -> str:
    return json.dumps(report_json(report), indent=2, ensure_ascii=False) + "\n"


WRITERS = {
    "report.html": lambda: report_page(EXAMPLE),
    "report.txt": lambda: report_text(EXAMPLE),
    "report.csv": lambda: report_csv(EXAMPLE),
    "report.json": lambda: _json(EXAMPLE),
    "easy.txt": lambda: report_text(EXAMPLE, easy=True),
}


@pytest.mark.parametrize("name", WRITERS)
def test_the_report_is_as_it_was(name: str) -> None:
    written, file = WRITERS[name](), GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(written, encoding="utf-8", newline="")
    kept = file.read_bytes().decode() if file.exists() else ""
    assert written == kept, f"{file.name} changed: if that was meant, run again with UPDATE_GOLDEN=1"


def test_a_recount_of_the_table_gives_the_figures_of_every_form() -> None:
    """Counted by a few lines over the CSV, as somebody might who does not believe us."""
    rows = list(csv.DictReader(io.StringIO(report_csv(EXAMPLE).removeprefix("\ufeff"))))
    counted = Counter((row["promise"], row["result"]) for row in rows)
    for promise in report_json(EXAMPLE)["promises"]:
        by_hand = {one.value: counted[promise["promise"], one.value] for one in Result}
        assert promise["counts"] == by_hand
        assert promise["of"] == sum(by_hand.values())
    figures = load_workbook(io.BytesIO(report_workbook(EXAMPLE)))["Figures"]
    for name, *counts, of in figures.iter_rows(min_row=2, values_only=True):
        assert counts == [counted[str(name)[:3], one.value] for one in Result]
        assert of == sum(counts)
    entries = report_json(EXAMPLE)["entries"]
    assert len(rows) == len(entries) == len(EXAMPLE.entries) == 15


def test_explained_and_agreed_stand_beside_kept_and_are_not_in_it() -> None:
    papers = next(one for one in report_json(EXAMPLE)["promises"] if one["promise"] == "P01")
    assert papers["counts"] == {
        "kept": 3, "explained": 1, "agreed change": 0, "missed": 1, "missed, reason given": 0, "cannot tell": 1,
    }  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_does_no_harm_in_any_form(text: str) -> None:
    report = invented_report.titled(text)
    page, table, plain = report_page(report), report_csv(report), report_text(report)
    for written in (page, plain, _json(report)):
        assert not [mark for mark in ("\u202e", "\u2066", "\u200b", "\x1b", "\x00") if mark in written]
        assert "x" * 600 not in written
    assert "<script" not in page
    for row in csv.reader(io.StringIO(table.removeprefix("\ufeff"))):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
    book = load_workbook(io.BytesIO(report_workbook(report)))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert Document(io.BytesIO(report_document(report))).tables


def test_a_private_meeting_has_date_type_and_state_and_no_more() -> None:
    private = [one for one in report_json(EXAMPLE)["entries"] if one["private"]]
    assert [(one["group"], one["type"], one["reason"]) for one in private] == [(None, "priority group", "")]
    assert "Private meeting (priority group)" in report_text(EXAMPLE)


@pytest.mark.parametrize("easy", [False, True])
def test_no_title_no_organiser_and_no_forums_own_promise_is_in_any_form(easy: bool) -> None:
    report = invented_report.titled("a title")
    titled = replace(report, entries=tuple(replace(one, title="Sam Okafor") for one in report.entries))
    forms = [
        report_page(titled, easy=easy),
        report_text(titled, easy=easy),
        _json(titled),
        report_csv(titled),
    ]
    forms.append("\n".join(_text_of(report_document(titled, easy=easy))))
    for form in forms:
        assert "Okafor" not in form
        assert "organiser" not in form
        assert not [f"P{number}" for number in range(34, 41) if f"P{number}" in form]


def test_where_nothing_is_on_record_it_says_so_and_what_was_not_read() -> None:
    text = report_text(invented_report.nothing())
    assert "Nothing is on record for these months yet." in text
    assert "Not read: Thu 1 Oct 2026 to Thu 31 Dec 2026." in " ".join(text.split())


def test_only_a_draft_whose_figures_stopped_has_a_box_for_each_chair() -> None:
    for box in ("Comments of the forum's chair", "Comments of the partnership manager"):
        assert box in unescape(report_page(FROZEN))
        assert box not in unescape(report_page(EXAMPLE))
        assert box in "\n".join(_text_of(report_document(FROZEN)))


def test_the_document_has_real_headings_header_rows_and_its_language() -> None:
    document = Document(io.BytesIO(report_document(EXAMPLE)))
    headings = [one.text for one in document.paragraphs if one.style.name == "Heading 1"]
    assert headings[:3] == ["How it went", "What was agreed instead, and why", "What was missed"]
    assert headings[-1] == "Every meeting"
    for table in document.tables:
        assert "w:tblHeader" in table.rows[0]._tr.xml
        assert "w:tblDescription" in table._tbl.tblPr.xml
    assert tuple(cell.text for cell in document.tables[0].rows[0].cells) == HOW_IT_WENT
    assert document.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in document.styles.element.xml
    assert 'w:val="en-US"' not in document.styles.element.xml


def test_the_same_report_gives_the_same_page_twice() -> None:
    assert report_page(EXAMPLE) == report_page(EXAMPLE)


def test_every_drawing_is_followed_by_a_table_that_says_the_same() -> None:
    page = report_page(EXAMPLE)
    assert page.count("<svg") == 3
    for after in page.split("</figure>")[1:]:
        assert after.lstrip().startswith("<table")
    assert page.count('role="img" aria-label=') == 3


@pytest.mark.parametrize("easy", [False, True] if PROVING else [False])
def test_axe_finds_nothing(easy: bool, tmp_path: Path, house: Path) -> None:
    assert_everybody_can_use(report_page(FROZEN, easy=easy), tmp_path, house)


def test_the_nu_html_checker_finds_nothing(tmp_path: Path, house: Path) -> None:
    jar = house / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if shutil.which("java") is None or not jar.exists():
        pytest.skip("needs java and the npm package vnu-jar: npm install")
    hostile = " ".join(HOSTILE)
    pages = {
        "full": report_page(FROZEN),
        "easy": report_page(FROZEN, easy=True),
        "nothing": report_page(invented_report.nothing()),
        "hostile": report_page(invented_report.titled(hostile)),
    }
    for name, page in pages.items():
        (tmp_path / f"{name}.html").write_text(page, "utf-8")
    files = [str(tmp_path / f"{name}.html") for name in pages]
    done = subprocess.run(
        ["java", "-jar", jar, *files], capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_libreoffice_opens_document_and_workbook(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice: apt-get install libreoffice-writer libreoffice-calc")
    (tmp_path / "report.docx").write_bytes(report_document(FROZEN))
    (tmp_path / "figures.xlsx").write_bytes(report_workbook(EXAMPLE))
    subprocess.run(
        [
            office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
            "--outdir", tmp_path, tmp_path / "report.docx", tmp_path / "figures.xlsx",
        ],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    for name in ("report.pdf", "figures.pdf"):
        assert (tmp_path / name).read_bytes().startswith(b"%PDF")


def _text_of(document: bytes) -> list[str]:
    opened = Document(io.BytesIO(document))
    cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
    return [*(one.text for one in opened.paragraphs), *cells]
