"""Who we talk to: the only room that speaks to Microsoft Graph, SharePoint and Teams.

Nothing is imported here: msgraph-sdk is heavy, and most of the house never needs it. Ask for what you
need: tenant.open_tenant, calendar_windows.read_window, papers_list.read_papers, workflows.post_card.
"""
