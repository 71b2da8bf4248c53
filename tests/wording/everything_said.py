"""Every text that people get from us, by where it comes from: what the test of our words reads."""

import inspect
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from functions.files import shipped
from graph_client import asked, errors, writes_refused
from models.agreement import Agreement
from reading.agreements import read_agreement
from tests.wording import invented_cards as cards
from tests.wording import invented_report
from tests.wording.invented import AGREEMENT
from tests.wording.invented_changes import every_change
from tests.wording.rule_sentences import rule_sentences
from tests.wording.words_in_source import pieces
from wording import report_words
from wording.agreement_changes import sentences
from wording.blocks import Block, Box, Drawing, Grid, Heading, Points, Words
from wording.managers_list import managers_text
from wording.report_parts import easy_parts, parts

# Whoever grants rights in Microsoft 365 knows these words from its own screens; to nobody else do we say them.
ON_MICROSOFTS_SCREENS = (
    "Microsoft 365 administrator",
    "SharePoint administrator",
    "Azure administrator",
    "app registration",
    "federated credential",
    "managed identity",
    "Exchange RBAC for Applications",
    "Application",
    "certificate",
    "certificates",
    "iCalendar",
)
ROLES = ("partnership manager",)  # the name of an office, as in the agreements
NOT_TOLD_TO_PEOPLE = (
    "functions/waking/hearing.py",  # what Microsoft's own programs are answered when they knock
    "cannot start any token",  # what the YAML library says, which we put into plain words
)
HOSTILE = "hostile"  # the card that holds what others typed, to see that it does no harm


@dataclass(frozen=True, slots=True)
class Said:
    """A text and where it stands. `part`: the texts beside it, with which a short one is judged."""

    where: str
    part: str
    text: str


def in_the_wording_file(language: str) -> Iterator[Said]:
    """The texts that a council can change, as they are shipped."""
    for part, texts in yaml.safe_load(shipped.WORDING.read_text("utf-8"))["texts"][language].items():
        for name, text in texts.items():
            yield Said(f"wording.yaml, {part}.{name}", part, text)


def languages() -> list[str]:
    """The languages of the wording file."""
    return list(yaml.safe_load(shipped.WORDING.read_text("utf-8"))["texts"])


def by_the_rules() -> Iterator[Said]:
    """The one sentence of each finding, as the rules say it."""
    for text in rule_sentences():
        yield Said(f"rules: {text[:40]}", "rules", text)


def asked_by_the_agreement() -> Iterator[Said]:
    """The question that an officer hears, promise by promise."""
    for promise in _agreement().promises:
        yield Said(f"{promise.id}, asks", "asks", promise.asks)


def on_cards(house: Path) -> Iterator[Said]:
    """Each line of every golden card, as Teams shows it."""
    for path in sorted((house / "tests" / "wording" / "golden" / "cards").glob("*.json")):
        if path.stem != HOSTILE:
            yield from (
                Said(path.name, path.stem, line)
                for line in _lines_of_card(json.loads(path.read_text("utf-8")))
            )


def on_a_card(house: Path) -> Iterator[Said]:
    """Every golden card as a whole: what its reader has before them, in one piece."""
    whole: dict[str, list[str]] = {}
    for line in on_cards(house):
        whole.setdefault(line.where, []).append(line.text)
    return (Said(where, where, "\n".join(lines)) for where, lines in whole.items())


def in_the_managers_list() -> Iterator[Said]:
    """The list in the terminal, line by line: as it is, while only looking, and with nothing in it."""
    empty = cards.needs(alerts=(), quiet_groups=(), unplaced=(), questions=())
    for needs in (cards.needs(), cards.needs(observing=True), empty):
        for line in managers_text(cards.TEXTS, needs, AGREEMENT).splitlines():
            yield Said("the manager's list", "the manager's list", line.strip())


def in_the_quarterly_report() -> Iterator[Said]:
    """The report and its easy-read page: with every result, with figures that stopped, and with nothing in it."""
    full, empty = invented_report.everything(), invented_report.nothing()
    frozen = replace(full, frozen_at=full.made_at)
    backtest, so_far = replace(full, backtest=True), replace(full, so_far=True)
    for report, easy in (
        (full, False),
        (full, True),
        (frozen, False),
        (backtest, True),
        (so_far, True),
        (empty, False),
    ):
        for block in easy_parts(report) if easy else parts(report):
            for text in _texts_of(block):
                yield Said(f"report: {text[:40]}", "report", text)
        yield Said("report, its standing", "report", report_words.standing(report))


def in_what_changed() -> Iterator[Said]:
    """Every change of an agreement that there is, as a chair reads it."""
    for old, new in every_change():
        for text in sentences(old, new):
            yield Said(f"changes: {text[:40]}", "changes", text)


def in_files(house: Path, *rooms: str) -> Iterator[Said]:
    """The texts in the source of these rooms."""
    for piece in pieces(house, *rooms):
        file = piece.where.partition(",")[0]
        if file not in NOT_TOLD_TO_PEOPLE and piece.text not in NOT_TOLD_TO_PEOPLE:
            yield Said(piece.where, file, piece.text)


def by_microsoft_refused() -> Iterator[Said]:
    """Every kind of error of the Graph client, about everything that it asks for."""
    kinds = [
        one for module in (errors, writes_refused) for _, one in inspect.getmembers(module, inspect.isclass)
    ]
    wanted = (
        asked.calendar_of("send.partnership@council.example"),
        asked.site_at("https://council.example/sites/send"),
        asked.list_called("Papers", "https://council.example/sites/send"),
        asked.library_called("Papers", "https://council.example/sites/send"),
        asked.file_called("agreement.yaml", "Settings", "https://council.example/sites/send"),
        asked.attachments_in("send.partnership@council.example"),
        asked.mail_of("send.partnership@council.example"),
        asked.rooms(),
        asked.sign_in(),
    )
    for kind in dict.fromkeys(one for one in kinds if issubclass(one, errors.GraphError)):
        for thing in wanted:
            yield Said(f"{kind.__name__}: {thing}", kind.__name__, str(kind(thing, "it answered 503")))


def of_slips_in_files(house: Path) -> Iterator[Said]:
    """What people are told of slips in their own files, from the broken files of the reading tests."""
    folder = house / "tests" / "reading"
    for path in [folder / "agreements" / "sentences.txt", *sorted((folder / "terms").glob("*.txt"))]:
        for line in path.read_text("utf-8").splitlines():
            text = re.sub(r"^(?:(?:not used|unreadable|look again): )?[\w.-]+(?:, line \d+)?: ", "", line)
            if text:
                yield Said(f"{path.name}: {line[:40]}", path.name, text)


def _texts_of(block: Block) -> Iterator[str]:
    """What a part of the report says; the rows of a table one by one."""
    match block:
        case Heading(text) | Words(text):
            yield text
        case Points(items):
            yield from items
        case Grid(caption, columns, rows):
            yield from (caption, *columns)
            yield from (cell for row in rows for cell in row)
        case Drawing(_, says):
            yield says
        case Box(label):
            yield label


def _lines_of_card(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        if part.get("type") == "TextBlock" and not str(part["text"]).startswith("Reference"):
            yield str(part["text"]).replace("\\", "")
        for inside in part.values():
            yield from _lines_of_card(inside)
    elif isinstance(part, list):
        for inside in part:
            yield from _lines_of_card(inside)


def _agreement() -> Agreement:
    return read_agreement(shipped.AGREEMENT)
