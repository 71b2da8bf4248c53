"""What `azd` reads: its own file, the params, and the host's settings."""

import json
import re

import pytest
import yaml

from functions.settings import PREFIX, Settings
from tests.infra.bicep import has_default, read_bicep

NAMES_OF_AZD = {"AZURE_ENV_NAME", "AZURE_LOCATION", "AZURE_PRINCIPAL_ID"}
NAMES_OF_OURS = {
    "HEARS_OF_CHANGES",
    "PAGES_OPEN",
    "SECRETS_IN_VAULT",
    "ALARMS_TO",
    "COMMANDS_ID",
    "ALWAYS_READY",
    "MAXIMUM_INSTANCES",
    "INSTANCE_MEMORY",
}
ASKED = re.compile(r"^\$\{(\w+)(?:=[^}]*)?\}$")


@pytest.fixture
def azd(house):
    return yaml.safe_load((house / "azure.yaml").read_text("utf-8"))


@pytest.fixture
def given(house):
    read = json.loads((house / "infra/main.parameters.json").read_bytes())
    return {name: value["value"] for name, value in read["parameters"].items()}


@pytest.fixture
def host(house):
    return json.loads((house / "host.json").read_bytes())


def test_every_param_has_its_line_and_every_line_its_param(given, house):
    params = read_bicep(house / "infra/main.bicep").of_kind("param")
    assert set(given) == set(params)


def test_each_line_asks_one_name_that_somebody_explains(given, house):
    page = (house / "docs/deploy.md").read_text("utf-8")
    names = {ASKED.match(value)[1] for value in given.values()}
    settings = {name for name in names if name.startswith(PREFIX)}
    assert names == NAMES_OF_AZD | NAMES_OF_OURS | settings
    assert {name.removeprefix(PREFIX).lower() for name in settings} <= set(Settings.model_fields)
    for name in NAMES_OF_OURS | settings:
        assert name in page, name


def test_a_param_whose_kind_is_not_text_is_never_empty(given, house):
    for name, one in read_bicep(house / "infra/main.bicep").of_kind("param").items():
        kind = one.node.text.decode().split()[2]
        assert kind == "string" or "=" in given[name], name
        assert has_default(one) or name in {"environmentName", "location"}


def test_the_defaults_beside_the_params_are_the_code_s_own(given):
    defaults = {name.upper(): field.default for name, field in Settings.model_fields.items()}
    for value in given.values():
        name, _, default = value.removeprefix("${").removesuffix("}").partition("=")
        if name.startswith(PREFIX) and default:
            assert default == str(defaults[name.removeprefix(PREFIX)])


def test_azd_finds_the_app_by_its_tag(azd, house):
    assert list(azd["services"]) == ["app"]
    assert "'azd-service-name': 'app'" in (house / "infra/modules/app.bicep").read_text("utf-8")
    assert azd["infra"] == {"provider": "bicep", "path": "infra", "module": "main"}


def test_the_libraries_are_built_here_and_not_by_azure(azd):
    assert azd["services"]["app"]["remoteBuild"] is False
    assert azd["hooks"]["prepackage"]["posix"]["run"].startswith("make package && ")


def test_one_instance_works_on_four_messages_at_a_time_and_no_more(host):
    """Outlook answers four calls of one app at a time: graph_client holds that within one process."""
    queues = host["extensions"]["queues"]
    assert (queues["batchSize"], queues["newBatchThreshold"]) == (4, 0)


def test_a_message_is_tried_five_times_with_a_rest_between(host):
    queues = host["extensions"]["queues"]
    assert queues["maxDequeueCount"] == 5
    assert queues["visibilityTimeout"] >= "00:01:00"
    assert queues["messageEncoding"] == "base64"


def test_work_that_hangs_is_ended_before_the_next_sweep(host):
    assert host["functionTimeout"] < "00:15:00"


def test_the_host_is_version_two_with_the_bundle_of_version_four(host):
    assert host["version"] == "2.0"
    assert host["extensionBundle"] == {
        "id": "Microsoft.Azure.Functions.ExtensionBundle",
        "version": "[4.*, 5.0.0)",
    }


def test_logs_go_out_as_open_telemetry(host):
    assert host["telemetryMode"] == "OpenTelemetry"
    assert host["logging"]["logLevel"]["default"] == "Information"


def test_host_json_is_shipped_with_no_secret_and_no_address(host):
    assert "://" not in json.dumps(host)
