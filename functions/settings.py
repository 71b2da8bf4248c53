"""Everything the program is told by its environment: read once, checked whole, every fault named at once.

The names are PROTOCOL_WATCH_ and the field's own name in capitals. A secret is never shown.
"""

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from functions.setting_kinds import (
    ClientState,
    DeliveryTimes,
    GraphAddress,
    LedgerAddress,
    MailAddress,
    SecretAddress,
    SigningKeys,
    SiteAddress,
    WebAddress,
    hours_in,
)
from models.telling import Hours

PREFIX = "PROTOCOL_WATCH_"
TOLD_BY = ("teams_workflow_url", "bot_id", "sender")
PLAINER = {  # than what pydantic says
    "mode": "must be 'observe' or 'tell'",
    "settle_minutes": "must be a whole number of minutes, from 0 to 1440",
}
APP = ("tenant_id", "client_id")
PROVED_BY = ("certificate_path", "federated_token_file")
TRUSTED_IN = ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE")  # not ours: any program's list of whom to trust


class SettingsFault(ValueError):
    """What is wrong with the settings, one sentence for each fault, each with its cure."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


def _in_small_letters(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


class Settings(BaseSettings):
    """The whole configuration. Empty means not given; see docs for what each part needs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    graph_url: GraphAddress = "https://graph.microsoft.com/v1.0"
    authority_url: WebAddress = "https://login.microsoftonline.com"
    tenant_id: str = ""
    client_id: str = ""
    certificate_path: Path | None = None
    federated_token_file: Path | None = None
    managed_identity_client_id: str = ""
    token: SecretStr | None = None
    site: SiteAddress | None = None
    teams_workflow_url: SecretAddress | None = None
    manager_workflow_url: SecretAddress | None = None
    ledger: LedgerAddress = "sqlite:///protocol-watch.sqlite3"
    storage: SecretStr | None = None
    agreement: str = ""
    terms: str = ""
    wording: str = ""
    public_url: WebAddress | None = None
    sender: MailAddress | None = None
    signing_key: SigningKeys | None = None
    client_state: ClientState | None = None
    heartbeat_url: SecretAddress | None = None
    bot_id: str = ""
    mode: Annotated[Literal["observe", "tell"], BeforeValidator(_in_small_letters)] = "observe"
    settle_minutes: int = Field(default=20, ge=0, le=1440)
    delivery_times: DeliveryTimes = "9:15 13:15"

    @property
    def can_sign_in(self) -> bool:
        """Whether there is a way to sign in; whether Microsoft 365 takes it is another matter."""
        app = self.tenant_id and self.client_id and (self.certificate_path or self.federated_token_file)
        return bool(self.token or self.managed_identity_client_id or app)

    @property
    def hours(self) -> Hours:
        """When people may be told."""
        return hours_in(self.delivery_times)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic-settings names the five)
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Nothing is read but what `settings` was given."""
        return (init_settings,)


class _Given(EnvSettingsSource):
    """Reads settings as pydantic reads the environment, but from the mapping it is given."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        super().__init__(Settings)

    def _load_env_vars(self) -> Mapping[str, str | None]:
        given = {name.lower(): text.strip() for name, text in self._environment.items()}
        return {name: text for name, text in given.items() if text}


def settings(environment: Mapping[str, str], *, signs_in: bool = True) -> Settings:
    """The settings in this environment; SettingsFault names everything that is wrong with them at once.

    Work that neither signs in nor tells anybody (`signs_in` is False) needs no way to do so.
    """
    stand, faults = what_stands(environment, signs_in=signs_in)
    if faults:
        raise SettingsFault(faults)
    return stand


def what_stands(environment: Mapping[str, str], *, signs_in: bool = True) -> tuple[Settings, tuple[str, ...]]:
    """The settings that are sound by themselves, and every fault. In place of a faulty one its default stands."""
    given = _Given(environment)()
    faults = [*_unknown(environment)]
    if signs_in:
        faults += [*_together(given), *_trusted(environment)]
    try:
        return Settings(**given), tuple(faults)
    except ValidationError as wrong:
        found = wrong.errors(include_input=False, include_url=False, include_context=False)
    sound = {field: value for field, value in given.items() if field not in {_field(each) for each in found}}
    return Settings(**sound), (*(_sentence(each) for each in found), *faults)


def _unknown(environment: Mapping[str, str]) -> Iterator[str]:
    for name in sorted(environment):
        field = name.lower().removeprefix(PREFIX.lower())
        if field != name.lower() and field not in Settings.model_fields:
            close = get_close_matches(field, Settings.model_fields, n=1)
            cure = f"did you mean {_name(close[0])}?" if close else "take it away."
            yield f"There is no setting {name}: {cure}"


def _together(given: Mapping[str, object]) -> Iterator[str]:
    """What only shows when settings are looked at side by side."""
    yield from _sign_in(given)
    if str(given.get("mode", "")).lower() == "tell" and not any(given.get(field) for field in TOLD_BY):
        names = " or ".join(_name(field) for field in TOLD_BY)
        yield f"{_name('mode')} is 'tell', but there is no way to tell anybody: set {names}."
    path = given.get("certificate_path")
    if path and not Path(str(path)).is_file():
        yield f"{_name('certificate_path')} names '{path}', where there is no file: correct the path."


def _trusted(environment: Mapping[str, str]) -> Iterator[str]:
    """An emulated tenant leaves these behind when it stops, and then no connection can be opened at all."""
    for name in TRUSTED_IN:
        path = environment.get(name)
        if path and not Path(path).exists():
            yield f"{name} names '{path}', where there is nothing: correct the path, or take it away."


def _sign_in(given: Mapping[str, object]) -> Iterator[str]:
    """One way to sign in, and only one; a token for a local run goes before all."""
    if given.get("token"):
        return
    ways = [field for field in (*PROVED_BY, "managed_identity_client_id") if given.get(field)]
    if len(ways) > 1:
        yield f"There are two ways to sign in: keep one of {', '.join(_name(field) for field in ways)}."
    if ways == ["managed_identity_client_id"]:
        return
    lacking = [_name(field) for field in (*APP, *(() if ways else PROVED_BY[:1])) if not given.get(field)]
    if lacking:
        yield (
            f"Nobody can sign in: set {', '.join(lacking)}; in Azure {_name('managed_identity_client_id')}, "
            f"and for a run on your own machine {_name('token')} does instead."
        )


def _sentence(fault: Mapping[str, object]) -> str:
    """Pydantic's finding as one sentence, without the value, which may be a secret."""
    field = _field(fault)
    said = str(fault["msg"]).removeprefix("Value error, ")
    return f"{_name(field)} {PLAINER.get(field, said)}."


def _field(fault: Mapping[str, object]) -> str:
    where = fault.get("loc")
    return str(where[0]) if isinstance(where, tuple) and where else ""


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"
