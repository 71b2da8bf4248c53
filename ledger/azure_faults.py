"""What Azure Tables answers when it does not do what it was asked, in our words."""

from http.client import HTTPException

from azure.core.exceptions import (
    AzureError,
    ClientAuthenticationError,
    DecodeError,
    HttpResponseError,
    ServiceRequestError,
    ServiceResponseError,
)

from ledger.faults import LedgerFault

PASSING = frozenset({408, 429, 500, 502, 503, 504})
CONDITIONS = frozenset(
    {
        "EntityAlreadyExists",
        "ConditionNotMet",
        "UpdateConditionNotSatisfied",
        "ResourceNotFound",
        "EntityNotFound",
    }
)
BROKEN = (ServiceRequestError, ServiceResponseError, DecodeError, HTTPException)


def may_pass(error: Exception) -> bool:
    """Whether asking again may help; whether it was done all the same, nobody knows."""
    return isinstance(error, BROKEN) or (
        isinstance(error, HttpResponseError) and error.status_code in PASSING
    )


def code_of(error: Exception) -> str:
    """Azure's own word for what is wrong; "" where it gave none."""
    code = getattr(error, "error_code", None)
    return str(getattr(code, "value", code) or "")


def is_refused(error: Exception) -> bool:
    """Whether a condition was not met: the row is there already, or was changed since it was read."""
    return code_of(error) in CONDITIONS


def fault(address: str, error: AzureError | HTTPException) -> LedgerFault:
    """One sentence: what is wrong with the ledger, and what to do."""
    status = getattr(error, "status_code", None)
    if isinstance(error, ClientAuthenticationError) or status in (401, 403):
        return LedgerFault(
            f"The ledger at {address} does not let us in: give the app the role Storage Table Data Contributor "
            "on that storage account, and let its network in; a new role takes up to ten minutes."
        )
    if status is None or isinstance(error, BROKEN):
        return LedgerFault(
            f"The ledger at {address} can't be reached: check PROTOCOL_WATCH_LEDGER and the network, "
            "then try again."
        )
    said = f"{status} {code_of(error)}".strip()
    return LedgerFault(
        f"The ledger at {address} could not do its work (it answered {said}): try again later."
    )
