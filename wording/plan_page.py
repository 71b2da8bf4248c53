"""A year's plan as one web page: no script, nothing fetched, made to be printed on A4 in black and white."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from models import spoken
from models.days import LONDON
from models.year_plan import YearPlan
from wording import plain
from wording import plan_words as words
from wording.check_json import WHICH_GROUP
from wording.year_grid import LEGEND, months

MOST_ROWS = 500


def plan_page(plan: YearPlan) -> str:
    """The whole page. Every word that somebody typed is cleaned, escaped and kept in its own direction."""
    return _template().render(
        plan=plan,
        words=words,
        plain=plain,
        spoken=spoken,
        months=months(plan),
        legend=LEGEND,
        wrong=[one for one in plan.dates if one.misfits],
        unknown=[one for one in plan.dates if one.unknown and not one.misfits],
        made=spoken.day(plan.now.astimezone(LONDON).date()),
        which_group=WHICH_GROUP,
        most_rows=MOST_ROWS,
    )


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
    return environment.get_template("plan.html.j2")
