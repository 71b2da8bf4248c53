"""Every body that Microsoft published and we have is read by our client, or there is a reason why it never is."""

import json
from typing import Any

import pytest

from graph_client.batch import _by_id
from graph_client.bodies import ListItem, Site
from graph_client.deltas import DeltaPage, is_deleted
from graph_client.event_bodies import EventsPages, Misfit, event_or_misfit
from graph_client.file_access import Permission
from graph_client.library_files import DriveItem
from graph_client.notices import notices_in
from graph_client.quirks.empty_error_codes import code_of
from graph_client.reads import shape_of
from graph_client.windows_of_many import TOGETHER


def an_event(body: Any) -> object:
    event = event_or_misfit(body)
    return not isinstance(event, Misfit) and event["id"]


def events(body: Any) -> object:
    page = EventsPages().validate_python(body)
    return page.value and not [each for each in page.value if isinstance(each, Misfit)]


def entries(body: Any, model: Any) -> object:
    page = shape_of(DeltaPage).validate_python(body)
    return page.value and [model.model_validate(entry) for entry in page.value]


def permissions(body: Any) -> object:
    return entries(body, Permission)


def batch(body: Any) -> object:
    parts = _by_id(json.dumps(body).encode(), TOGETHER)
    return len(parts) == len(body["responses"]) and {part.status for part in parts.values()}


READ = {
    "batch_response_mixed_2021.json": batch,
    "batch_response_mixed_2025.json": batch,
    "calendarview_delta_page_deltalink.json": events,
    "calendarview_delta_page_nextlink.json": events,
    "calendarview_delta_page_removed.json": events,
    "change_notification.json": lambda body: notices_in(json.dumps(body).encode()),
    "change_notification_rich.json": lambda body: notices_in(json.dumps(body).encode()),
    "drive_delta_deleted.json": lambda body: entries(body, DriveItem) and is_deleted(body["value"][0]),
    "driveitem_children_page.json": lambda body: shape_of(DeltaPage).validate_python(body).next_link,
    "driveitem_invite_reply.json": permissions,
    "driveitem_root_folder.json": DriveItem.model_validate,
    "event_created_full.json": an_event,
    "event_instances_with_exception.json": events,
    "event_windows_tz.json": an_event,
    "eventhub_validation_message.json": lambda body: notices_in(json.dumps(body).encode()),
    "group_event_series_master.json": an_event,
    "lifecycle_missed.json": lambda body: notices_in(json.dumps(body).encode()),
    "lifecycle_reauthorization_required.json": lambda body: notices_in(json.dumps(body).encode()),
    "lifecycle_subscription_removed.json": lambda body: notices_in(json.dumps(body).encode()),
    "list_created.json": Site.model_validate,  # its id is all that is read of it
    "listitem_created.json": ListItem.model_validate,
    "listitem_with_fields.json": ListItem.model_validate,
    "listitems_unindexed_filter_error.json": code_of,
    "listitems_with_fields.json": lambda body: entries(body, ListItem),
    "permissions_list.json": permissions,
    "sendmail_mime_error_400.json": code_of,
    "subscription_created.json": Site.model_validate,  # as list_created; the rest has a test of its own
    "throttled_429_body.json": code_of,
}
NEVER = {
    "bot_403_message_writes_blocked.json": "an answer of the Bot service, which this room does not call",
    "getschedule_reply.json": "free and busy times are not asked for: forum members have none there",
    "getschedule_request.json": "a request",
    "list_create_request.json": "a request, and not one of ours: ours is tested where lists are made",
    "sendmail_request.json": "a request; ours is MIME",
    "sharepoint_rest_webhook_notification.json": "SharePoint's own webhooks are not used, only Graph's",
    "site_permission_grant.json": "an administrator's script makes the grant, and never the app",
    "subscription_create_request.json": "a request",
    "teams_workflow_webhook_request.json": "a request",
}


@pytest.mark.parametrize("name", READ)
def test_a_published_body_is_read(sample_json, name):
    assert READ[name](sample_json(name))


def test_none_is_forgotten(shared):
    there = {path.name for path in (shared / "data/graph_samples").glob("*.json")}
    assert there == READ.keys() | NEVER.keys()
    assert not READ.keys() & NEVER.keys()
