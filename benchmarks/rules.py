"""How fast are the rules? In-scope (promise, meeting) pairs a second on one core, and whether they scale.

Run by `make bench`. Prints a small table and writes the figures to benchmarks/latest.json, beside whatever
else is in there. The target is 50,000 pairs a second, linear in meetings and in promises, and nothing to
pay for meetings that no promise covers.
"""

import gc
import json
import random
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from time import process_time
from types import MappingProxyType

from models import rules
from models.agreement import Agreement, CountingRule
from models.days import LONDON
from models.facts import Coverage, Facts, Meeting, Papers, RegisterRow, Stamp
from models.terms import Term, TermCalendar, Terms
from reading.bank_holidays import working_days

LATEST = Path(__file__).with_name("latest.json")
SEED, TARGET = 20261121, 50_000
NOW = datetime(2026, 11, 21, 9, 0, tzinfo=LONDON)
FIRST, DAYS = date(2026, 10, 17), 430  # 35 days back to 13 months ahead
TERMS = [  # open, first and last day
    ((2026, 9, 1), (2026, 10, 23)),
    ((2026, 11, 2), (2026, 12, 18)),
    ((2027, 1, 4), (2027, 2, 12)),
    ((2027, 2, 22), (2027, 3, 25)),
    ((2027, 4, 12), (2027, 5, 28)),
    ((2027, 6, 7), (2027, 7, 21)),
    ((2027, 9, 1), (2027, 10, 22)),
    ((2027, 11, 1), (2027, 12, 22)),
]
PROMISES = [
    {"id": "P04", "operator": "window", "test": {"from": "10:00", "to": "14:00"}},
    {"id": "P05", "operator": "calendar", "test": {"inside": "term"}},
    {"id": "P01", "operator": "notice", "test": {"thing": "papers", "least": 5}},
    {"id": "P07", "operator": "present", "test": {"item": "venue", "field": "Accessible"}},
]


def agreement(copies: int) -> Agreement:
    """An agreement with the four promises about single meetings, so many times."""
    usual = {"clause": "4", "says": "It is so", "strength": "firm", "applies_to": ["partnership group"]}
    promises = [
        usual | promise | {"id": f"{promise['id']}-{copy}"} for copy in range(copies) for promise in PROMISES
    ]
    group = {"name": "Board", "type": "partnership group", "papers": "invite"}
    return Agreement.model_validate(
        {
            "agreement": "Benchmark",
            "agreed_on": date(2024, 1, 11),
            "terms": {"main": "County", "also_warn": ["City"]},
            "groups": [group],
            "promises": promises,
        }
    )


def facts(number: int) -> Facts:
    """So many meetings over a whole window, at all hours, half with papers, in fifty venues."""
    chance = random.Random(SEED)  # noqa: S311 (figures, no secrets)
    meetings, papers, stamps = [], {}, {}
    for n in range(number):
        day = FIRST + timedelta(days=chance.randrange(DAYS))
        starts = datetime(
            day.year, day.month, day.day, chance.randrange(8, 17), chance.choice((0, 30)), tzinfo=LONDON
        )
        key = f"meeting-{n}"
        meetings.append(
            Meeting(
                key=key,
                uid=key,
                title="Board",
                starts=starts,
                ends=starts + timedelta(hours=2),
                group="Board",
                type="partnership group",
                series=f"series-{n % 100}",
                online=chance.choice((True, False, None)),
                place=f"Venue {chance.randrange(60)}",
            )
        )
        stamps[key] = Stamp(starts - timedelta(days=40), starts - timedelta(days=40), on_or_before=False)
        if chance.random() < 0.5:
            papers[key] = Papers(sent=starts - timedelta(days=chance.randrange(3, 12)))
    periods = tuple(Term("term", date(*first), date(*last)) for first, last in TERMS)
    calendars = {
        name: TermCalendar(name, terms=periods, covered_from=periods[0].first, covered_until=periods[-1].last)
        for name in ("County", "City")
    }
    venues = (
        RegisterRow("Venues", str(n), {"Title": f"Venue {n}", "Accessible": ("Yes", "No", "")[n % 3]})
        for n in range(50)
    )
    return Facts(
        meetings=tuple(meetings),
        working_days=working_days(CountingRule()),
        terms=Terms(MappingProxyType(calendars)),
        coverage=Coverage(first=FIRST, last=FIRST + timedelta(days=DAYS), routes=frozenset({"Board"})),
        stamps=stamps,
        papers=papers,
        rows=tuple(venues),
    )


def seconds(work: Callable[[], object], *, at_least: float = 1.0) -> float:
    """Processor seconds, the shortest of several runs: what the work costs when nothing else wants the core."""
    best, spent = float("inf"), 0.0
    while spent < at_least:
        gc.collect()
        before = process_time()
        work()
        took = process_time() - before
        best, spent = min(best, took), spent + took
    return best


def measured() -> dict[str, float]:
    """All figures, printed as they come."""
    print(f"{'meetings':>9} {'promises':>9} {'pairs':>10} {'seconds':>9} {'pairs a second':>15}")
    rates: dict[tuple[int, int], float] = {}
    for number, copies in ((1_000, 1), (10_000, 1), (100_000, 1), (10_000, 2), (10_000, 4), (10_000, 8)):
        known, agreed = facts(number), agreement(copies)
        pairs = len(rules.findings(known, agreed, NOW))
        took = seconds(lambda: rules.findings(known, agreed, NOW))  # noqa: B023 (called at once)
        rates[number, copies] = pairs / took
        print(f"{number:>9,} {copies * len(PROMISES):>9} {pairs:>10,} {took:>9.3f} {pairs / took:>15,.0f}")
    known, agreed = facts(100_000), agreement(1)
    outside = replace(known, meetings=tuple(replace(one, type="another group") for one in known.meetings))
    took = seconds(lambda: rules.findings(outside, agreed, NOW))
    share = took / (400_000 / rates[100_000, 1])
    print(f"{100_000:>9,} {len(PROMISES):>9} {'none':>10} {took:>9.3f} {share:>14.1%} of the time in scope")
    return {
        "pairs_per_second": round(min(rates.values())),
        "linear_in_meetings": round(rates[1_000, 1] / rates[100_000, 1], 2),
        "linear_in_promises": round(rates[10_000, 1] / rates[10_000, 8], 2),
        "out_of_scope_share": round(share, 4),
    }


def main() -> int:
    """Measure, print, keep; 1 where the target is not reached."""
    figures = measured()
    kept = json.loads(LATEST.read_text()) if LATEST.exists() else {}
    LATEST.write_text(json.dumps(kept | {"rules": figures}, indent=2, sort_keys=True) + "\n")
    print(json.dumps(figures))
    print("A pair costs the same at any size where the two linear figures are close to 1.")
    return 0 if figures["pairs_per_second"] >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
