"""What `check` found as a table for Excel: one row a finding, nothing in it that Excel would run."""

import csv
import io

from models.findings import Finding
from wording.check_json import DRAFT
from wording.plain import clean, title
from wording.results import Results

# Excel takes a file without this mark for Windows-1252 and shows "Â£" for "£".
EXCEL_KNOWS_UTF8 = "\ufeff"
# A cell that starts like this is a formula for Excel or LibreOffice; the wide forms are too in some settings.
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
LONGEST_CELL = 500
COLUMNS = (
    "state", "promise", "clause", "strength", "operator", "group", "date", "starts", "ends", "title",
    "because", "due", "due latest", "counted", "skipped", "reason", "series", "key", "status",
)  # fmt: skip


def as_csv(results: Results) -> str:
    """One heading row and one row a finding; times and dates ISO 8601, London."""
    out = io.StringIO()
    out.write(EXCEL_KNOWS_UTF8)
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([inert(cell) for cell in _row(finding)] for finding in results.findings)
    return out.getvalue()


def inert(text: str) -> str:
    """The cell as Excel will show it and never run it: an apostrophe in front makes it text."""
    text = clean(text, LONGEST_CELL)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _row(finding: Finding) -> tuple[str, ...]:
    meeting = finding.meeting
    return (
        finding.state.value,
        finding.promise,
        finding.clause,
        finding.strength.value,
        finding.operator.value,
        (meeting.group if meeting else "") or finding.group,
        meeting.day.isoformat() if meeting else "",
        meeting.starts.isoformat() if meeting else "",
        meeting.ends.isoformat() if meeting else "",
        title(meeting, LONGEST_CELL) if meeting else "",
        finding.because,
        finding.due.isoformat() if finding.due else "",
        finding.due_latest.isoformat() if finding.due_latest else "",
        "; ".join(day.isoformat() for day in finding.counted),
        "; ".join(f"{skip.day.isoformat()} ({skip.why})" for skip in finding.skipped),
        finding.reason,
        finding.series,
        finding.key,
        DRAFT,
    )
