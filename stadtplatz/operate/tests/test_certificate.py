"""The certificate of `make demo HTTPS=1`: for this machine's address, used again, renewed in time, its key closed."""

import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509

from stadtplatz.operate.demo import certificate


@pytest.fixture
def pair(tmp_path):
    return certificate.make(tmp_path / "tls", "192.0.2.7")


def test_it_is_good_for_this_machine_and_its_address_in_the_network(pair):
    found = x509.load_pem_x509_certificate(pair[0].read_bytes())
    names = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.DNSName) == ["localhost"]
    assert [str(address) for address in names.get_values_for_type(x509.IPAddress)] == ["127.0.0.1", "192.0.2.7"]
    assert found.not_valid_before_utc < datetime.now(UTC) < found.not_valid_after_utc


def test_a_server_can_use_the_pair_and_nobody_else_can_read_the_key(pair):
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(*pair)
    assert pair[1].stat().st_mode & 0o077 == 0


def test_the_second_start_uses_it_again_and_another_address_gets_its_own(pair, tmp_path):
    content = pair[0].read_bytes()
    assert certificate.make(tmp_path / "tls", "192.0.2.7") == pair
    assert pair[0].read_bytes() == content
    assert certificate.make(tmp_path / "tls", "192.0.2.8") != pair


def test_one_that_ends_tomorrow_is_made_anew(pair, tmp_path, monkeypatch):
    content = pair[0].read_bytes()

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + timedelta(days=29, hours=1)

    monkeypatch.setattr(certificate, "datetime", Later)
    certificate.make(tmp_path / "tls", "192.0.2.7")
    assert pair[0].read_bytes() != content
