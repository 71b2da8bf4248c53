"""The invented county served over https, the settings that point at it, and commands typed with them."""

import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from emulator.certificates import app_certificate
from emulator.seed import invented_county
from emulator.serve import running
from emulator.world import World
from functions.files import shipped
from functions.settings import PREFIX
from tests.door.typing_it import typed_with

SITE = "https://council.sharepoint.example/sites/send-partnership"
BOARD = "SEND Partnership Board"
ON = ("P01", "P04", "P05")


@dataclass
class Served:
    """A county that is being served; `settings` point at it, and a test may change them."""

    folder: Path
    world: World
    settings: dict[str, str] = field(default_factory=dict)
    ca_file: str = ""

    def typed(self, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """What a command prints with these settings, some of them changed; an empty one is taken away."""
        told = {f"{PREFIX}{name}": text for name, text in (self.settings | changed).items() if text}
        trust = {"SSL_CERT_FILE": self.ca_file, "REQUESTS_CA_BUNDLE": self.ca_file}
        return typed_with(trust | told, self.folder, *words)

    def cards(self, flow: str) -> list[Mapping[str, object]]:
        """The cards that one workflow received."""
        return [card for post in self.world.posts if post.flow == flow for card in post.cards]


@contextmanager
def served_county(folder: Path) -> Iterator[Served]:
    """The county with an agreement whose first promises are on, and school dates that somebody checked."""
    world = invented_county()
    made = app_certificate()
    [client_id] = world.apps
    world.apps[client_id] = replace(world.apps[client_id], certificates=(made.certificate,))
    (folder / "app.pem").write_text(made.private_key + made.certificate)
    (folder / "agreement.yaml").write_text(turned_on(shipped.AGREEMENT.read_text("utf-8")), "utf-8")
    (folder / "term-dates.csv").write_text(checked(shipped.TERMS[0].read_text("utf-8")), "utf-8")
    with running(world) as tenant:
        settings = {
            "GRAPH_URL": f"{tenant.base_url}/v1.0",
            "AUTHORITY_URL": tenant.base_url,
            "TENANT_ID": world.tenant_id,
            "CLIENT_ID": client_id,
            "CERTIFICATE_PATH": str(folder / "app.pem"),
            "SITE": SITE,
            "TEAMS_WORKFLOW_URL": world.workflow_url(tenant.base_url, "officers"),
            "MANAGER_WORKFLOW_URL": world.workflow_url(tenant.base_url, "partnership-manager"),
            "LEDGER": f"sqlite:///{folder / 'ledger.sqlite3'}",
            "AGREEMENT": str(folder / "agreement.yaml"),
            "TERMS": str(folder / "term-dates.csv"),
            "MODE": "tell",
        }
        yield Served(folder, world, settings, str(tenant.ca_file))


def turned_on(agreement: str) -> str:
    """The same agreement with the promises that are offered first turned on."""
    promises = agreement.split("  - id: ")
    changed = (one.replace("on: false", "on: true") if one.startswith(ON) else one for one in promises)
    return "  - id: ".join(changed)


def checked(terms: str) -> str:
    """The same school dates, each row of which somebody has checked."""
    return "\n".join(
        line[: -len(",,,,")] + ",Admissions Officer,2026-11-01,," if line.endswith(",,,,") else line
        for line in terms.splitlines()
    )
