"""The few parts of msgraph-sdk that we use, imported in one place because each warns of itself when it is.

Its generated builders hold classes that call `warn(DeprecationWarning)` in their own bodies (msgraph-sdk
1.65, kiota 1.16). Nobody here can mend that, and a log full of it would hide what matters.
"""

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from msgraph.generated.sites.item.lists.item.items.items_request_builder import ItemsRequestBuilder
    from msgraph.generated.sites.item.lists.item.list_item_request_builder import ListItemRequestBuilder
    from msgraph.generated.sites.item.lists.lists_request_builder import ListsRequestBuilder
    from msgraph.generated.sites.item.site_item_request_builder import SiteItemRequestBuilder
    from msgraph.generated.sites.sites_request_builder import SitesRequestBuilder
    from msgraph.generated.users.item.calendar_view.calendar_view_request_builder import (
        CalendarViewRequestBuilder,
    )
    from msgraph.generated.users.item.user_item_request_builder import UserItemRequestBuilder
    from msgraph.generated.users.users_request_builder import UsersRequestBuilder
    from msgraph.graph_request_adapter import GraphRequestAdapter
    from msgraph.graph_service_client import GraphServiceClient

__all__ = [
    "CalendarViewRequestBuilder",
    "GraphRequestAdapter",
    "GraphServiceClient",
    "ItemsRequestBuilder",
    "ListItemRequestBuilder",
    "ListsRequestBuilder",
    "SiteItemRequestBuilder",
    "SitesRequestBuilder",
    "UserItemRequestBuilder",
    "UsersRequestBuilder",
]
