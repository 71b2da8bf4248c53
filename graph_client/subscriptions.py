"""Asks Graph to tell us when a calendar or a list changes, and keeps that going.

We ask for three days and believe only the expiry that was granted: what a resource may have at most has
changed often, and too short a time is raised (graph §2). A subscription that is gone is NotThere; to
make it anew, and to read what was missed meanwhile, is the caller's.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from pydantic import Field, ValidationError

from graph_client.asked import MAY_TAKE_TIME, Asked
from graph_client.bodies import Body, Text
from graph_client.errors import AnswerUnusable, NotThere
from graph_client.quirks.expiry_spelt_three_ways import moment_in
from graph_client.reads import Build, Read
from graph_client.writes_refused import WriteUnsure, Writing
from graph_client.writing import call, graph_of, understood, write

if TYPE_CHECKING:
    from graph_client.tenant import Tenant

ASKED_FOR = timedelta(days=3)
LONGEST_STATE = 128  # characters (graph §2)
IMMUTABLE = 'IdType="ImmutableId"'  # on the create, else notifications name other ids than we read (graph §1)
UNREACHABLE = (
    "Microsoft must reach this app from the internet and be answered within 10 seconds: check that "
    "PROTOCOL_WATCH_PUBLIC_URL is its address, and that the app is running"
)
NOT_VALIDATED = {"validationerror": UNREACHABLE, "invalidrequest": UNREACHABLE}
MAY_SUBSCRIBE = (
    "ask your Microsoft 365 administrator for the right to read it (a mailbox: Exchange RBAC for Applications, "
    "role 'Application Calendars.Read'; a list: the site granted by Sites.Selected, with the role 'manage' "
    f"where 'write' is refused); {MAY_TAKE_TIME}"
)


@dataclass(frozen=True, slots=True)
class Watched:
    """What to be told about: a resource as Graph names it, which changes, and its name for people."""

    resource: str
    changes: str
    what: str


@dataclass(frozen=True, slots=True)
class Listener:
    """Where Graph is to tell us, and the word by which we know that it was Graph. All of it is secret."""

    url: str = field(repr=False)
    lifecycle_url: str = field(repr=False)  # must be given from the start: it can't be added later (graph §2)
    client_state: str = field(repr=False)

    def __post_init__(self) -> None:
        if not 0 < len(self.client_state) <= LONGEST_STATE:
            raise ValueError(
                f"PROTOCOL_WATCH_CLIENT_STATE must have 1 to {LONGEST_STATE} characters: shorten it."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One that Graph has granted; `expires` is what it granted, in UTC, not what we asked for."""

    id: str
    resource: str
    changes: str
    expires: datetime
    url: str = field(default="", repr=False)
    lifecycle_url: str = field(default="", repr=False)


class _Granted(Body):
    id: str = Field(min_length=1)
    resource: Text = ""
    change_type: Text = ""
    expiration_date_time: str
    notification_url: Text = ""
    lifecycle_notification_url: Text = ""


def calendar_events(mailbox: str) -> Watched:
    """Every change in a mailbox's calendars; a single calendar can't be asked for (graph §2)."""
    return Watched(f"users/{mailbox}/events", "created,updated,deleted", f"the calendar of {mailbox}")


def list_rows(site_id: str, list_id: str, list_name: str) -> Watched:
    """Any change in a list; it is not said which row, and `updated` is the only kind there is (graph §2)."""
    return Watched(f"sites/{site_id}/lists/{list_id}", "updated", f"the list '{list_name}'")


async def create(tenant: "Tenant", watched: Watched, listener: Listener) -> Subscription:
    """Subscribe, once. AlreadyThere where there is one like it: find it with `subscriptions`.

    Graph calls both addresses before it answers, so this must not run where only one call at a time is served.
    """
    body = {
        "changeType": watched.changes,
        "notificationUrl": listener.url,
        "lifecycleNotificationUrl": listener.lifecycle_url,
        "resource": watched.resource,
        "expirationDateTime": _in_three_days(tenant),
        "clientState": listener.client_state,
    }
    doing = Writing(
        f"changes of {watched.what}",
        MAY_SUBSCRIBE,
        f"promised to tell us of changes in {watched.what}",
        makes=True,
        cures=NOT_VALIDATED,
    )
    build = call("POST", graph_of(tenant).subscriptions, body, prefer=IMMUTABLE)
    return _granted(understood(await write(tenant, build, doing), _Granted, doing), doing)


async def renew(tenant: "Tenant", subscription: Subscription) -> Subscription:
    """Ask for three days more, which also reauthorizes; the one to keep is the one given back.

    To do it again after WriteUnsure does no harm. NotThere where Graph has dropped it.
    """
    doing = _about(f"our subscription to {subscription.resource}", "promised to go on telling us of changes")
    builder = graph_of(tenant).subscriptions.by_subscription_id(subscription.id)
    build = call("PATCH", builder, {"expirationDateTime": _in_three_days(tenant)})
    return _granted(understood(await write(tenant, build, doing), _Granted, doing), doing)


async def reauthorize(tenant: "Tenant", subscription_id: str) -> None:
    """Answer a reauthorizationRequired where it is too early to renew; never both within ten minutes."""
    doing = _about(f"our subscription {subscription_id}", "been told that we still may hear of changes")
    builder = graph_of(tenant).subscriptions.by_subscription_id(subscription_id).reauthorize
    await write(tenant, call("POST", builder), doing)


async def delete(tenant: "Tenant", subscription_id: str) -> bool:
    """Stop being told; False where it was gone already."""
    doing = _about(f"our subscription {subscription_id}", "stopped telling us of changes")
    builder = graph_of(tenant).subscriptions.by_subscription_id(subscription_id)
    try:
        await write(tenant, call("DELETE", builder), doing)
    except NotThere:
        return False
    return True


async def subscriptions(tenant: "Tenant") -> tuple[Subscription, ...]:
    """Every subscription that this app holds in the tenant."""
    from graph_client.transport import configuration

    builder = graph_of(tenant).subscriptions
    asked = Asked("the list of its subscriptions", MAY_SUBSCRIBE)

    def following(link: str) -> Build:
        return lambda: builder.with_url(link).to_get_request_information(configuration())

    pages = Read(tenant, asked).pages(lambda: builder.to_get_request_information(configuration()), following)
    return tuple([_held(entry, asked) async for page in pages for entry in page])


def _held(entry: Any, asked: Asked) -> Subscription:
    try:
        return _granted(_Granted.model_validate(entry), asked)
    except (ValidationError, WriteUnsure):
        pass
    raise AnswerUnusable(asked, "a subscription in it can't be read")


def _granted(granted: _Granted, asked: Asked) -> Subscription:
    expires = moment_in(granted.expiration_date_time)
    if expires is None:
        raise WriteUnsure(asked, "it does not say until when")
    return Subscription(
        id=granted.id,
        resource=granted.resource,
        changes=granted.change_type,
        expires=expires,
        url=granted.notification_url,
        lifecycle_url=granted.lifecycle_notification_url,
    )


def _about(what: str, done: str) -> Writing:
    return Writing(what, MAY_SUBSCRIBE, f"{done} ({what})")


def _in_three_days(tenant: "Tenant") -> str:
    return f"{tenant.clock().astimezone(UTC) + ASKED_FOR:%Y-%m-%dT%H:%M:%SZ}"
