"""Keeps one list of the manager's as it should be: reads what changed in it, then writes only what differs.

Rows are found by key, changed at the version that was read, and written by twenties. Anything may stop
anywhere: what was written is seen in the next read, and what was not is written then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import batched

from functions.showing.kept import KnownList, KnownRow, prints, save
from graph_client.batch import MOST
from graph_client.errors import (
    ChangedMeanwhile,
    GraphError,
    GraphRefused,
    NotThere,
    PersonMustAct,
    TryAgainLater,
)
from graph_client.list_columns import read_columns
from graph_client.list_rows import ListRow, RowsRead, changed_rows
from graph_client.rows_together import Change, write_rows
from graph_client.rows_written import Row
from graph_client.tenant import Tenant
from graph_client.writes_refused import AlreadyThere
from ledger.port import Ledger
from models.columns import Kind
from models.showing import ShownRow
from models.shown_lists import KEY, our_columns, peoples_columns, shown_list

KINDS = {Kind.TEXT: "text", Kind.CHOICE: "choice"}
MAKE_IT = "run protocol-watch provision, which makes what is missing and changes nothing else"


@dataclass(slots=True)
class Wrote:
    """What came of one list: how many rows were written, how many wait, and what must be asked.

    `stopped`: nothing more can be written now, in any list.
    """

    written: int = 0
    left: int = 0
    questions: list[str] = field(default_factory=list)
    stopped: bool = False


class ColumnsWrong(Exception):
    """The list lacks columns, or has others than it was made with; a sentence for each."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


async def read_changes(
    tenant: Tenant, site: str, known: KnownList
) -> tuple[Mapping[str, ListRow], tuple[str, ...]]:
    """Learn what changed in the list; gives the rows that changed, by key, and what must be asked.

    ColumnsWrong, or a GraphError, where it can't be read; then nothing is known anew.
    """
    columns = [*our_columns(known.name), *peoples_columns(known.name)]
    try:
        read = await changed_rows(tenant, site, known.name, columns, known.link, who=True)
    except GraphRefused:
        faults = await columns_at_fault(tenant, site, known.name)
        if not faults:
            raise
        raise ColumnsWrong(faults) from None
    return _learned(read, known)


def _learned(read: RowsRead, known: KnownList) -> tuple[Mapping[str, ListRow], tuple[str, ...]]:
    asked = [*read.unreadable]
    by_id = known.by_id
    here: dict[str, ListRow] = {}
    for row in sorted(read.rows, key=lambda one: (len(one.id), one.id)):
        key = str(row.fields.get(KEY) or "").strip() or by_id.get(row.id, "")
        if not key:
            asked.append(_not_ours(row, known.name))
            continue
        if key in here or (not read.whole and key in known.rows and known.rows[key].id != row.id):
            asked.append(_twice(row, key, known))
            continue
        here[key] = row
        was = known.rows.get(key)
        stands = prints(row.fields, our_columns(known.name))
        known.put(key, KnownRow(row.id, row.tag, stands, was.typed if was else {}))
    gone = {by_id[id] for id in read.gone if id in by_id}
    if read.whole:
        gone |= set(known.rows) - set(here)
    for key in gone - set(here):
        known.forget(key)
    known.link = read.link
    return here, tuple(asked)


def changes_wanted(
    known: KnownList, wanted: Sequence[ShownRow]
) -> list[tuple[str, Change, Mapping[str, str]]]:
    """What must be written so that the list shows just these rows: by key, with the prints of what will stand."""
    ours = our_columns(known.name)
    changes: list[tuple[str, Change, Mapping[str, str]]] = []
    for row in wanted:
        have, will = known.rows.get(row.key), prints(row.fields, ours)
        if have is None:
            fields = {name: row.fields[name] for name in ours if row.fields.get(name)}
            changes.append((row.key, Change(fields), will))
        elif dict(have.stands) != will:
            differ = {
                name: row.fields.get(name) or None for name in ours if have.stands.get(name) != will.get(name)
            }
            changes.append((row.key, Change(differ, have.id, have.etag), will))
    stay = {row.key for row in wanted}
    for key, have in known.rows.items():
        if key not in stay:
            changes.append((key, Change(None, have.id, have.etag), {}))
    return changes


async def write_changes(
    tenant: Tenant,
    site: str,
    ledger: Ledger,
    known: KnownList,
    changes: Sequence[tuple[str, Change, Mapping[str, str]]],
    *,
    most: int,
) -> Wrote:
    """Write up to `most` rows, twenty to a call; each call's outcome is saved before the next."""
    wrote = Wrote(left=len(changes))
    for together in batched(changes[:most], MOST, strict=False):
        outcomes = await write_rows(tenant, site, known.name, [change for _, change, _ in together])
        for (key, _, will), outcome in zip(together, outcomes, strict=True):
            _note(known, key, will, outcome, wrote)
        await save(ledger, known)
        if wrote.stopped:
            break
    if any("refused the way" in one or "this is a fault of" in one for one in wrote.questions):
        wrote.questions = [*(await columns_at_fault(tenant, site, known.name))] or wrote.questions
    wrote.questions = list(dict.fromkeys(wrote.questions))
    return wrote


def _note(
    known: KnownList, key: str, will: Mapping[str, str], outcome: Row | GraphError | None, wrote: Wrote
) -> None:
    """What one row came to. What somebody changed meanwhile is read again before it is written."""
    was = known.rows.get(key)
    match outcome:
        case None:
            known.forget(key)
        case Row():
            known.put(key, KnownRow(outcome.id, outcome.etag, will, was.typed if was else {}))
        case ChangedMeanwhile() | AlreadyThere():
            return
        case NotThere():
            if was is None:  # it is the list that is gone
                wrote.questions.append(not_there(known.name))
                wrote.stopped = True
            else:
                known.forget(key)
            return
        case TryAgainLater():
            wrote.stopped = True
            return
        case PersonMustAct(status=403) | PersonMustAct(status=401):
            wrote.questions.append(str(outcome))
            wrote.stopped = True
            return
        case _:  # a row that is locked, or may have been written: the rest goes on
            if isinstance(outcome, PersonMustAct | GraphRefused):
                wrote.questions.append(str(outcome))
            return
    wrote.written += 1
    wrote.left -= 1


async def columns_at_fault(tenant: Tenant, site: str, name: str) -> tuple[str, ...]:
    """A sentence for each column that is not there, or is of another kind than it was made."""
    there = {column.name: column for column in (await read_columns(tenant, site, name)).columns}
    faults = []
    for column in shown_list(name).columns:
        have, kind = there.get(column.name), KINDS[column.kind]
        if have is None:
            faults.append(f"The list '{name}' has no column '{column.title}' any more: {MAKE_IT}.")
        elif have.kind not in (kind, ""):
            faults.append(
                f"The column '{column.title}' of the list '{name}' is of another kind than {kind}: delete it, then "
                f"{MAKE_IT}."
            )
    return tuple(faults)


def not_there(name: str) -> str:
    """What the manager is told of a list that is not on the site."""
    return f"The list '{name}' is not on the site: {MAKE_IT}."


def _not_ours(row: ListRow, name: str) -> str:
    return (
        f"Row {row.id} of the list '{name}' was added by hand, and the program leaves it alone: delete it, or keep "
        "it as a note of your own."
    )


def _twice(row: ListRow, key: str, known: KnownList) -> str:
    first = known.rows[key].id if key in known.rows else "another"
    return (
        f"Rows {first} and {row.id} of the list '{known.name}' have one reference: keep row {first}, and delete the "
        "other."
    )
