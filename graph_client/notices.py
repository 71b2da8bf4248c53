"""Reads what Graph tells us of its own accord: something changed, or a subscription needs care.

It only wakes us early, so nothing in it is believed but whose it is: the client state, compared in constant
time, for each notice on its own, because one post may carry several subscriptions' (facts: graph §2).
Light to import: the webhook must answer within three seconds of a cold start.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from hmac import compare_digest
from typing import Any

from pydantic import ValidationError

from graph_client.bodies import Body, Page, Text
from graph_client.quirks.expiry_spelt_three_ways import moment_in


class Care(StrEnum):
    """What a subscription needs; a word that is new is none of these."""

    NONE = ""
    REAUTHORIZE = "reauthorizationrequired"
    MAKE_ANEW = "subscriptionremoved"
    READ_ALL = "missed"


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that Graph told: for which subscription, until when that lives, and what care it needs."""

    subscription: str
    care: Care
    expires: datetime | None
    client_state: str = field(repr=False)

    def is_graphs(self, expected: str) -> bool:
        """Whether it carries the word that only Graph was given."""
        return bool(expected) and compare_digest(self.client_state.encode(), expected.encode())


class _Sent(Body):
    subscription_id: str
    client_state: Text = ""
    subscription_expiration_date_time: Text = ""
    lifecycle_event: Text = ""


def notices_in(body: bytes) -> tuple[Notice, ...]:
    """The notices in one post; what is no notice is passed over, because it wakes nobody."""
    try:
        entries = Page.model_validate_json(body).value
    except ValidationError:
        return ()
    return tuple(notice for entry in entries if (notice := _notice(entry)))


def _notice(entry: Any) -> Notice | None:
    try:
        sent = _Sent.model_validate(entry)
    except ValidationError:
        return None
    word = sent.lifecycle_event.casefold()
    care = Care(word) if word in set(Care) else Care.NONE
    expires = moment_in(sent.subscription_expiration_date_time)
    return Notice(sent.subscription_id, care, expires, sent.client_state)
