"""The sums on docs/costs.md are worked out again here from its own inputs, so that no number on it is a wish."""

import re
from dataclasses import dataclass

import pytest

COLUMNS = ("12 calendars", "200 calendars")


@dataclass(frozen=True)
class Month:
    reviews: float
    notices: float
    opened: float
    executions: float
    seconds: float


@pytest.fixture(scope="module")
def page(house):
    return (house / "docs/costs.md").read_text("utf-8")


def row(page, begins):
    line = next(line for line in page.splitlines() if line.startswith(f"| {begins}"))
    return [float(cell) for cell in re.findall(r"\| *([\d.]+) *(?=\|)", line)]


def month(page, column):
    def given(begins):
        return row(page, begins)[column]

    calendars, days = int(COLUMNS[column].split()[0]), given("days in a month")
    changes = given("changes to one calendar a day")
    reviews = calendars * days * (given("sweeps a day") + changes)
    notices = calendars * days * changes * given("notices from Microsoft 365")
    opened = given("forum reps") * days * given("pages opened and calendars fetched for one rep")
    rounds, looks = given("delivery rounds a day") * days, given("hourly looks a day") * days
    passes, tidyings = given("daily passes a day") * days, given("tidyings a day") * days
    sweeps, checks = given("sweeps a day") * days, given("subscription checks a day") * days
    seconds = (
        sweeps * given("seconds of one sweep")
        + rounds * given("seconds of one delivery round")
        + looks * given("seconds of one hourly look")
        + passes * given("seconds of one daily pass")
        + (checks + tidyings) * given("seconds of one subscription check")
        + reviews * given("seconds of one review")
        + notices * given("seconds of one notice")
        + opened * given("seconds of one page")
    )
    executions = sweeps + rounds + looks + checks + reviews + notices + opened
    return Month(reviews, notices, opened, executions, seconds)


@pytest.mark.parametrize("column", [0, 1], ids=COLUMNS)
def test_the_month_is_what_the_formula_gives(page, column):
    worked_out, memory = month(page, column), row(page, "memory of an instance")[column]
    assert row(page, "reviews |")[column] == worked_out.reviews
    assert row(page, "notices (none")[column] == worked_out.notices
    assert row(page, "pages and calendars opened")[column] == worked_out.opened
    assert row(page, "executions |")[column] == worked_out.executions
    assert row(page, "GB seconds |")[column] == worked_out.seconds * memory


@pytest.mark.parametrize("column", [0, 1], ids=COLUMNS)
def test_the_bill_is_what_the_prices_give(page, column):
    worked_out, memory = month(page, column), row(page, "memory of an instance")[column]
    gb_seconds = max(0, worked_out.seconds * memory - row(page, "GB seconds free")[0])
    paid = max(0, worked_out.executions - row(page, "executions free")[0])
    bill = (
        gb_seconds * row(page, "one GB second on demand")[0]
        + paid / 1e6 * row(page, "a million executions")[0]
    )
    assert row(page, "bill for running")[column] == round(bill, 2)


@pytest.mark.parametrize("column", [0, 1], ids=COLUMNS)
def test_a_warm_instance_costs_every_second_of_the_month(page, column):
    seconds = row(page, "days in a month")[column] * 24 * 60 * 60
    price = row(page, "one GB second of an instance kept warm")[0]
    cost = seconds * row(page, "memory of an instance")[column] * price
    assert row(page, "one instance kept warm")[column] == round(cost, 2)


def test_the_last_line_adds_up(page):
    rest = sum(
        row(page, begins)[-1]
        for begins in ("storage:", "logs", "two alarms", "key vault", "mails |", "Microsoft 365 |")
    )
    few, many = (round(bill + rest) for bill in row(page, "bill for running"))
    assert f"about ${few} for 12 calendars, and about ${many} for 200" in page


def test_the_steps_name_the_same_sums(page, house):
    deploy = (house / "docs/deploy.md").read_text("utf-8")
    assert "about $8 for 12 calendars" in deploy
    assert "about $21 more" in deploy


TICKS = {  # schedules of functions/triggers/timers.py, with the ticks that each has in a day
    "0 */15 * * * *": ("sweeps a day", 96),
    "30 */5 * * * *": ("delivery rounds a day", 288),
    "0 40 */6 * * *": ("subscription checks a day", 4),
    "0 10 * * * *": ("hourly looks a day", 24),
    "0 25 * * * *": ("hourly looks a day", 24),
}


def test_the_ticks_on_the_page_are_those_of_the_timers(page, house):
    timers = (house / "functions/triggers/timers.py").read_text("utf-8")
    assert set(re.findall(r'schedule="([^"]+)"', timers)) == set(TICKS)
    for name in {name for name, _ in TICKS.values()}:
        assert row(page, name)[0] == sum(ticks for one, ticks in TICKS.values() if one == name)
