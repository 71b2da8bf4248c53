"""The register's rows as facts: only the lists that a promise which is on looks into, each read once.

A list without a column that such a promise needs is not judged at all: a rule can't tell a column that is not
there from one that nobody has filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from functions.row_values import YES_OR_NO, NotUnderstood, value_in
from graph_client.asked import list_called
from graph_client.errors import GraphError, NotThere
from graph_client.list_columns import ColumnSeen, read_columns
from graph_client.list_rows import ListRow, read_rows
from graph_client.tenant import Tenant
from models.agreement import Agreement, NoticeTest, Operator, PresentTest, Promise
from models.columns import Column
from models.facts import RegisterRow
from models.register import LIST_OF_ITEM, REQUESTS, register_list
from models.rules.requests import CAME, STARTS
from models.spoken import count, listed

TOLD = 20  # rows of one list; more sentences help nobody


@dataclass(frozen=True, slots=True)
class RowsFound:
    """The rows, a sentence for each thing that a person should mend, and the lists that were read in full.

    In a list of `whole`, a row that is not among `rows` was deleted.
    """

    rows: tuple[RegisterRow, ...] = ()
    questions: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Wanted:
    """One list, and for each column of it that is needed the promises that need it."""

    name: str
    columns: Mapping[str, tuple[str, ...]]

    @property
    def promises(self) -> list[str]:
        return list(dict.fromkeys(promise for needed in self.columns.values() for promise in needed))

    def declared(self, column: str) -> Column | None:
        return next((one for one in register_list(self.name).columns if one.name == column), None)

    def title(self, column: str) -> str:
        declared = self.declared(column)
        return declared.title if declared else column


async def register_rows(tenant: Tenant, site: str, agreement: Agreement) -> RowsFound:
    """The rows that the promises which are on are judged by; what can't be read is asked about, the rest goes on.

    Days are dates, boxes are yes or no, all else is words; an empty column is left out. Columns are found by
    the name we give them, or else by the title that people see. Without a site there is nothing to read.
    """
    rows: list[RegisterRow] = []
    questions: list[str] = []
    whole: set[str] = set()
    for wanted in _wanted(agreement) if site else ():
        try:
            found = await _read(tenant, site, wanted)
        except GraphError as error:
            questions.append(_not_read(error, wanted, site))
            continue
        rows += found.rows
        questions += found.questions
        whole |= found.whole
    return RowsFound(tuple(rows), tuple(dict.fromkeys(questions)), frozenset(whole))


def _wanted(agreement: Agreement) -> list[_Wanted]:
    """What the rules will look for: the row's name, the days it came and starts, and the columns asked about."""
    needed: dict[str, dict[str, list[str]]] = {}
    for promise in agreement.promises:
        looked_up = _looked_up(promise) if promise.on and promise.is_watched else None
        if looked_up is None:
            continue
        name, field = looked_up
        columns = needed.setdefault(name, {})
        for column in filter(None, ("Title", CAME.get(name), STARTS.get(name), field)):
            columns.setdefault(column, []).append(promise.id)
    return [
        _Wanted(name, {column: tuple(by) for column, by in columns.items()})
        for name, columns in needed.items()
    ]


def _looked_up(promise: Promise) -> tuple[str, str] | None:
    """The list and the column that a promise is about; None where it is about something else."""
    match promise.operator, promise.test:
        case Operator.PRESENT, PresentTest(item=item, field=field):
            return LIST_OF_ITEM[item], field
        case Operator.NOTICE, NoticeTest(thing="request"):
            return REQUESTS, ""
    return None


async def _read(tenant: Tenant, site: str, wanted: _Wanted) -> RowsFound:
    there = await read_columns(tenant, site, wanted.name)
    columns = {name: _called(name, wanted.title(name), there.columns) for name in wanted.columns}
    missing = [name for name, column in columns.items() if column is None]
    if missing:
        return RowsFound(questions=(*there.unreadable, *(_no_column(wanted, name) for name in missing)))
    seen = {name: column for name, column in columns.items() if column is not None}
    read = await read_rows(tenant, site, wanted.name, [column.name for column in seen.values()])
    rows: list[RegisterRow] = []
    faults: list[str] = []
    for row in read.rows:
        fields, wrong = _fields(row, wanted, seen)
        rows.append(RegisterRow(wanted.name, row.id, fields))
        faults += [f"Row {row.id} of the list '{wanted.name}' {fault}." for fault in wrong]
    questions = (*_boxes(wanted, seen), *_folded([*read.unreadable, *faults], wanted.name))
    return RowsFound(tuple(rows), questions, frozenset() if read.unreadable else frozenset({wanted.name}))


def _called(name: str, title: str, columns: Iterable[ColumnSeen]) -> ColumnSeen | None:
    """The column of that name; else the only one with that title, as in a list that people made by hand."""
    by_title = []
    for column in columns:
        if column.name == name:
            return column
        if column.title.strip().casefold() in (title.casefold(), name.casefold()) and not column.read_only:
            by_title.append(column)
    return by_title[0] if len(by_title) == 1 else None


def _fields(
    row: ListRow, wanted: _Wanted, seen: Mapping[str, ColumnSeen]
) -> tuple[Mapping[str, object], list[str]]:
    """A row's values by our names, and what is wrong with those that can't be understood and are left out."""
    fields: dict[str, object] = {}
    wrong: list[str] = []
    for name, column in seen.items():
        try:
            value = value_in(row.fields.get(column.name), wanted.declared(name), column)
        except NotUnderstood as fault:
            wrong.append(str(fault))
            continue
        if value is not None:
            fields[name] = value
    return MappingProxyType(fields), wrong


def _not_read(error: GraphError, wanted: _Wanted, site: str) -> str:
    if not isinstance(error, NotThere) or error.asked != list_called(wanted.name, site):
        return str(error)
    # SharePoint gives every list the column Title by itself
    columns = [f"'{wanted.title(name)}'" for name in wanted.columns if name != "Title"]
    told = f"{'column' if len(columns) == 1 else 'columns'} {listed(columns)}"
    return (
        f"The list '{wanted.name}' is not on the site yet, and {_needing(wanted.promises)}: add a list of that "
        f"name with the {told}, or turn {_them(wanted.promises)} off."
    )


def _no_column(wanted: _Wanted, name: str) -> str:
    promises = list(wanted.columns[name])
    return (
        f"The list '{wanted.name}' has no column '{wanted.title(name)}', and {_needing(promises)}: add the column, "
        f"or turn {_them(promises)} off. Until then we judge nothing by this list."
    )


def _needing(promises: list[str]) -> str:
    one = len(promises) == 1
    return f"promise {promises[0]} needs it" if one else f"promises {listed(promises)} need it"


def _them(promises: list[str]) -> str:
    return listed(promises) if len(promises) == 1 else "them"


def _boxes(wanted: _Wanted, seen: Mapping[str, ColumnSeen]) -> Iterable[str]:
    """A choice that starts empty, made as a box that starts as No, can't say "not checked yet"."""
    for name, column in seen.items():
        declared = wanted.declared(name)
        if declared is not None and declared.choices == YES_OR_NO and column.kind == "boolean":
            yield (
                f"The column '{column.title}' of the list '{wanted.name}' is a box, so we can't tell No from not "
                "checked yet: make it a choice of Yes and No that starts empty."
            )


def _folded(faults: list[str], name: str) -> list[str]:
    """The first faults of a list in full, and the rest as a number."""
    rest = len(faults) - TOLD
    if rest <= 0:
        return faults
    more = f"{count(rest, 'more row')} of the list '{name}' could not be understood: mend these first."
    return [*faults[:TOLD], more]
