"""The quarterly report as one web page: no script, nothing fetched, readable on a phone, aloud, and on A4."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from wording import report_words as words
from wording.blocks import Block, Drawing
from wording.plain import LINE, clean
from wording.report_parts import easy_parts, parts
from wording.reported import Reported


def report_page(report: Reported, *, easy: bool = False) -> str:
    """The whole page. Every word that somebody typed is cleaned, escaped and kept in its own direction."""
    return _template().render(
        report=report,
        words=words,
        easy=easy,
        agreement=clean(report.agreement, LINE),
        blocks=easy_parts(report) if easy else parts(report),
        kind=lambda block: type(block).__name__,
        drawn=_drawn,
    )


def _drawn(block: Block) -> Markup:
    """A drawing of ours, whose words were made harmless where it was drawn."""
    return Markup(block.svg) if isinstance(block, Drawing) else Markup()  # noqa: S704 (escaped in report_charts)


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
    return environment.get_template("report.html.j2")
