"""An emulated Microsoft 365 on this computer, and the settings that point at it, as a council would set them."""

import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from demonstration.county import PARTNERSHIP
from emulator.certificates import app_certificate
from emulator.seed import whole_county, world_from_ics
from emulator.serve import Running, running
from emulator.world import World
from functions.settings import PREFIX
from reading.faults import Fault, Unreadable

MANAGER_FLOW, OFFICERS_FLOW = "partnership-manager", "officers"


@dataclass(frozen=True, slots=True)
class Served:
    """A tenant that is being served: the settings that point at it, and the certificate to trust."""

    environment: dict[str, str]
    ca_file: str


@contextmanager
def served(
    world: World, ledger: Path, exchanges: Path | None = None, other: Path | None = None, port: int = 0
) -> Iterator[Served]:
    """Serve the tenant for as long as the block lasts, writing down Graph's traffic and all other."""
    with (
        tempfile.TemporaryDirectory(prefix="protocol-watch-") as keys,
        running(world, record_to=exchanges, other_to=other, port=port) as tenant,
    ):
        yield Served(_environment(world, tenant, Path(keys), ledger), str(tenant.ca_file))


def world_of(calendar: Path) -> World:
    """The tenant with a person's own calendar in its shared mailbox; Unreadable where the file is no calendar."""
    try:
        return world_from_ics(calendar, PARTNERSHIP)
    except ValueError as wrong:
        what = str(wrong).removeprefix(f"{calendar} ").removesuffix(".")
        raise Unreadable([Fault(str(calendar), 0, what, "Export the calendar again as .ics")]) from wrong


def serve_tenant(calendar: Path | None, port: int, say: Callable[[str], None]) -> None:
    """Serve the emulated tenant until somebody stops it, saying how to point a client at it.

    In the background a shell tells its programs to ignore Ctrl-C; this one is still to be stopped so, or by kill.
    """
    for stopped_by in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stopped_by, signal.default_int_handler)
    world = world_of(calendar) if calendar is not None else whole_county()
    with served(world, Path("protocol-watch.sqlite3"), port=port) as tenant:
        say("An emulated Microsoft 365 runs on this computer. Stop it with Ctrl-C.")
        say("\n".join(f"export {name}='{value}'" for name, value in tenant.environment.items()))
        say(f"export SSL_CERT_FILE='{tenant.ca_file}' REQUESTS_CA_BUNDLE='{tenant.ca_file}'")
        with suppress(KeyboardInterrupt):
            Event().wait()


def _environment(world: World, tenant: Running, keys: Path, ledger: Path) -> dict[str, str]:
    """The settings, with the emulator's address and a certificate made this minute."""
    [client_id] = world.apps
    made = app_certificate()
    world.apps[client_id] = replace(world.apps[client_id], certificates=(made.certificate,))
    certificate = keys / "app.pem"
    certificate.write_text(made.private_key + made.certificate)
    [site] = [one for one in world.sites if world.apps[client_id].may_read_site(one)]
    given = {
        "GRAPH_URL": f"{tenant.base_url}/v1.0",
        "AUTHORITY_URL": tenant.base_url,
        "TENANT_ID": world.tenant_id,
        "CLIENT_ID": client_id,
        "CERTIFICATE_PATH": str(certificate),
        "SITE": f"https://{site.hostname}{site.path}",
        "TEAMS_WORKFLOW_URL": world.workflow_url(tenant.base_url, OFFICERS_FLOW),
        "MANAGER_WORKFLOW_URL": world.workflow_url(tenant.base_url, MANAGER_FLOW),
        "LEDGER": f"sqlite:///{ledger}",
        "MODE": "tell",
    }
    return {f"{PREFIX}{name}": value for name, value in given.items()}
