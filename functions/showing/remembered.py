"""What a review leaves for the manager's lists: its rows, kept in the ledger until somebody writes them down.

A row about a meeting that has left the window stays until it is too old to be shown. What a round could not
read stays as it was.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Any

from models.agreement import Agreement
from models.facts import Coverage, Statement
from models.findings import Finding
from models.retention import facts_until, is_past
from models.showing import ShownRow, promise_rows

SHOWN = "shown"  # the name under which a group's rows are remembered
Json = dict[str, Any]


def shown_after(
    before: Mapping[str, Any],
    judged: Sequence[Finding],
    agreement: Agreement,
    coverage: Coverage,
    statements: Sequence[Statement],
    today: date,
    unread: Iterable[str] = (),
) -> Json:
    """The rows of a group after a round, as they are remembered.

    `unread` are the beginnings of subjects that this round could not judge: lists that were not read in full.
    """
    rows = {row.key: row for row in promise_rows(judged, agreement, statements)}
    seen = {finding.key for finding in judged}
    beginnings = tuple(unread)
    for row in rows_back(before):
        gone_by = row.day is not None and row.day < coverage.first
        not_read = _subject(row).startswith(beginnings) if row.day is None else not coverage.complete
        still_shown = row.day is None or not is_past(facts_until(row.day), today)
        if row.key not in seen and still_shown and (gone_by or not_read) and _stands(row, agreement):
            rows[row.key] = row
    return {
        "rows": {
            key: {"day": row.day.isoformat() if row.day else "", "fields": dict(row.fields)}
            for key, row in sorted(rows.items())
        }
    }


def rows_back(saved: Mapping[str, Any]) -> tuple[ShownRow, ...]:
    """The rows that `shown_after` gave, each with its key."""
    return tuple(
        ShownRow(
            key, MappingProxyType(dict(one["fields"])), date.fromisoformat(one["day"]) if one["day"] else None
        )
        for key, one in saved.get("rows", {}).items()
    )


def with_link(row: ShownRow, link: str) -> ShownRow:
    """The row with the place that it leads to."""
    return replace(row, fields=MappingProxyType({**row.fields, "Link": link}))


def _subject(row: ShownRow) -> str:
    return row.key.split("/", 2)[-1]


def _stands(row: ShownRow, agreement: Agreement) -> bool:
    agreement_key, _, _ = row.key.partition("/")
    return agreement_key == agreement.key and row.fields.get("Promise") in agreement.promises_on
