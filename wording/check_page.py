"""What `check` found as one web page: no script, nothing fetched, readable on a phone, on paper and aloud."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from models.findings import Finding, State
from wording import check_words, plain
from wording.arranged import Arranged, Part, arranged
from wording.check_json import WHICH_GROUP
from wording.results import Results
from wording.strip import StripDay, strip

MOST_SUBJECTS = 240  # meetings or series, all groups together; the page must open on an old phone
FEWEST_OF_A_GROUP = 5
MOST_ROWS = 100
MOST_DETAILS = 12
MOST_STRIPS = 60


def page(results: Results) -> str:
    """The whole page. Every word that somebody typed is cleaned, escaped and kept in its own direction."""
    order = arranged(results)
    drawn = _drawn(order)

    def strip_of(finding: Finding) -> tuple[StripDay, ...]:
        return drawn.get(finding.key, ())

    return _template().render(
        results=results,
        order=order,
        words=check_words,
        plain=plain,
        strip_of=strip_of,
        states=State,
        totals=Counter(finding.state for finding in results.findings),
        which_group=WHICH_GROUP,
        sections=_sections(results, order),
        of_a_group=_share(order.needs_a_look),
        said_of_a_group=_share(order.said),
        most_rows=MOST_ROWS,
        most_details=MOST_DETAILS,
        most_strips=MOST_STRIPS,
        all_drawn=len(drawn) < MOST_STRIPS,
    )


def _sections(results: Results, order: Arranged) -> list[tuple[str, str]]:
    """The contents list: the parts that this page has, by anchor and name."""
    present = (
        ("look", "What needs a look", True),
        ("coming", "Coming up", bool(order.coming_up)),
        ("dates", "Please add dates", bool(order.dates_wanted)),
        ("unknown", "What we can't tell", bool(order.unknown)),
        ("said", "Explained or agreed", bool(order.said)),
        ("group", WHICH_GROUP, bool(results.unplaced)),
        ("promises", "Promise by promise", bool(order.counts)),
        ("unwatched", "Promises we don't watch yet", bool(results.agreement.not_watched())),
        ("faults", "Could not be used", bool(results.faults)),
        ("notes", "Worth knowing", bool(results.notes)),
        ("meaning", "What the words mean", True),
    )
    return [(anchor, name) for anchor, name, there in present if there]


def _drawn(order: Arranged) -> dict[str, tuple[StripDay, ...]]:
    """The strips of days, by finding key: the first ones in reading order, the rest is told in words."""
    drawable = ((finding.key, strip(finding)) for finding in _with_a_sum(order))
    return dict(islice((pair for pair in drawable if pair[1]), MOST_STRIPS))


def _with_a_sum(order: Arranged) -> Iterator[Finding]:
    share = _share(order.needs_a_look)
    for part in order.needs_a_look:
        for subject in part.subjects[:share]:
            for point in subject.points:
                yield from point.findings[:MOST_DETAILS]
    yield from order.coming_up[:MOST_ROWS]


def _share(parts: tuple[Part, ...]) -> int:
    """How many meetings of each group the page shows, so that no group crowds out the others."""
    return max(FEWEST_OF_A_GROUP, MOST_SUBJECTS // max(len(parts), 1))


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
    return environment.get_template("check.html.j2")
