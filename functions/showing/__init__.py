"""What the partnership manager sees in SharePoint, made from the ledger; and what is typed there, heard."""
