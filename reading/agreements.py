"""Agreements: from the YAML that people write to the model, and everything wrong with it at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from models.agreement import Agreement, Group, Promise
from reading.agreement_faults import faults_of
from reading.agreement_lint import Draft, useless_parts
from reading.agreement_schema import agreement_schema
from reading.faults import Fault, Unreadable
from reading.quoting import quoted
from reading.yaml_lines import Written, read_yaml

__all__ = ["agreement_schema", "faults_in", "read_agreement", "read_agreements"]

MOST_FAULTS = 200  # nobody mends more in one sitting
NAMED_BY = {"promises": "id", "groups": "name"}


@dataclass(frozen=True, slots=True)
class _Reading:
    """One try at a file: the agreement where there is one, the faults, and the parts that do stand."""

    agreement: Agreement | None
    faults: tuple[Fault, ...]
    draft: Draft


def read_agreement(path: Path) -> Agreement:
    """The agreement in a YAML file; raises Unreadable with every fault in it, in the order of the file."""
    reading = _read(path)
    if reading.agreement is None or reading.faults:
        raise Unreadable(_in_order(reading.faults))
    return reading.agreement


def read_agreements(*paths: Path) -> tuple[Agreement, ...]:
    """Several agreements; raises Unreadable with every fault in any of them."""
    read: list[Agreement] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            read.append(read_agreement(path))
        except Unreadable as unreadable:
            faults += unreadable.faults
    if faults:
        raise Unreadable(faults)
    return tuple(read)


def faults_in(path: Path) -> tuple[Fault, ...]:
    """Everything `agreement lint` tells: what can't be read, and what can be read but will never work."""
    try:
        reading = _read(path)
    except Unreadable as unreadable:
        return unreadable.faults
    return _in_order((*reading.faults, *useless_parts(reading.draft)))


def _read(path: Path) -> _Reading:
    written = read_yaml(path)
    faults = [*written.faults, *_twice(written)]
    try:
        agreement = Agreement.model_validate(written.data)
    except ValidationError as error:
        faults += faults_of(error, written, told_already=bool(faults))
        broken = {tuple(part["loc"][:2]) for part in error.errors(include_url=False)}
        return _Reading(None, tuple(faults), _draft(written, broken))
    return _Reading(agreement, tuple(faults), _draft(written, set()))


def _draft(written: Written, broken: set[tuple[int | str, ...]]) -> Draft:
    """The promises and groups that are sound by themselves, by their number in the file."""
    return Draft(
        written,
        groups={n: Group.model_validate(raw) for n, raw in _sound("groups", written, broken)},
        promises={n: Promise.model_validate(raw) for n, raw in _sound("promises", written, broken)},
    )


def _sound(part: str, written: Written, broken: set[tuple[int | str, ...]]) -> Iterator[tuple[int, Any]]:
    for number, raw in enumerate(written.listed(part)):
        if (part, number) not in broken and (part,) not in broken:
            yield number, raw


def _twice(written: Written) -> Iterator[Fault]:
    """Promises or groups of one name: the model refuses them too, but can't say in which line."""
    for part, name in NAMED_BY.items():
        seen: dict[str, int] = {}
        for number, raw in enumerate(written.listed(part)):
            called = raw.get(name) if isinstance(raw, dict) else None
            if not isinstance(called, str):
                continue
            line = written.line((part, number, name))
            first = seen.setdefault(called.strip().casefold(), line)
            if first != line:
                what = f"two {part} have the {name} {quoted(called)} (first in line {first})"
                yield Fault(written.file, line, what, f"Give each a different {name}")


def _in_order(faults: tuple[Fault, ...]) -> tuple[Fault, ...]:
    """In the order of the file, each once, and no more than a person can use."""
    found = sorted(dict.fromkeys(faults), key=lambda fault: fault.line)
    if len(found) <= MOST_FAULTS:
        return tuple(found)
    more = f"there are {len(found) - MOST_FAULTS:,} more faults after these"
    return (*found[:MOST_FAULTS], Fault(found[0].file, 0, more, "Mend these first, then check again"))
