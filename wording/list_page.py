"""A SharePoint list as one plain web page, for people who have no SharePoint at hand: in the demo's folder."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from wording.plain import PARAGRAPH, clean


@dataclass(frozen=True, slots=True, kw_only=True)
class ListSeen:
    """A list: what it is for, the titles of its columns, and its rows as they stand, a word for each column."""

    title: str
    about: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


def list_page(seen: ListSeen) -> str:
    """The whole page. Columns in which nothing stands are named under the table and not drawn."""
    filled = [place for place in range(len(seen.columns)) if any(row[place] for row in seen.rows)]
    empty = [name for place, name in enumerate(seen.columns) if place not in filled]
    rows = [[clean(row[place], PARAGRAPH) for place in filled] for row in seen.rows]
    columns = [seen.columns[place] for place in filled]
    return _template().render(seen=seen, columns=columns, rows=rows, empty=empty)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("wording", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("list.html.j2")
