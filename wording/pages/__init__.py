"""The pages behind signed links: what stands on each, and how a page is drawn. Pure."""
