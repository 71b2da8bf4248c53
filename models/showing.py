"""What the manager's lists show: a row for each finding that is not plain kept, made from the finding alone.

A private meeting shows its date, its type and how the promise stands, and no other word. Promises of the forum
itself, and those that are off, make no row at all. Rows have an order of their own, A to Z, and no rank.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from models.agreement import Agreement
from models.days import LONDON
from models.facts import Said, Statement
from models.findings import Finding
from models.people import FORUM
from models.shown_lists import KEY, NOT_SHOWN

LONGEST = 255  # letters of a text column
IN_WORDS = ("none", "one", "two", "three", "four")
AGREED = "Yes"
Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One row: its key, and our columns by name. `day` is the meeting's, where it is about one."""

    key: str
    fields: Fields
    day: date | None = None

    @property
    def order(self) -> tuple[str, str, str]:
        """A to Z by what it is about, then by day: never by how it stands."""
        return self.fields.get("Title", "").casefold(), self.fields.get("MeetingDate", ""), self.key


def is_shown(finding: Finding, agreement: Agreement) -> bool:
    """Whether a finding has a row: it is not plain kept, its promise is on, and it is not the forum's own."""
    promises = {promise.id: promise for promise in agreement.promises}
    promise = promises.get(finding.promise)
    return promise is not None and promise.on and not promise.forums_own and finding.state not in NOT_SHOWN


def promise_rows(
    findings: Iterable[Finding], agreement: Agreement, statements: Sequence[Statement] = ()
) -> tuple[ShownRow, ...]:
    """The rows of *Promises*, each key once, A to Z."""
    said: dict[tuple[str, str], list[Statement]] = {}
    for one in statements:
        said.setdefault((one.promise, one.subject), []).append(one)
    rows = {
        finding.key: _promise_row(finding, _said_about(finding, said))
        for finding in findings
        if is_shown(finding, agreement)
    }
    return tuple(sorted(rows.values(), key=lambda row: row.order))


def _said_about(finding: Finding, said: Mapping[tuple[str, str], Sequence[Statement]]) -> Sequence[Statement]:
    day = finding.meeting.day if finding.meeting else None
    return [
        one
        for subject in dict.fromkeys((finding.subject, finding.series))
        if subject
        for one in said.get((finding.promise, subject), ())
        if one.until is None or day is None or day <= one.until
    ]


def _promise_row(finding: Finding, said: Sequence[Statement]) -> ShownRow:
    meeting = finding.meeting
    due = finding.due.astimezone(LONDON).date().isoformat() if finding.due else ""
    day = meeting.day.isoformat() if meeting else ""
    if meeting is not None and meeting.private:
        bare = {"Title": meeting.type, "MeetingDate": day, "State": finding.state.value}
        bare |= {"Promise": finding.promise, "Clause": finding.clause}
        return _row(finding, _every(bare))
    agreed = [one for one in said if one.said in (Said.AGREED_CHANGE, Said.AGREE, Said.WE_ASKED)]
    partners = sorted({one.partner.strip() for one in agreed if one.partner.strip()}, key=str.casefold)
    forum = [one for one in agreed if one.partner.casefold() == FORUM]
    last = max((one.at.astimezone(LONDON).date() for one in agreed), default=None)
    about = finding.group or finding.subject
    return _row(
        finding,
        _every(
            {
                "Title": f"{about}: {finding.promise}",
                "Promise": finding.promise,
                "Clause": finding.clause,
                "Group": finding.group,
                "MeetingDate": day,
                "State": finding.state.value,
                "Due": due,
                "WhatWeSee": finding.because,
                "ReasonGiven": finding.reason,
                "AgreedBy": ", ".join(partners),
                "AgreedOn": last.isoformat() if last else "",
                "AgreedByForum": AGREED if forum else "",
            }
        ),
    )


_COLUMNS: tuple[str, ...] = (
    "Title",
    "Promise",
    "Clause",
    "Group",
    "MeetingDate",
    "State",
    "Due",
    "WhatWeSee",
    "ReasonGiven",
)
_COLUMNS += ("AgreedBy", "AgreedOn", "AgreedByForum", "Link")


def _every(fields: Fields) -> Fields:
    """Every column of ours, those without a value empty: so that an old value never stays behind."""
    return {name: fields.get(name, "") for name in _COLUMNS}


def _row(finding: Finding, fields: Fields) -> ShownRow:
    safe = {name: text_for_column(value) for name, value in fields.items()}
    day = finding.meeting.day if finding.meeting else None
    return ShownRow(finding.key, MappingProxyType({**safe, KEY: finding.key}), day)


def text_for_column(value: str) -> str:
    """One line that fits a text column, and that no spreadsheet takes for a formula when the list is exported."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in value).split())
    if line[:1] in ("=", "+", "-", "@"):
        line = f"'{line}"
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How one promise went in a quarter, in numbers of meetings. Nothing here is added to what was kept."""

    kept: int = 0
    explained: int = 0
    agreed_change: int = 0
    missed: int = 0
    missed_with_reason: int = 0
    cannot_tell: int = 0

    @property
    def of(self) -> int:
        """All of them."""
        return (
            self.kept
            + self.explained
            + self.agreed_change
            + self.missed
            + self.missed_with_reason
            + self.cannot_tell
        )


def quarter_rows(counted: Iterable[tuple[str, str, Counts]], agreement: Agreement) -> tuple[ShownRow, ...]:
    """The rows of *Quarter*, from (promise, quarter such as "2026/27-Q3", counts): no group and no person.

    Where there were fewer than five, the numbers are words: a figure would look like a trend. The forum's own
    promises, and those that the agreement doesn't have, make no row.
    """
    promises = {promise.id: promise for promise in agreement.promises if not promise.forums_own}
    rows = []
    for id, quarter, counts in counted:
        if id not in promises:
            continue
        few = counts.of < len(IN_WORDS)
        numbers = {
            "Kept": counts.kept,
            "Explained": counts.explained,
            "AgreedChange": counts.agreed_change,
            "Missed": counts.missed,
            "MissedWithReason": counts.missed_with_reason,
            "CannotTell": counts.cannot_tell,
            "OutOf": counts.of,
        }
        key = f"{agreement.key}/{id}/quarter/{quarter}"
        fields = {
            "Title": text_for_column(promises[id].says),
            KEY: key,
            "PromiseId": id,
            "Quarter": quarter,
            **{name: IN_WORDS[number] if few else str(number) for name, number in numbers.items()},
        }
        rows.append(ShownRow(key, MappingProxyType(fields)))
    return tuple(sorted(rows, key=lambda row: (row.fields["Quarter"], row.fields["PromiseId"])))
