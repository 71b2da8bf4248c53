"""Everything the program is told by its environment: read once, checked whole, every fault named at once.

The names are PROTOCOL_WATCH_ and the field's own name in capitals. A secret is never shown.
"""

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

PREFIX = "PROTOCOL_WATCH_"
THIS_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
TOLD_BY = ("teams_workflow_url", "bot_id", "sender")
PLAINER = {  # than what pydantic says
    "mode": "must be 'observe' or 'tell'",
    "settle_minutes": "must be a whole number of minutes, from 0 to 1440",
}
APP = ("tenant_id", "client_id")
PROVED_BY = ("certificate_path", "federated_token_file")


class SettingsFault(ValueError):
    """What is wrong with the settings, one sentence for each fault, each with its cure."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


def _web_address(text: str) -> str:
    """Only https, but for this machine itself, where the emulator may run without."""
    try:
        parts = urlsplit(text)
        whole = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:  # half an IPv6 address, a port that is no number
        whole = False
    if not whole:
        raise ValueError("must be an address that begins with https://")
    if parts.scheme == "http" and parts.hostname not in THIS_MACHINE:
        raise ValueError("must begin with https://, because http can be read on the way")
    return text.rstrip("/")


def _graph_address(text: str) -> str:
    """Graph's address ends with its version; people leave that out."""
    address = _web_address(text)
    return address if urlsplit(address).path else f"{address}/v1.0"


def _secret_address(secret: SecretStr) -> SecretStr:
    _web_address(secret.get_secret_value())
    return secret


def _ledger_address(text: str) -> str:
    if text.startswith("sqlite:///") or urlsplit(text).scheme == "https":
        return text
    raise ValueError("must be sqlite:/// and a path, or the https address of Azure Tables")


def _mail_address(text: str) -> str:
    name, at, host = text.partition("@")
    if not (name and at and host) or any(letter.isspace() for letter in text):
        raise ValueError("must be a mail address, such as send.partnership@council.example")
    return text.lower()


def _site(text: str) -> str:
    if "/" not in text and text.count(",") != 2:
        raise ValueError("must be the site's address, such as https://council.sharepoint.com/sites/send")
    return text.rstrip("/")


def _in_small_letters(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


WebAddress = Annotated[str, AfterValidator(_web_address)]
SecretAddress = Annotated[SecretStr, AfterValidator(_secret_address)]


class Settings(BaseSettings):
    """The whole configuration. Empty means not given; see docs for what each part needs."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="forbid")

    graph_url: Annotated[str, AfterValidator(_graph_address)] = "https://graph.microsoft.com/v1.0"
    authority_url: WebAddress = "https://login.microsoftonline.com"
    tenant_id: str = ""
    client_id: str = ""
    certificate_path: Path | None = None
    federated_token_file: Path | None = None
    managed_identity_client_id: str = ""
    token: SecretStr | None = None
    site: Annotated[str, AfterValidator(_site)] | None = None
    teams_workflow_url: SecretAddress | None = None
    ledger: Annotated[str, AfterValidator(_ledger_address)] = "sqlite:///protocol-watch.sqlite3"
    storage: SecretStr | None = None
    agreement: str = ""
    terms: str = ""
    wording: str = ""
    public_url: WebAddress | None = None
    sender: Annotated[str, AfterValidator(_mail_address)] | None = None
    signing_key: SecretStr | None = None
    client_state: SecretStr | None = None
    heartbeat_url: SecretAddress | None = None
    bot_id: str = ""
    mode: Annotated[Literal["observe", "tell"], BeforeValidator(_in_small_letters)] = "observe"
    settle_minutes: int = Field(default=20, ge=0, le=1440)

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


def settings(environment: Mapping[str, str]) -> Settings:
    """The settings in this environment; SettingsFault names everything that is wrong with them at once."""
    given = _Given(environment)()
    faults = [*_unknown(environment), *_together(given)]
    try:
        read = Settings(**given)
    except ValidationError as wrong:
        found = wrong.errors(include_input=False, include_url=False, include_context=False)
        raise SettingsFault([*(_sentence(each) for each in found), *faults]) from None
    if faults:
        raise SettingsFault(faults)
    return read


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
    where = fault.get("loc")
    field = where[0] if isinstance(where, tuple) and where else ""
    said = str(fault["msg"]).removeprefix("Value error, ")
    return f"{_name(str(field))} {PLAINER.get(str(field), said)}."


def _name(field: str) -> str:
    return f"{PREFIX}{field.upper()}"
