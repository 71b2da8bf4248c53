"""The Teams workflow that waits for a card: it says 202 and keeps each post, however often it comes."""

import hmac
import json

from emulator.answers import Answer, GraphError, new_request_id
from emulator.world import Post, World

CARD = "application/vnd.microsoft.card.adaptive"
LARGEST = 28 * 1024
POSTS, SECONDS = 25, 300
"""What the Flow bot takes (graph.md §7)."""


def receive(world: World, flow_id: str, signature: str | None, content: bytes) -> Answer:
    """POST /workflows/{flow id}?sig=… A 202 says that the post was taken, not that anybody saw it."""
    try:
        _check_signature(world, flow_id, signature)
        message = _message(content)
        _check_rate(world)
    except GraphError as refusal:
        return refusal.answer(new_request_id(), None)
    world.posts.append(Post(flow_id, world.clock(), message))
    return Answer(202, None, {"x-ms-request-id": new_request_id()})


def _check_signature(world: World, flow_id: str, signature: str | None) -> None:
    flow = world.flows.get(flow_id)
    if flow is None:
        raise GraphError(404, "WorkflowNotFound", f"The workflow '{flow_id}' could not be found.")
    if not hmac.compare_digest(flow.signature.encode(), (signature or "").encode()):
        raise GraphError(
            401, "DirectApiAuthorizationRequired", "The request must be authenticated by a valid signature."
        )


def _message(content: bytes) -> dict[str, object]:
    if len(content) > LARGEST:
        raise GraphError(
            413, "RequestEntityTooLarge", f"A message may have {LARGEST} bytes; this one has {len(content)}."
        )
    try:
        message = json.loads(content)
    except ValueError as wrong:
        raise GraphError(400, "TriggerInputSchemaMismatch", "The body is not JSON.") from wrong
    if not isinstance(message, dict) or message.get("type") != "message":
        raise GraphError(400, "TriggerInputSchemaMismatch", "The body must be an object of type 'message'.")
    attachments = message.get("attachments")
    if (
        not isinstance(attachments, list)
        or not attachments
        or not all(_is_card(each) for each in attachments)
    ):
        raise GraphError(
            400, "TriggerInputSchemaMismatch", f"Each attachment must be a card: contentType '{CARD}'."
        )
    return message


def _is_card(attachment: object) -> bool:
    if not isinstance(attachment, dict) or attachment.get("contentType") != CARD:
        return False
    card = attachment.get("content")
    return (
        isinstance(card, dict) and card.get("type") == "AdaptiveCard" and isinstance(card.get("version"), str)
    )


def _check_rate(world: World) -> None:
    recent = [post for post in world.posts if post.at > world.clock() - SECONDS]
    if len(recent) >= POSTS:
        wait = recent[-POSTS].at + SECONDS - world.clock()
        raise GraphError(
            429, "TooManyRequests", "Rate limit is exceeded.", {"Retry-After": str(max(1, round(wait)))}
        )
