"""Certificates made on the spot: one for the server, and one for an app to prove itself with."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

type PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


@dataclass(frozen=True, slots=True)
class Certificate:
    """A private key and its certificate, both as PEM text."""

    private_key: str
    certificate: str

    @property
    def thumbprint(self) -> str:
        """The SHA-1 thumbprint, as the Azure portal shows it."""
        certificate = x509.load_pem_x509_certificate(self.certificate.encode())
        return certificate.fingerprint(hashes.SHA1()).hex().upper()  # noqa: S303 (a name, not a proof)


def app_certificate(name: str = "Protocol Watch") -> Certificate:
    """What an app signs its token requests with. Entra takes RSA only."""
    return _self_signed(name, rsa.generate_private_key(public_exponent=65537, key_size=2048))


def server_certificate() -> Certificate:
    """What the emulator shows to a client on this machine. A client trusts it by its own PEM."""
    return _self_signed("Emulated Microsoft 365", ec.generate_private_key(ec.SECP256R1()))


def _self_signed(name: str, key: PrivateKey) -> Certificate:
    now, subject = datetime.now(UTC), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    here = [x509.IPAddress(IPv4Address("127.0.0.1")), x509.DNSName("localhost")]
    own_id = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=7))
        .add_extension(x509.SubjectAlternativeName(here), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage(), critical=True)
        .add_extension(own_id, critical=False)
        # Python 3.13 checks strictly: it wants both key identifiers and the signing usage
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own_id), critical=False)
    )
    return Certificate(_private_pem(key), _public_pem(builder.sign(key, hashes.SHA256())))


def _usage() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=True,
        key_cert_sign=True,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _private_pem(key: PrivateKey) -> str:
    form = serialization.PrivateFormat.PKCS8
    return key.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption()).decode()


def _public_pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
