"""The folder that the demo leaves behind: cards, pages, recorded traffic, and a ledger."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from demonstration.tenant import MANAGER_FLOW
from emulator.outbox import Sent
from emulator.world import Post
from models.days import LONDON
from models.keys import slug
from wording.story_page import CardSeen, MailSeen

PARTS = ("cards", "mails", "pages", "sharepoint")
CHATS = {MANAGER_FLOW: "The partnership manager's chat"}
OFFICERS_CHAT = "The officers' own chat"
OTHER_FILES = (
    ("graph-exchanges.jsonl", "every call to Microsoft Graph, and its answer."),
    ("other-exchanges.jsonl", "signing in, and the cards as they were posted, without the secrets."),
)
FILES = (("report.html", "what the last look found, promise by promise."), *OTHER_FILES)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where everything goes. Only what an earlier demo left is ever removed from it."""

    path: Path

    @property
    def exchanges(self) -> Path:
        """Graph's traffic, a line each call."""
        return self.path / "graph-exchanges.jsonl"

    @property
    def other(self) -> Path:
        """Tokens and posted cards."""
        return self.path / "other-exchanges.jsonl"

    def opened(self) -> None:
        """Make the folder, and take out the traffic of an earlier run."""
        for part in PARTS:
            (self.path / part).mkdir(parents=True, exist_ok=True)
        self.exchanges.unlink(missing_ok=True)
        self.other.unlink(missing_ok=True)

    def emptied(self) -> None:
        """Take out what an earlier demo remembered and was sent, so that this one begins anew."""
        ours = [self.path.glob("ledger-*.sqlite3*")]
        ours += [(self.path / part).glob("[0-9]*") for part in PARTS]
        for old in [one for found in ours for one in found]:
            old.unlink()

    def ledger_of(self, name: str, content: bytes = b"") -> Path:
        """The ledger of one calendar; a new one, in a folder without cards, where another was shown before."""
        ledger = self.path / f"ledger-{name}-{sha256(content).hexdigest()[:8]}.sqlite3"
        if not ledger.exists():
            self.emptied()
        return ledger

    def keep_cards(self, posts: Iterable[Post]) -> list[CardSeen]:
        """Write every card down as it was received, in order, after those of earlier runs."""
        kept = len(list((self.path / "cards").glob("[0-9]*.json")))
        seen: list[CardSeen] = []
        for post in posts:
            for card in post.cards:
                name = f"cards/{kept + len(seen) + 1:02}-{slug(str(card.get('fallbackText', ''))[:40])}.json"
                self.write(name, json.dumps(card, ensure_ascii=False, indent=2) + "\n")
                at = datetime.fromtimestamp(post.at, LONDON)
                seen.append(CardSeen(CHATS.get(post.flow, OFFICERS_CHAT), at, card, name))
        return seen

    def keep_mails(self, mails: Iterable[Sent], roles: Mapping[str, str]) -> list[MailSeen]:
        """Write every mail down as it was received, in order; `roles` says whose address it went to."""
        kept = len(list((self.path / "mails").glob("[0-9]*.eml")))
        seen: list[MailSeen] = []
        for mail in mails:
            name = f"mails/{kept + len(seen) + 1:02}-{slug(mail.subject)[:40].strip('-')}"
            text, html = _body(mail, "plain"), shown(mail)
            (self.path / f"{name}.eml").write_bytes(mail.mime)
            self.write(f"{name}.txt", text)
            self.write(f"{name}.html", html)
            to = ", ".join(roles.get(address.casefold(), "Somebody") for address in mail.to)
            at = datetime.fromtimestamp(mail.at, LONDON)
            seen.append(MailSeen(to=to, at=at, subject=mail.subject, text=text, file=f"{name}.html"))
        return seen

    def keep_page(self, name: str, html: str) -> str:
        """Write a page down as somebody saw it; gives back its name in the folder."""
        kept = len(list((self.path / "pages").glob("[0-9]*.html")))
        file = f"pages/{kept + 1:02}-{name}.html"
        self.write(file, html)
        return file

    def write(self, name: str, text: str) -> None:
        """Write a file of the folder."""
        (self.path / name).write_text(text, "utf-8")

    def write_bytes(self, name: str, content: bytes) -> None:
        """Write a file that is no text."""
        (self.path / name).write_bytes(content)

    def calls(self) -> int:
        """How many calls to Graph were recorded."""
        with self.exchanges.open(encoding="utf-8") as lines:
            return sum(1 for _ in lines)


def shown(mail: Sent) -> str:
    """A mail as a mail program shows it: its HTML."""
    return _body(mail, "html")


def _body(mail: Sent, sort: str) -> str:
    part = mail.message.get_body((sort,))
    return str(part.get_content()) if part is not None else ""
