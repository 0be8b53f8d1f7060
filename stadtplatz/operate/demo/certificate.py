"""A TLS certificate made on the spot, so that a phone on the same network gives the demo its camera, position and service worker."""

import ipaddress
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def own_address() -> str:
    """The address other devices on the network reach this machine at; 127.0.0.1 when there is no network."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: nothing is sent, only the route is asked
            return probe.getsockname()[0]
        except OSError:
            return "127.0.0.1"


def make(folder: Path, address: str) -> tuple[Path, Path]:
    """Certificate and key for this address and localhost, kept for 30 days; an existing fitting pair is used again."""
    certificate, key = folder / f"demo-{address}.crt", folder / f"demo-{address}.key"
    if certificate.exists() and key.exists() and _fresh(certificate):
        return certificate, key
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Stadtplatz demo")])
    now = datetime.now(UTC)
    names = [
        x509.DNSName("localhost"),
        x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
        x509.IPAddress(ipaddress.ip_address(address)),
    ]
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName(list(dict.fromkeys(names))), critical=False)
        .sign(private, hashes.SHA256())
    )
    folder.mkdir(parents=True, exist_ok=True)
    key.touch(mode=0o600)
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    certificate.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    return certificate, key


def _fresh(certificate: Path) -> bool:
    until = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    return until > datetime.now(UTC) + timedelta(days=1)
