"""Bank holidays from the list that comes with govuk-bank-holidays: GOV.UK's own words, no network.

GOV.UK publishes whole years for three divisions. The package would ask the network unless told not to,
and with no division it gives only the days that all of the UK shares: both are always said here.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType

from govuk_bank_holidays.bank_holidays import BankHolidays  # type: ignore[import-untyped]

from models.agreement import CountingRule
from models.days import WorkingDays

NONE_CLOSED: Mapping[date, str] = MappingProxyType({})

# Proclaimed after the package's list was made; take a row out once the list has it (a test says when).
PROCLAIMED_SINCE: Mapping[str, Mapping[date, str]] = {
    # Royal Proclamation of 3 February 2026, for Scotland only; on https://www.gov.uk/bank-holidays#scotland
    "scotland": {date(2026, 6, 15): "World Cup bank holiday"},
}


def working_days(rule: CountingRule, closed: Mapping[date, str] = NONE_CLOSED) -> WorkingDays:
    """The working days of a partnership: its division's bank holidays, its closed days, its Saturdays."""
    holidays = bank_holidays(rule.bank_holidays)
    return WorkingDays(
        bank_holidays=holidays,
        known_from=date(min(holidays).year, 1, 1),
        known_until=date(max(holidays).year, 12, 31),
        closed=MappingProxyType(dict(closed)),
        saturdays=rule.saturdays,
    )


@cache
def bank_holidays(division: str = BankHolidays.ENGLAND_AND_WALES) -> Mapping[date, str]:
    """Every bank holiday of one division by date, with its name; a moved one says that it is a substitute."""
    listed = BankHolidays(use_cached_holidays=True).get_holidays(division=division)
    named = {holiday["date"]: _name(holiday["title"], holiday["notes"]) for holiday in listed}
    return MappingProxyType({**PROCLAIMED_SINCE.get(division, {}), **named})


def _name(title: str, notes: str) -> str:
    return f"{title} (substitute day)" if notes.casefold() == "substitute day" else title
