"""A sweep goes on whatever befalls one calendar or the list of papers, and says which in one sentence."""

from pathlib import Path

import pytest

from functions.swept import Swept
from models.findings import Finding
from tests.faults.effects import page_of_a_stranger, refused
from tests.faults.faults import FAULTS
from tests.faults.partnership import CALENDARS, TROUBLED, tenant_of_twenty
from tests.faults.sentences import assert_one_sentence
from tests.faults.sweeping import OTHERS, swept
from tests.faults.test_each_fault import hits_all
from tests.faults.wires import Changed, Effect, Troubled

_CALM: list[Swept] = []
PAPERS = {
    "403": refused(403, "accessDenied"),
    "404": refused(404, "itemNotFound"),
    "410": refused(410, "resyncRequired"),
    "423": refused(423, "resourceLocked"),
    "always a web page": page_of_a_stranger(200),
    "never up again": page_of_a_stranger(503),
}


@pytest.fixture
async def calm(tmp_path: Path) -> Swept:
    """The sweep on a good day."""
    if not _CALM:
        folder = tmp_path / "calm"
        folder.mkdir()
        wire = Troubled(tenant_of_twenty(), TROUBLED, Changed(lambda body: body))
        _CALM.append(await swept(folder, wire))
    return _CALM[0]


def found(sweep: Swept, *mailboxes: str) -> list[Finding]:
    """What was found in these calendars."""
    return [one for one in sweep.findings if one.meeting is not None and one.meeting.source in mailboxes]


def test_a_good_day_has_findings_in_every_calendar(calm: Swept) -> None:
    assert [calendar.why_not for calendar in calm.calendars] == [""] * 4
    assert all(found(calm, mailbox) for mailbox in (TROUBLED, *OTHERS))


@pytest.mark.parametrize("name", FAULTS)
async def test_the_other_groups_are_reviewed(name: str, calm: Swept, tmp_path: Path) -> None:
    fault = FAULTS[name]
    wire = Troubled(tenant_of_twenty(), TROUBLED, fault.effect(), after=fault.after, times=fault.times)
    sweep = await swept(tmp_path, wire, fault.budget)
    assert [one.name for one in sweep.calendars] == sorted((TROUBLED, *OTHERS))
    for calendar in sweep.calendars:
        if calendar.name != TROUBLED and not hits_all(fault):
            assert calendar.why_not == ""
            assert found(sweep, calendar.name) == found(calm, calendar.name)
        elif fault.ends_in is not None:
            assert calendar.read_at is None
            assert_one_sentence(calendar.why_not, calendar.name)
            assert not found(sweep, calendar.name)
        elif not fault.lost:
            assert found(sweep, calendar.name) == found(calm, calendar.name)
    assert len(set(sweep.questions) - set(calm.questions)) == fault.lost


@pytest.mark.parametrize("name", PAPERS)
async def test_without_the_list_of_papers_the_calendars_are_read(
    name: str, calm: Swept, tmp_path: Path
) -> None:
    effect: Effect = PAPERS[name]()
    sweep = await swept(tmp_path, Troubled(tenant_of_twenty(), "/lists/Papers", effect, times=1_000))
    assert [one.why_not for one in sweep.calendars] == [""] * 4
    assert len(found(sweep, *CALENDARS)) == len(found(calm, *CALENDARS))
    [said] = sweep.questions
    assert_one_sentence(said, "the list 'Papers'")
