"""The quarterly report as a Word document (.docx): plain styles that anybody can change, real headings and tables."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from wording import report_words as words
from wording.blocks import Block, Box, Grid, Heading, Points, Words
from wording.plain import LINE, clean
from wording.report_parts import easy_parts, parts
from wording.reported import Reported

LANGUAGE = "en-GB"
FONT = "Arial"
SIZE, EASY_SIZE, TABLE_SIZE = Pt(11), Pt(16), Pt(9)
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = Cm(21), Cm(29.7), Cm(2)
LINES_IN_A_BOX = 6
BLACK = RGBColor(0, 0, 0)
WIDEST = 30  # letters, by which columns share the width of the page


def report_document(report: Reported, *, easy: bool = False) -> bytes:
    """The document as bytes. A drawing is left out: the table after it says the same."""
    document = Document()
    _set_up(document, report, EASY_SIZE if easy else SIZE)
    document.add_heading(words.heading(report), level=0)
    document.add_paragraph(clean(report.agreement, LINE), style="Subtitle")
    document.add_paragraph(words.standing(report))
    if not easy:
        document.add_paragraph(words.intro())
    for block in easy_parts(report) if easy else parts(report):
        _add(document, block)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_up(document: Any, report: Reported, size: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = PAGE_WIDTH, PAGE_HEIGHT
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    section.footer.paragraphs[0].text = f"{report.quarter.name}. {words.NOT_BY_PERSON}"
    properties = document.core_properties
    properties.title, properties.author, properties.language = (
        words.heading(report),
        "Protocol Watch",
        LANGUAGE,
    )
    properties.comments = ""
    properties.created = properties.modified = report.made_at.replace(tzinfo=None)
    for name in ("Normal", "Title", "Subtitle", "Caption", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for which in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(which), FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(theme), None)
        style.font.color.rgb = BLACK
    document.styles["Normal"].font.size = size
    document.styles["Heading 1"].font.size = size + Pt(4)
    document.styles["Subtitle"].font.italic = False
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LANGUAGE)
    for old in document.styles.element.iter(qn("w:lang")):
        old.set(qn("w:val"), LANGUAGE)
    document.styles["Normal"].element.get_or_add_rPr().append(language)


def _add(document: Any, block: Block) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(text, level=level - 1)
        case Words(text, strong):
            document.add_paragraph().add_run(text).bold = strong or None
        case Points(items, numbered):
            for item in items:
                document.add_paragraph(item, style="List Number" if numbered else "List Bullet")
        case Grid():
            _add_table(document, block)
        case Box(label):
            _add_box(document, label)


def _add_table(document: Any, grid: Grid) -> None:
    caption = document.add_paragraph(grid.caption, style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(grid.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.LEFT
    _describe(table, grid.caption)
    _fill(table.rows[0], grid.columns, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    _mark(table.rows[0], "w:cantSplit")
    for row in grid.rows:
        added = table.add_row()
        _fill(added, row)
        _mark(added, "w:cantSplit")
    _set_widths(table, grid)
    if grid.more:
        document.add_paragraph(f"And {grid.more:,} more. The table has them all: use --format csv.")
    document.add_paragraph()


def _add_box(document: Any, label: str) -> None:
    """A frame to write in: a table of one cell, which grows with what is written."""
    table = document.add_table(rows=1, cols=1, style="Table Grid")
    _describe(table, label)
    _mark(table.rows[0], "w:cantSplit")
    cell = table.rows[0].cells[0]
    cell.paragraphs[0].add_run(label).bold = True
    for _ in range(LINES_IN_A_BOX):
        cell.add_paragraph()
    document.add_paragraph()


def _fill(row: Any, texts: Iterable[str], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.bold, run.font.size = bold or None, TABLE_SIZE
        cell.paragraphs[0].paragraph_format.space_after = Pt(2)


def _set_widths(table: Any, grid: Grid) -> None:
    """Columns share the page by the length of what stands in them, so that no word is broken in a narrow one."""
    texts = zip(grid.columns, *grid.rows, strict=True)
    shares = [_share(column) for column in texts]
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = int((PAGE_WIDTH - 2 * MARGIN) * share / sum(shares))
        for cell in column.cells:
            cell.width = column.width


def _share(column: Sequence[str]) -> float:
    """Room for its longest word and a little more, and for its longest text where that is not very long."""
    words_in_it = [word for text in column for word in text.split()]
    longest = min(WIDEST, max(map(len, words_in_it), default=0))
    return max(1.5 * longest + 2, min(WIDEST, max(map(len, column))))


def _mark(row: Any, name: str) -> None:
    """A header row is said again on each page and aloud; no row is split between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 (the library has no other way)


def _describe(table: Any, text: str) -> None:
    """What the table is about, for those who hear it."""
    for name in ("w:tblCaption", "w:tblDescription"):
        told = OxmlElement(name)
        told.set(qn("w:val"), text)
        table._tbl.tblPr.append(told)  # noqa: SLF001 (as above)
