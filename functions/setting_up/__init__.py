"""Setting up a partnership: groups proposed, lists and subscriptions made, secrets renewed."""
