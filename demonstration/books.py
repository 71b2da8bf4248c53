"""The demo's rulebooks: the shipped promises for an invented county's groups, or for one's own calendar."""

import csv
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from demonstration.county import EVENTS, PARTNERSHIP
from emulator.seed import INVENTED_COUNTY
from functions.demo import demo_book
from models.agreement import Agreement, Group, Route
from models.rulebook import Rulebook
from models.terms import Terms

COUNCIL = "Millbrook Council"
MANAGER = "SEND Partnership Manager"  # as the county's list of contacts has it
AGREEMENT = "Millbrook SEND Partnership Protocol (an invented county, with Lancashire's promises)"
ROUTES = {"ticked by a person": Route.TICKED}  # as the register has it; the others have the same name in both
EVENT_TYPES = frozenset({"engagement event", "formal consultation"})


def county_book(book: Rulebook, folder: Path = INVENTED_COUNTY) -> Rulebook:
    """The first three promises, turned on, for the invented county's groups and under its council's name.

    Somebody there has checked the school dates: without that, only the manager would hear of the holidays.
    """
    turned_on = with_checked_terms(demo_book(book, None))
    agreement = turned_on.agreement.model_copy(
        update={
            "agreement": AGREEMENT,
            "id": "millbrook",
            "groups": _groups(folder / "groups.csv"),
            "terms": turned_on.agreement.terms.model_copy(update={"main": COUNCIL}),
            "telling": turned_on.agreement.telling.model_copy(update={"manager": MANAGER}),
        }
    )
    main = turned_on.terms.of(turned_on.agreement.terms.main)
    terms = Terms(MappingProxyType({COUNCIL: replace(main, authority=COUNCIL)}))
    return replace(turned_on, agreement=agreement, terms=terms)


def own_book(book: Rulebook, group: Group) -> Rulebook:
    """The first three promises, turned on, for one's own calendar, as if its school dates had been checked."""
    return with_checked_terms(demo_book(book, group))


def with_checked_terms(book: Rulebook) -> Rulebook:
    """The rulebook as if somebody had said that the main school dates are right."""
    agreement: Agreement = book.agreement
    main = book.terms.of(agreement.terms.main)
    checked = replace(main, checked_by="the demo")
    return replace(book, terms=Terms(MappingProxyType({**book.terms.calendars, main.name: checked})))


def _groups(path: Path) -> tuple[Group, ...]:
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_group(row) for row in csv.DictReader(file))


def _group(row: dict[str, str]) -> Group:
    route = row["PapersRoute"]
    return Group(
        name=row["Title"],
        type=row["MeetingType"],
        calendar=EVENTS if row["MeetingType"] in EVENT_TYPES else PARTNERSHIP,
        match=(row["MatchWords"],),
        papers=ROUTES.get(route) or Route(route),
        officer=row["Officer"],
        deputy=row["Deputy"],
    )
