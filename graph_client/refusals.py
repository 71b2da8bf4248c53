"""The one map from what Microsoft 365 answered (status and code) to the error that says what to do.

The status decides first, because a code may be empty (facts: graph §7). A few codes say more than their
status; those are listed by name, with why.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graph_client import errors
from graph_client.asked import Asked
from graph_client.errors import GraphError
from graph_client.quirks import group_mailboxes_refused as groups

ALWAYS_LATER = frozenset({429, 503, 504})
NO_CLOUD_MAILBOX = (
    "this mailbox is switched off or kept on the council's own servers: ask your Microsoft 365 "
    "administrator, or use another mailbox"
)
SIGN_IN = (
    "Microsoft 365 does not accept how we sign in: check the app registration, its certificate and the tenant "
    "in the settings"
)
UNLOCK = "somebody has locked it: ask the owner or your administrator to unlock it"

_BY_STATUS: Mapping[int, type[GraphError]] = {
    401: errors.PersonMustAct,
    402: errors.PersonMustAct,
    403: errors.PersonMustAct,
    404: errors.NotThere,
    407: errors.PersonMustAct,
    408: errors.TryAgainLater,
    409: errors.ChangedMeanwhile,
    410: errors.ReadAfresh,
    412: errors.ChangedMeanwhile,
    421: errors.TryAgainLater,
    423: errors.PersonMustAct,
    424: errors.TryAgainLater,  # a part of a throttled batch (facts: graph §7)
    425: errors.TryAgainLater,
    451: errors.PersonMustAct,
    501: errors.GraphRefused,
    505: errors.GraphRefused,
    507: errors.PersonMustAct,
    511: errors.PersonMustAct,
}
_BY_CODE: Mapping[str, type[GraphError]] = {
    # A forgotten place in a delta comes as 410 or as any 40x with one of these (facts: graph §1).
    "syncstatenotfound": errors.ReadAfresh,
    "syncstateinvalid": errors.ReadAfresh,
    "resyncrequired": errors.ReadAfresh,
    groups.CODE: errors.PersonMustAct,
    "mailboxnotenabledforrestapi": errors.PersonMustAct,
    "mailboxnotsupportedforrestapi": errors.PersonMustAct,
    "errorinvaliduser": errors.NotThere,
    "errornonexistentmailbox": errors.NotThere,
    "activitylimitreached": errors.TryAgainLater,
    "toomanyrequests": errors.TryAgainLater,
    "errorserverbusy": errors.TryAgainLater,
}
_CURES: Mapping[str, str] = {
    groups.CODE: groups.CURE,
    "mailboxnotenabledforrestapi": NO_CLOUD_MAILBOX,
    "mailboxnotsupportedforrestapi": NO_CLOUD_MAILBOX,
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What Microsoft 365 answered instead of what we asked for."""

    status: int
    code: str = ""
    after: float | None = None
    request: str = ""

    def __str__(self) -> str:
        return f"{self.status} {self.code}".strip()


def kind_of(status: int, code: str = "") -> type[GraphError]:
    """Which error a status and code mean."""
    if status in ALWAYS_LATER:
        return errors.TryAgainLater
    if 400 <= status < 500 and code.casefold() in _BY_CODE:
        return _BY_CODE[code.casefold()]
    fallback = errors.TryAgainLater if status >= 500 else errors.GraphRefused
    return _BY_STATUS.get(status, fallback)


def error_for(refusal: Refusal, asked: Asked) -> GraphError:
    """The error to raise for a refusal of what was asked."""
    error = _error_for(refusal, asked)
    error.request = refusal.request
    return error


def _error_for(refusal: Refusal, asked: Asked) -> GraphError:
    kind = kind_of(refusal.status, refusal.code)
    said = f"it answered {refusal}"
    if issubclass(kind, errors.TryAgainLater):
        return kind(asked, said, status=refusal.status, after=refusal.after)
    if issubclass(kind, errors.PersonMustAct):
        return kind(asked, said, status=refusal.status, cure=_cure(refusal))
    return kind(asked, said, status=refusal.status)


def _cure(refusal: Refusal) -> str:
    """The cure for this refusal; empty where what was asked has its own."""
    by_status = {401: SIGN_IN, 423: UNLOCK}
    return by_status.get(refusal.status) or _CURES.get(refusal.code.casefold(), "")
