"""Several term files may follow one --terms, once a calendar was named."""

import pytest

from terminal import several_terms


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("check a.ics --terms x.csv y.ics", "check a.ics --terms x.csv --terms y.ics"),
        (
            "check a.ics b.csv --terms x.csv y.ics --now 2026-01-01",
            "check a.ics b.csv --terms x.csv --terms y.ics --now 2026-01-01",
        ),
        (
            "check a.ics --terms x.csv --terms y.ics z.csv",
            "check a.ics --terms x.csv --terms y.ics --terms z.csv",
        ),
        ("check --terms x.csv a.ics", "check --terms x.csv a.ics"),
        ("check --format json --terms x.csv a.ics", "check --format json --terms x.csv a.ics"),
        ("check a.ics --format json", "check a.ics --format json"),
        ("check a.ics --terms", "check a.ics --terms"),
        ("plan a.xlsx --terms x.csv y.ics", "plan a.xlsx --terms x.csv --terms y.ics"),
        (
            "slots --calendar a.ics b.ics --terms x.csv y.ics --group Board",
            "slots --calendar a.ics --calendar b.ics --terms x.csv --terms y.ics --group Board",
        ),
        ("agreement show", "agreement show"),
        ("", ""),
    ],
)
def test_several_term_files(typed: str, meant: str) -> None:
    assert several_terms(typed.split()) == meant.split()
