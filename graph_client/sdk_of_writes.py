"""The parts of msgraph-sdk that writes need, imported in one place because each warns of itself when it is.

As sdk.py, for the places that are only written to; loaded with the first write, since most runs only read.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from msgraph.generated.sites.item.lists.item.columns import columns_request_builder
    from msgraph.generated.sites.item.lists.item.columns.item import column_definition_item_request_builder
    from msgraph.generated.sites.item.lists.item.items.item import list_item_item_request_builder
    from msgraph.generated.sites.item.lists.item.items.item.fields import fields_request_builder
    from msgraph.generated.sites.item.pages import pages_request_builder
    from msgraph.generated.sites.item.pages.item import base_site_page_item_request_builder
    from msgraph.generated.sites.item.pages.item.graph_site_page import (
        graph_site_page_request_builder as one_page_request_builder,
    )
    from msgraph.generated.sites.item.pages.item.graph_site_page.canvas_layout import (
        canvas_layout_request_builder,
    )
    from msgraph.generated.sites.item.pages.item.graph_site_page.canvas_layout.horizontal_sections import (
        horizontal_sections_request_builder,
    )
    from msgraph.generated.sites.item.pages.item.graph_site_page.canvas_layout.horizontal_sections.item import (
        horizontal_section_item_request_builder,
    )
    from msgraph.generated.subscriptions import subscriptions_request_builder
    from msgraph.generated.subscriptions.item import subscription_item_request_builder
    from msgraph.generated.subscriptions.item.reauthorize import reauthorize_request_builder
    from msgraph.generated.users.item.send_mail import send_mail_request_builder
from graph_client.sdk import GraphServiceClient

__all__ = [
    "base_site_page_item_request_builder",
    "canvas_layout_request_builder",
    "column_definition_item_request_builder",
    "columns_request_builder",
    "fields_request_builder",
    "horizontal_section_item_request_builder",
    "horizontal_sections_request_builder",
    "list_item_item_request_builder",
    "one_page_request_builder",
    "pages_request_builder",
    "ready",
    "reauthorize_request_builder",
    "send_mail_request_builder",
    "subscription_item_request_builder",
    "subscriptions_request_builder",
]


def ready(graph: GraphServiceClient) -> GraphServiceClient:
    """The same builders; by now all of them that writes need are loaded."""
    return graph
