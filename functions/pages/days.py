"""A day as people write it into a form: 2026-11-27 from a browser, 27/11/2026 or 27 November 2026 by hand."""

from contextlib import suppress
from datetime import date, datetime

FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%A %d %B %Y", "%a %d %b %Y")


def day_in(text: str) -> date | None:
    """The day; None where there is none to be read."""
    words = " ".join(text.replace(",", " ").split())[:40]
    for form in FORMS:
        with suppress(ValueError):
            return datetime.strptime(words, form).date()  # noqa: DTZ007 (a day has no time zone)
    return None
