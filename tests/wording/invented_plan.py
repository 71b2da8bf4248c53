"""A year's plan that somebody might make, and one in which every text is hostile: made by the real readers."""

from datetime import datetime
from pathlib import Path

from functions.plan import Asked, plan
from models.days import LONDON
from models.year_plan import YearPlan

NOW = datetime(2026, 11, 22, 10, tzinfo=LONDON)  # a Sunday
YEAR = """date,start_time,end_time,title,group,private
Tuesday 12 January 2027,10:00,12:00,SEND Partnership Board,,
Thursday 18 February 2027,10:00,12:00,SEND Partnership Board,,
Thursday 25 March 2027,10:00,12:00,SEND Partnership Board,,
Friday 26 March 2027,10:00,12:00,SEND Partnership Board,,
Tuesday 20 April 2027,09:30,11:30,SEND Partnership Board,,
Monday 3 May 2027,10:00,12:00,Communications Priority Group,,
Saturday 12 June 2027,10:00,12:00,SEND Operations Group,,
Wednesday 16 June 2027,10:00,16:00,SEND Partnership Board: Sam Okafor,,yes
Monday 5 July 2027,,,SEND Partnership Board away day,,
Tuesday 6 July 2027,10:00,11:00,Coffee morning,,
Tuesday 14 September 2027,10:00,12:00,SEND Partnership Board,,
2027-31-12,10:00,12:00,SEND Executive Group,,
"""


def made(folder: Path, table: str = YEAR) -> YearPlan:
    """The plan of a table, by Lancashire's agreement and dates as shipped."""
    file = folder / "next year.csv"
    file.write_text(table, encoding="utf-8")
    return plan(Asked(files=[file], now=NOW)).plan


def titled(folder: Path, text: str) -> YearPlan:
    """One text that somebody typed, as the title of dates that fit, don't fit, and are of no group."""
    cell = '"' + text.replace('"', '""') + '"'
    rows = [
        f"2027-01-12,10:00,12:00,{cell},SEND Partnership Board",
        f"2027-02-18,10:00,12:00,{cell},SEND Partnership Board",
        f"2027-09-14,10:00,12:00,{cell},SEND Partnership Board",
        f"2027-01-13,10:00,12:00,{cell},",
    ]
    return made(folder, "date,start_time,end_time,title,group\n" + "\n".join(rows) + "\n")
