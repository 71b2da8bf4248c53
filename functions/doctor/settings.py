"""What the settings say by themselves: their faults, the mode, and the ways there are to tell people."""

from collections.abc import Iterator, Sequence

from pydantic import SecretStr

from functions.settings import PREFIX, Settings
from models import spoken
from wording.examined import Examined, look, well, wrong

SETTINGS, MAILS = "Settings", "Mails"
CORRECT = "Correct it, or take it away; docs/settings.md says what each is for"
NOT_POSTED = "its address is well formed; nothing was posted to it, so that nobody is disturbed"


def settings_examined(stand: Settings, faults: Sequence[str]) -> Iterator[Examined]:
    """Every fault, then what the settings mean. `stand` are the settings that are sound."""
    yield from (_fault(fault) for fault in faults)
    if not faults:
        yield well(SETTINGS, "each is well formed, and none is lacking")
    yield _mode(stand)
    yield _workflow(
        "The officers' workflow",
        "TEAMS_WORKFLOW_URL",
        stand.teams_workflow_url,
        "no card can go to the officers' chat",
    )
    if stand.manager_workflow_url is None and stand.sender is not None:
        yield well("The manager's workflow", "none is set, so the partnership manager's list goes by mail")
    else:
        yield _workflow(
            "The manager's workflow",
            "MANAGER_WORKFLOW_URL",
            stand.manager_workflow_url,
            "the partnership manager's list goes nowhere",
        )
    yield _sender(stand)
    yield well("Delivery times", _times(stand))


def _fault(fault: str) -> Examined:
    said, _, cure = fault.removesuffix(".").partition(": ")
    return wrong(SETTINGS, said, cure or CORRECT)


def _mode(stand: Settings) -> Examined:
    if stand.mode == "tell":
        return well("Mode", "'tell': people are told, of each group that was released")
    return look(
        "Mode",
        "'observe': nobody is told anything but the partnership manager",
        f"When you are ready, set {PREFIX}MODE to 'tell'",
    )


def _workflow(what: str, name: str, url: SecretStr | None, lost: str) -> Examined:
    if url is not None:
        return well(what, NOT_POSTED)
    return look(what, f"none is set, so {lost}", f"Make one in Teams, and set {PREFIX}{name} to its address")


def _sender(stand: Settings) -> Examined:
    """Whether mails go, and from where. None is sent: Exchange knows no way to ask whether one would be taken."""
    if stand.sender is None:
        says = "no mailbox is set to send from, so officers hear in their chat, and the forum hears nothing"
        return look(
            MAILS, says, f"If people are to get mails, set {PREFIX}SENDER; docs/deploy.md, step 4, says how"
        )
    if stand.site is None:
        says = f"they would go from {stand.sender}, but no list says whom to write to"
        return wrong(MAILS, says, f"Set {PREFIX}SITE to the site with the list Contacts")
    return well(
        MAILS,
        f"they go from {stand.sender}; none was sent now, so the first shows whether Exchange lets us send. That "
        "we can send from no other mailbox is what infra/scripts/Grant-Mailboxes.ps1 -Outside tests",
    )


def _times(stand: Settings) -> str:
    hours = stand.hours
    if hours.times:
        return f"cards leave at {spoken.listed([spoken.clock(at) for at in hours.times])}, on working days"
    opens, closes = spoken.clock(hours.opens), spoken.clock(hours.closes)
    return f"cards leave at any minute from {opens} to {closes}, on working days"
