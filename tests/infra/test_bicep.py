"""What `azd up` would make, as far as this side of a tenant can tell: it is Bicep, hangs together, and is shut."""

import re

import pytest

from functions.files.book_of_settings import ON_THE_SITE
from functions.settings import PREFIX, Settings
from tests.infra.bicep import default_of, has_default, names_used, properties, read_bicep, text, walk

FILES = (
    "main.bicep",
    "modules/app.bicep",
    "modules/identity.bicep",
    "modules/storage.bicep",
    "modules/vault.bicep",
    "modules/watching.bicep",
)
ROLES = {  # Azure's own names for its built-in roles
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
    "974c5e8b-45b9-4653-ba55-5f855dd0fbe8": "Storage Queue Data Contributor",
    "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3": "Storage Table Data Contributor",
    "4633458b-17de-408a-b874-0445c86b69e6": "Key Vault Secrets User",
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7": "Key Vault Secrets Officer",
    "3913510d-42f4-4e42-8a64-420c390055eb": "Monitoring Metrics Publisher",
}
GUID = re.compile(r"\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
SHUT = [
    ("modules/storage.bicep", "allowSharedKeyAccess", "false"),
    ("modules/storage.bicep", "allowBlobPublicAccess", "false"),
    ("modules/storage.bicep", "allowCrossTenantReplication", "false"),
    ("modules/storage.bicep", "minimumTlsVersion", "'TLS1_2'"),
    ("modules/storage.bicep", "supportsHttpsTrafficOnly", "true"),
    ("modules/app.bicep", "httpsOnly", "true"),
    ("modules/app.bicep", "minTlsVersion", "'1.2'"),
    ("modules/app.bicep", "scmMinTlsVersion", "'1.2'"),
    ("modules/app.bicep", "ftpsState", "'Disabled'"),
    ("modules/app.bicep", "ipSecurityRestrictionsDefaultAction", "isOpen ? 'Allow' : 'Deny'"),
    ("modules/vault.bicep", "enableRbacAuthorization", "true"),
    ("modules/vault.bicep", "enablePurgeProtection", "true"),
    ("modules/watching.bicep", "DisableLocalAuth", "true"),
    ("modules/watching.bicep", "retentionInDays", "30"),
]
QUIET = {  # what stands if nobody says otherwise
    "mode": "'observe'",
    "hearsOfChanges": "false",
    "pagesOpen": "false",
    "alwaysReady": "false",
    "maximumInstances": "1",
    "secretsInVault": "''",
    "alarmsTo": "''",
}
A_SECRET = re.compile(
    r"sig=|AccountKey=|SharedAccess|-----BEGIN|eyJ[A-Za-z0-9_-]{8}|https://prod-", re.IGNORECASE
)


@pytest.fixture
def bicep(house):
    return {name: read_bicep(house / "infra" / name) for name in FILES}


@pytest.fixture
def ours(bicep):
    """Our settings as the app is given them: name and value as written."""
    pairs = properties(bicep["modules/app.bicep"].root)
    return {name.removeprefix(PREFIX): text(value) for name, value in pairs if name.startswith(PREFIX)}


def left_alone(house):
    """The settings that docs/deploy.md says are left to their defaults."""
    page = (house / "docs/deploy.md").read_text("utf-8")
    part = page.split("## Settings that the deployment leaves alone", 1)[1].split("\n## ", 1)[0]
    return set(re.findall(rf"^\| `{PREFIX}(\w+)` \|", part, re.MULTILINE))


def secret_fields():
    kinds = {
        name: str(field.annotation) + str(field.metadata) for name, field in Settings.model_fields.items()
    }
    return {name.upper() for name, kind in kinds.items() if "SecretStr" in kind}


def test_every_file_is_known_here(house):
    found = {path.relative_to(house / "infra").as_posix() for path in (house / "infra").rglob("*.bicep")}
    assert found == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_it_is_bicep(bicep, name):
    assert bicep[name].faults == []


@pytest.mark.parametrize("name", FILES)
def test_every_name_it_uses_is_declared_and_every_param_and_var_is_used(bicep, name):
    file = bicep[name]
    loops = {
        text(node.child_by_field_name("initializer"))
        for node in walk(file.root)
        if node.type == "for_statement"
    }
    declared = {one.name for one in file.declarations}
    used = set(names_used(file.root)) - loops
    assert used <= declared
    assert {one.name for one in file.declarations if one.kind in {"param", "var"}} <= used


def test_each_module_is_given_what_it_needs_and_nothing_else(bicep):
    for module in bicep["main.bicep"].of_kind("module").values():
        path = next(text(child).strip("'") for child in module.node.children if child.type == "string")
        params = bicep[path].of_kind("param")
        given = next(value for name, value in properties(module.node) if name == "params")
        names = {text(child.children[0]) for child in given.children if child.type == "object_property"}
        assert {name for name, one in params.items() if not has_default(one)} <= names <= set(params), path


def test_each_answer_that_is_used_is_one_that_the_module_gives(bicep):
    main = bicep["main.bicep"]
    paths = {
        name: next(text(child).strip("'") for child in one.node.children if child.type == "string")
        for name, one in main.of_kind("module").items()
    }
    asked = re.findall(r"\b(\w+)\.outputs\.(\w+)", text(main.root))
    assert asked
    for module, output in asked:
        assert output in bicep[paths[module]].of_kind("output"), f"{module}.{output}"


def test_every_param_is_explained_to_the_person_who_is_asked(bicep):
    for name, one in bicep["main.bicep"].of_kind("param").items():
        assert "@description('" in one.decorators, name
        said = one.decorators.split("@description('", 1)[1].split("')", 1)[0]
        assert len(said.split()) >= 5, name


def test_what_nobody_asks_for_is_off(bicep):
    params = bicep["main.bicep"].of_kind("param")
    assert {name: default_of(params[name]) for name in QUIET} == QUIET


@pytest.mark.parametrize(("name", "key", "value"), SHUT)
def test_the_doors_are_shut(bicep, name, key, value):
    assert bicep[name].values_of(key) == [value]


def test_no_password_can_bring_in_a_new_version(bicep):
    policies = [
        one
        for one in bicep["modules/app.bicep"].of_kind("resource").values()
        if "basicPublishingCredentialsPolicies" in text(one.node)
    ]
    assert {text(value) for one in policies for name, value in properties(one.node) if name == "name"} == {
        "'ftp'",
        "'scm'",
    }
    assert [text(value) for one in policies for name, value in properties(one.node) if name == "allow"] == [
        "false",
        "false",
    ]


def test_it_is_flex_consumption_with_our_python(bicep, house):
    app = bicep["modules/app.bicep"]
    assert "{ name: 'FC1', tier: 'FlexConsumption' }" in app.values_of("sku")
    assert app.values_of("runtime") == ["{ name: 'python', version: '3.13' }"]
    assert 'requires-python = ">=3.13,<3.14"' in (house / "pyproject.toml").read_text("utf-8")


def test_nothing_is_set_that_flex_consumption_refuses(bicep):
    names = {name for name, _ in properties(bicep["modules/app.bicep"].root)}
    refused = {
        "FUNCTIONS_WORKER_RUNTIME",
        "FUNCTIONS_EXTENSION_VERSION",
        "WEBSITE_TIME_ZONE",
        "linuxFxVersion",
    }
    assert not names & refused
    assert not [name for name in names if name.startswith(("WEBSITE_RUN_FROM", "SCM_DO_BUILD"))]


def test_the_host_signs_in_to_storage_and_has_no_connection_string(bicep):
    settings = {name: text(value) for name, value in properties(bicep["modules/app.bicep"].root)}
    assert "AzureWebJobsStorage" not in settings
    assert settings["AzureWebJobsStorage__accountName"] == "storage.name"
    assert settings["AzureWebJobsStorage__credential"] == "'managedidentity'"
    assert settings["AzureWebJobsStorage__clientId"] == "identityClientId"


def test_the_identity_gets_these_roles_and_no_other(bicep):
    named = {ROLES[guid] for file in bicep.values() for guid in GUID.findall(text(file.root))}
    assert named == set(ROLES.values())
    for file in bicep.values():
        for variable in file.of_kind("var").values():
            for guid in GUID.findall(text(variable.node)):
                assert ROLES[guid] in text(file.root), "the role's name stands beside its id"


def test_the_queues_that_the_code_relies_on_are_made(bicep):
    assert "['touched-groups', 'deliveries']" in text(bicep["modules/storage.bicep"].root)


def test_each_setting_that_the_code_reads_is_set_or_left_alone_for_a_reason(ours, house):
    every = {name.upper() for name in Settings.model_fields}
    assert set(ours) | left_alone(house) == every
    assert not set(ours) & left_alone(house)


def test_each_setting_that_is_set_is_read(ours):
    assert {name.lower() for name in ours} <= set(Settings.model_fields)


def test_a_secret_is_only_ever_a_reference_to_the_vault(ours):
    for name in secret_fields() & set(ours):
        assert (
            ours[name]
            == f"'@Microsoft.KeyVault(SecretUri=${{vaultAddress}}secrets/{name.lower().replace('_', '-')})'"
        )


def test_a_secret_is_handed_on_only_if_somebody_says_that_it_is_there(ours, bicep):
    app = text(bicep["modules/app.bicep"].root)
    for name in secret_fields() & set(ours):
        assert f"contains(secretsInVault, '{name}') ? {{ {PREFIX}{name}:" in app
        assert name in bicep["main.bicep"].of_kind("param")["secretsInVault"].decorators


SWITCHES = {"SIGNING_KEY": "pagesOpen", "CLIENT_STATE": "hearsOfChanges"}


def test_each_way_in_from_the_internet_has_its_own_switch_and_its_own_secret(ours, bicep):
    app = bicep["modules/app.bicep"]
    opens = text(app.of_kind("var")["isOpen"].node)
    assert opens.removeprefix("var isOpen = ") == " || ".join(["hearsOfChanges", "pagesOpen"])
    assert ours["PUBLIC_URL"] == "isOpen ? address : ''"
    for name in secret_fields() & set(ours):
        switch = f"{SWITCHES[name]} && " if name in SWITCHES else ""
        assert f"\n  {switch}contains(secretsInVault, '{name}') ?" in text(app.root), name


@pytest.mark.parametrize(
    ("name", "param"), [("AGREEMENT", "agreementFile"), ("TERMS", "termsFiles"), ("WORDING", "wordingFile")]
)
def test_a_file_lies_in_the_package_and_a_place_on_the_site_is_left_as_it_is(ours, bicep, name, param):
    assert (
        text(bicep["modules/app.bicep"].of_kind("var")["onTheSite"].node)
        == f"var onTheSite = '{ON_THE_SITE}'"
    )
    in_package = f"'${{packageFolder}}/${{{param}}}'"
    assert ours[name] == f"empty({param}) || startsWith(toLower({param}), onTheSite) ? {param} : {in_package}"


def test_the_ready_made_token_and_storage_keys_never_reach_the_cloud(ours):
    assert not {"TOKEN", "STORAGE", "CERTIFICATE_PATH"} & set(ours)


def test_no_secret_lies_open_in_any_file(house):
    files = [path for path in (house / "infra").rglob("*") if path.is_file()]
    for path in (*files, house / "azure.yaml", house / "host.json"):
        assert not A_SECRET.search(path.read_text("utf-8")), path


def test_no_secret_is_a_param(bicep):
    """A param would lie in a file on the computer of whoever deploys."""
    names = {name.lower() for name in bicep["main.bicep"].of_kind("param")}
    assert not names & {name.lower().replace("_", "") for name in secret_fields()}


def test_the_alarms_look_for_what_the_host_writes(bicep):
    alarms = "\n".join(bicep["modules/watching.bicep"].values_of("query"))
    assert "'MaxDequeueCount'" in alarms
    assert "'poison'" in alarms
    assert "'sweep'" in alarms


def test_the_reader_sees_what_is_no_bicep_and_what_was_never_declared(tmp_path):
    (tmp_path / "bad.bicep").write_text("param a string\nresource = {\n")
    (tmp_path / "unknown.bicep").write_text("param a string\noutput b string = '${a}${nobody}'\n")
    assert read_bicep(tmp_path / "bad.bicep").faults
    unknown = read_bicep(tmp_path / "unknown.bicep")
    assert unknown.faults == []
    assert set(names_used(unknown.root)) - {one.name for one in unknown.declarations} == {"nobody"}


@pytest.mark.parametrize(
    "leak", ["AccountKey=abc", "https://prod-01.example/x", "?sv=1&sig=abc", "eyJ0eXAiOiJKV1Qi"]
)
def test_the_guard_sees_a_secret_that_lies_open(leak):
    assert A_SECRET.search(f"  value: '{leak}'")
