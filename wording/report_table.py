"""The quarterly report for programs and for Excel: JSON, and a CSV with one row for each promise and meeting."""

import csv
import io
from collections.abc import Iterator
from typing import Any

from models.days import LONDON
from models.record import Recorded
from models.tally import Result, Tally, result
from wording import report_words as words
from wording.check_csv import EXCEL_KNOWS_UTF8, inert
from wording.plain import LINE, PARAGRAPH, clean
from wording.reported import Promised, Reported

COLUMNS = (
    "quarter", "promise", "clause", "group", "type", "date", "result", "because", "due", "sent_working_days_ahead",
    "reason", "reason_given", "agreed_by", "agreed_on", "private", "key",
)  # fmt: skip

Json = dict[str, Any]


def report_json(report: Reported) -> Json:
    """Everything in the report, as one value for json.dumps. Fields are added, never changed."""
    return {
        "quarter": report.quarter.name,
        "from": report.quarter.first.isoformat(),
        "to": report.quarter.last.isoformat(),
        "agreement": clean(report.agreement, LINE),
        "made_at": report.made_at.astimezone(LONDON).isoformat(),
        "frozen_at": report.frozen_at.astimezone(LONDON).isoformat() if report.frozen_at else None,
        "so_far": report.so_far,
        "backtest": report.backtest,
        "promises": [_promise(one, report.promises.get(one.promise)) for one in report.tallies],
        "meetings": [
            {"key": one.meeting, "date": one.day.isoformat(), "minutes": one.minutes} for one in report.held
        ],
        "entries": [_entry(one) for one in report.entries],
        "read": [
            {
                "group": clean(one.group, LINE),
                "read_at": one.read_at.astimezone(LONDON).isoformat() if one.read_at else None,
                "unread": [{"from": first.isoformat(), "to": last.isoformat()} for first, last in one.unread],
                "gap": one.gap,
            }
            for one in report.read
        ],
        "notes": [clean(one, PARAGRAPH) for one in report.notes],
    }


def report_csv(report: Reported) -> str:
    """One heading row and one row for each promise and meeting: whoever adds them up has the report's figures."""
    out = io.StringIO()
    out.write(EXCEL_KNOWS_UTF8)
    table = csv.writer(out)
    table.writerow(COLUMNS)
    table.writerows([inert(cell) for cell in row] for row in rows(report))
    return out.getvalue()


def rows(report: Reported) -> Iterator[tuple[str, ...]]:
    """The rows of the table, as text."""
    for one in report.entries:
        yield (
            report.quarter.name,
            one.promise,
            one.clause,
            "" if one.private else one.group,
            one.type,
            one.day.isoformat(),
            result(one).value,
            one.because,
            one.due.isoformat() if one.due else "",
            "" if one.sent_ahead is None else str(one.sent_ahead),
            one.reason,
            "yes" if one.reason_given else "",
            "; ".join(one.agreed_by),
            one.agreed_on.isoformat() if one.agreed_on else "",
            "yes" if one.private else "",
            one.key,
        )


def _promise(tally: Tally, promise: Promised | None) -> Json:
    return {
        "promise": clean(tally.promise),
        "clause": clean(tally.clause, LINE),
        "name": promise.name if promise else "",
        "says": clean(promise.says, PARAGRAPH) if promise else "",
        "checked": promise.checked if promise else "",
        "strength": promise.strength.value if promise else None,
        "counts_of": words.thing(promise),
        "counts": {one.value: tally[one] for one in Result},
        "of": tally.of,
    }


def _entry(entry: Recorded) -> Json:
    return {
        "key": clean(entry.key),
        "promise": clean(entry.promise),
        "clause": clean(entry.clause, LINE),
        "group": None if entry.private else clean(entry.group, LINE),
        "type": clean(entry.type, LINE),
        "date": entry.day.isoformat(),
        "state": entry.state.value,
        "result": result(entry).value,
        "because": clean(entry.because, PARAGRAPH),
        "due": entry.due.isoformat() if entry.due else None,
        "sent_working_days_ahead": entry.sent_ahead,
        "reason": clean(entry.reason, PARAGRAPH),
        "reason_given": entry.reason_given,
        "agreed_by": [clean(one, LINE) for one in entry.agreed_by],
        "agreed_on": entry.agreed_on.isoformat() if entry.agreed_on else None,
        "private": entry.private,
    }
