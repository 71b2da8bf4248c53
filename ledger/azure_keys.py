"""How groups and names become keys of an Azure table.

A key may not hold / \\ # ? or control characters, nor more than 1 KiB, which is 512 characters. Whoever
reads a row finds the true name in the row itself, so a key need not be read back.
"""

from hashlib import sha256
from urllib.parse import quote, unquote

LEDGER = "ledger"  # the partition that says which program's table this is
DELIVERIES = "deliveries"  # all groups together, so that one request finds what is due and one owes it all
GROUPS = "group:"  # what the partitions of groups begin with
LONGEST, BEGINNING = 200, 120  # characters of one name; a longer one keeps its beginning
SHORTENED = "=~"  # between the beginning of a name and its hash: no plain name has it


def partition_of(group: str) -> str:
    """The partition of a group; "" is the partnership as a whole."""
    return f"{GROUPS}{_plain(group)}"


def is_shortened(partition: str) -> bool:
    """Whether a partition has only the beginning of its group's name."""
    return SHORTENED in partition


def name_of_partition(partition: str) -> str:
    """The group of a partition that has its whole name."""
    return unquote(partition.removeprefix(GROUPS).replace("=", "%"), errors="surrogatepass")


def row_key(kind: str, *names: str) -> str:
    """The key of a row, beginning with what it is: `alert:…`. Different names give different keys."""
    return ":".join((kind, *map(_plain, names)))


def _plain(name: str) -> str:
    """Letters, digits and -_.~ as they are, any other byte as = and two digits; a colon never stays."""
    plain = quote(name, safe="", errors="surrogatepass").replace("%", "=")
    if len(plain) <= LONGEST:
        return plain
    whole = sha256(name.encode(errors="surrogatepass")).hexdigest()
    return f"{plain[:BEGINNING]}{SHORTENED}{whole}"
