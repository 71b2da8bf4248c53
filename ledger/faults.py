"""What can go wrong with the ledger, for the person who must act."""


class LedgerFault(Exception):
    """The ledger can't be opened or used; the message says why and what to do."""


class ChangedSince(Exception):
    """Somebody saved this entry after we read it: read it again, then decide again."""
