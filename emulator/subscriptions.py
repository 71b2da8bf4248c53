"""Subscriptions to changes: made after a handshake with both addresses, renewed, listed and ended."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote_plus
from uuid import uuid4

from emulator.answers import Answer, Call, GraphError
from emulator.notifications import Subscription
from emulator.outside import HANDSHAKE_SECONDS
from emulator.queries import preferences_of, query_of
from emulator.subscription_terms import asked_for, checked_changes, expiry, refused, watched
from emulator.world import World

CONTEXT = "/v1.0/$metadata#subscriptions"


def make(world: World, call: Call) -> Answer:
    """POST /subscriptions. Both addresses are called before it is answered."""
    query_of(call, [])
    asked = asked_for(call.body)
    resource = watched(world, call, asked["resource"])
    made = Subscription(
        id=str(uuid4()),
        app=call.app.client_id,
        resource=asked["resource"],
        watches=resource.name,
        change_type=checked_changes(asked["changeType"], resource),
        notification_url=asked["notificationUrl"],
        lifecycle_url=asked.get("lifecycleNotificationUrl"),
        expires=expiry(world, asked["expirationDateTime"], resource),
        client_state=asked.get("clientState"),
        immutable_ids=preferences_of(call).immutable_ids,
    )
    _check_new(world, made)
    for url in filter(None, (made.notification_url, made.lifecycle_url)):
        _shake_hands(world, url)
    world.subscriptions[made.id] = made
    return Answer(201, {"@odata.context": f"{call.base_url}{CONTEXT}/$entity", **_body(made, told=True)})


def subscriptions(world: World, call: Call) -> Answer:
    """GET /subscriptions: this app's own."""
    query_of(call, [])
    rows = [_body(each) for each in _living(world) if each.app == call.app.client_id]
    return Answer(200, {"@odata.context": f"{call.base_url}{CONTEXT}", "value": rows})


def subscription(world: World, call: Call, name: str) -> Answer:
    """GET /subscriptions/{id}"""
    query_of(call, [])
    return Answer(
        200, {"@odata.context": f"{call.base_url}{CONTEXT}/$entity", **_body(_own(world, call, name))}
    )


def renew(world: World, call: Call, name: str) -> Answer:
    """PATCH /subscriptions/{id}: only its end can be moved, which renews its right as well."""
    query_of(call, [])
    old, asked = _own(world, call, name), call.body
    if not isinstance(asked, dict) or set(asked) - {"expirationDateTime", "notificationUrl"}:
        raise refused("Only expirationDateTime and notificationUrl can be changed.")
    resource = watched(world, call, old.resource)
    new = replace(old, paused=False, expires=expiry(world, asked.get("expirationDateTime"), resource))
    if "notificationUrl" in asked:
        _shake_hands(world, str(asked["notificationUrl"]))
        new = replace(new, notification_url=str(asked["notificationUrl"]))
    world.subscriptions[name] = new
    return Answer(200, {"@odata.context": f"{call.base_url}{CONTEXT}/$entity", **_body(new)})


def reauthorize(world: World, call: Call, name: str) -> Answer:
    """POST /subscriptions/{id}/reauthorize"""
    query_of(call, [])
    old = _own(world, call, name)
    watched(world, call, old.resource)
    world.subscriptions[name] = replace(old, paused=False)
    return Answer(200)


def end(world: World, call: Call, name: str) -> Answer:
    """DELETE /subscriptions/{id}"""
    query_of(call, [])
    del world.subscriptions[_own(world, call, name).id]
    return Answer(204)


def _living(world: World) -> list[Subscription]:
    now = datetime.fromtimestamp(world.clock(), UTC)
    return [each for each in world.subscriptions.values() if each.expires > now]


def _own(world: World, call: Call, name: str) -> Subscription:
    for each in _living(world):
        if each.id == name and each.app == call.app.client_id:
            return each
    raise GraphError(404, "ResourceNotFound", "The object was not found.")


def _check_new(world: World, made: Subscription) -> None:
    for each in _living(world):
        if (each.app, each.watches, each.change_type, each.notification_url) == (
            made.app,
            made.watches,
            made.change_type,
            made.notification_url,
        ):
            raise GraphError(
                409, "Conflict", "A subscription with the same resource and changes exists already."
            )


def _shake_hands(world: World, url: str) -> None:
    token = f"Validation: Testing client application reachability for subscription Request-Id: {uuid4()}"
    address = f"{url}{'&' if '?' in url else '?'}validationToken={quote_plus(token)}"
    reply = world.outside(address, b"", "text/plain; charset=utf-8", HANDSHAKE_SECONDS)
    if reply.status != 200 or reply.text != token or not reply.media.startswith("text/plain"):
        said = "Subscription validation request failed. Response must exactly match validationToken query parameter."
        raise GraphError(400, "ValidationError", said)


def _body(made: Subscription, *, told: bool = False) -> dict[str, object]:
    # notificationContentType stands in the documented sample, but not in the published v1.0 type: left out
    return {
        "id": made.id,
        "resource": made.resource,
        "applicationId": made.app,
        "changeType": made.change_type,
        "clientState": made.client_state if told else None,
        "notificationUrl": made.notification_url,
        "lifecycleNotificationUrl": made.lifecycle_url,
        "expirationDateTime": f"{made.expires:%Y-%m-%dT%H:%M:%S}.9356913Z",
        "creatorId": made.app,
        "includeResourceData": None,
        "latestSupportedTlsVersion": "v1_2",
        "encryptionCertificate": None,
        "encryptionCertificateId": None,
        "notificationQueryOptions": None,
        "notificationUrlAppId": None,
    }
