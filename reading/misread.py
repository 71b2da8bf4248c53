"""The error for one entry of a calendar that can't be read; it never carries the entry's own words."""


class MisreadError(ValueError):
    """What is wrong with one entry, and the cure, both without a full stop."""

    def __init__(self, what: str, cure: str) -> None:
        super().__init__(what)
        self.what, self.cure = what, cure
