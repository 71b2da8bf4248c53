"""Microsoft Entra's part: an app proves itself with its certificate and gets a token that soon runs out."""

import base64
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes

from emulator.answers import Answer, GraphError
from emulator.rights import AppRegistration
from emulator.world import IssuedToken, World

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


@dataclass(frozen=True, slots=True)
class EntraError(Exception):
    """A token request that Entra would refuse, with its own error number."""

    status: int
    error: str
    number: str
    says: str

    def answer(self) -> Answer:
        """The refusal as Entra words it."""
        now, trace, correlation = datetime.now(UTC), str(uuid4()), str(uuid4())
        body = {
            "error": self.error,
            "error_description": f"AADSTS{self.number}: {self.says} Trace ID: {trace} "
            f"Correlation ID: {correlation} Timestamp: {now:%Y-%m-%d %H:%M:%SZ}",
            "error_codes": [int(self.number)],
            "timestamp": f"{now:%Y-%m-%d %H:%M:%SZ}",
            "trace_id": trace,
            "correlation_id": correlation,
        }
        return Answer(self.status, body)


def discovery(world: World, tenant: str, base_url: str) -> Answer:
    """GET /{tenant}/v2.0/.well-known/openid-configuration"""
    try:
        _check_tenant(world, tenant)
    except EntraError as refusal:
        return refusal.answer()
    here = f"{base_url}/{tenant}"
    body = {
        "token_endpoint": f"{here}/oauth2/v2.0/token",
        "token_endpoint_auth_methods_supported": [
            "client_secret_post",
            "private_key_jwt",
            "client_secret_basic",
        ],
        "jwks_uri": f"{here}/discovery/v2.0/keys",
        "response_types_supported": ["code", "id_token", "code id_token", "id_token token"],
        "scopes_supported": ["openid", "profile", "email", "offline_access"],
        "issuer": f"{here}/v2.0",
        "authorization_endpoint": f"{here}/oauth2/v2.0/authorize",
        "tenant_region_scope": "EU",
    }
    return Answer(200, body)


def token(world: World, tenant: str, form: dict[str, str], base_url: str) -> Answer:
    """POST /{tenant}/oauth2/v2.0/token, for an app that signs with a certificate."""
    try:
        _check_tenant(world, tenant)
        app = _proven_app(world, form, f"{base_url}/{tenant}/oauth2/v2.0/token")
    except EntraError as refusal:
        return refusal.answer()
    issued = _access_token(world, app)
    world.issued[issued] = IssuedToken(app.client_id, world.clock() + world.token_lifetime)
    seconds = int(world.token_lifetime)
    return Answer(
        200,
        {"token_type": "Bearer", "expires_in": seconds, "ext_expires_in": seconds, "access_token": issued},
    )


def _access_token(world: World, app: AppRegistration) -> str:
    """A token that says, as Entra's do, which app it is for and which rights Entra gave it; never Exchange's own."""
    claims = {
        "aud": "https://graph.microsoft.com",
        "tid": world.tenant_id,
        "appid": app.client_id,
        "roles": sorted(app.entra),
        "iat": int(world.clock()),
        "exp": int(world.clock() + world.token_lifetime),
        "uti": secrets.token_urlsafe(16),
    }
    return jwt.encode(claims, secrets.token_bytes(32), algorithm="HS256")


def bearer_app(world: World, authorization: str | None) -> AppRegistration:
    """The app that a Graph call speaks for, by its bearer token."""
    kind, _, value = (authorization or "").partition(" ")
    if kind.lower() != "bearer" or not value:
        raise _unauthorized("Access token is empty.")
    for fixed, client_id in world.bearers.items():
        if hmac.compare_digest(fixed.encode(), value.encode()):
            return world.apps[client_id]
    issued = world.issued.get(value)
    if issued is None:
        raise _unauthorized("IDX14100: JWT is not well formed, or its signature is not valid.")
    if issued.expires <= world.clock():
        raise _unauthorized("Lifetime validation failed, the token is expired.")
    return world.apps[issued.client_id]


def _unauthorized(message: str) -> GraphError:
    headers = {"WWW-Authenticate": 'Bearer realm="", authorization_uri="", client_id=""'}
    return GraphError(401, "InvalidAuthenticationToken", message, headers)


def _check_tenant(world: World, tenant: str) -> None:
    if tenant.lower() != world.tenant_id.lower():
        raise EntraError(400, "invalid_tenant", "90002", f"Tenant '{tenant}' not found.")


def _proven_app(world: World, form: dict[str, str], audience: str) -> AppRegistration:
    if form.get("grant_type") != "client_credentials":
        raise EntraError(
            400, "unsupported_grant_type", "70003", "The app requested an unsupported grant type."
        )
    app = world.apps.get(form.get("client_id", ""))
    if app is None:
        said = f"Application with identifier '{form.get('client_id', '')}' was not found in the directory."
        raise EntraError(400, "unauthorized_client", "700016", said)
    if not form.get("scope", "").split(" ")[0].endswith("/.default"):
        raise EntraError(400, "invalid_scope", "1002012", "The provided value for scope is not valid.")
    if form.get("client_assertion_type") != ASSERTION or not form.get("client_assertion"):
        said = "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."
        raise EntraError(401, "invalid_client", "7000218", said)
    _check_assertion(app, form["client_assertion"], audience)
    return app


def _check_assertion(app: AppRegistration, assertion: str, audience: str) -> None:
    certificate = _registered(app, assertion)
    try:
        claims = jwt.decode(
            assertion,
            certificate.public_key(),  # type: ignore[arg-type]
            algorithms=["RS256", "PS256"],
            audience=audience,
            issuer=app.client_id,
            options={"require": ["exp", "aud", "iss", "sub", "jti"]},
        )
    except jwt.ExpiredSignatureError as old:
        raise EntraError(
            401, "invalid_client", "700024", "Client assertion is not within its valid time range."
        ) from old
    except jwt.InvalidAudienceError as elsewhere:
        raise EntraError(
            401, "invalid_client", "700023", "Client assertion audience claim does not match Realm issuer."
        ) from elsewhere
    except jwt.InvalidTokenError as wrong:
        raise _bad_signature() from wrong
    if claims["sub"] != app.client_id:
        raise EntraError(
            401, "invalid_client", "700021", "Client assertion application identifier doesn't match."
        )


def _registered(app: AppRegistration, assertion: str) -> x509.Certificate:
    """The app's certificate that the assertion says it was signed with (x5t or x5t#S256)."""
    try:
        header = jwt.get_unverified_header(assertion)
    except jwt.InvalidTokenError as wrong:
        raise _bad_signature() from wrong
    for pem in app.certificates:
        certificate = x509.load_pem_x509_certificate(pem.encode())
        for name, digest in (("x5t", hashes.SHA1()), ("x5t#S256", hashes.SHA256())):  # noqa: S303 (names)
            if name in header and header[name].rstrip("=") == _encoded(certificate.fingerprint(digest)):
                return certificate
    raise _bad_signature()


def _encoded(fingerprint: bytes) -> str:
    return base64.urlsafe_b64encode(fingerprint).decode().rstrip("=")


def _bad_signature() -> EntraError:
    said = (
        "The certificate with identifier used to sign the client assertion is not registered on application."
    )
    return EntraError(401, "invalid_client", "700027", said)
