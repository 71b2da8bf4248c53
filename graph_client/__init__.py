"""Who we talk to: the only room that speaks to Microsoft Graph, SharePoint and Teams.

Nothing is imported here: msgraph-sdk is heavy, and most of the house never needs it. Ask for what you
need, in a tenant from tenant.open_tenant:

calendars       windows_of_many.each_window, read_windows; calendar_windows.read_window; attachments
lists           papers_list; list_rows.read_rows, changed_rows; list_columns
libraries       library_files.read_folder, changed_files; file_access.read_access
other reads     rooms; mail_in_copy (off by default); notices, which Graph sends of its own accord
signing in      tokens and proofs (certificate, federated); managed_identity
cards           workflows.post_card
"""
