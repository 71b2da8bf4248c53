"""What is known to stop people from opening papers: the kind of file, its size, who may open it."""

import pytest

from models.papers_files import ACCOUNT, PROGRAM, SIZE, barrier_of, cure_of

MB = 1024 * 1024
FILES = [
    (["Agenda.pdf", "Notes.DOCX", "Data.xlsx", "Slides.pptx"], ""),
    (["a.odt", "a.ods", "a.odp", "a.txt", "a.rtf", "a.csv", "a.html", "a.jpg", "a.jpeg", "a.png"], ""),
    (["Minutes.doc", "Old.xls", "Old.ppt"], ""),
    (["Agenda v1.2 (final).pdf"], ""),
    (["Agenda.pdf", "Pack.zip"], PROGRAM),
    *(([f"Pack.{ending}"], PROGRAM) for ending in ("7z", "rar", "msg", "eml", "pages", "numbers", "key")),
    *(([f"Pack.{ending}"], PROGRAM) for ending in ("one", "pub", "vsdx", "mpp", "exe", "ics")),
    (["Agenda"], PROGRAM),
    (["Agenda."], PROGRAM),
    ([], ""),
]


@pytest.mark.parametrize(("names", "barrier"), FILES)
def test_files_that_a_phone_opens_and_those_that_many_do_not(names, barrier):
    assert barrier_of((name, 2048) for name in names) == barrier


@pytest.mark.parametrize(("size", "barrier"), [(25 * MB, ""), (25 * MB + 1, SIZE)])
def test_a_file_over_25_megabytes_is_known_to_stop_people(size, barrier):
    assert barrier_of([("Agenda.pdf", size)]) == barrier


def test_everything_that_stops_people_is_said_with_its_cure_and_no_file_is_named():
    barrier = barrier_of([("Sam Example.zip", 30 * MB)], only_accounts=True)
    assert barrier == f"{PROGRAM} {SIZE} {ACCOUNT}"
    assert "Sam" not in barrier + cure_of(barrier)
    assert cure_of(barrier).count("Please") == 3
    assert cure_of("") == ""
