"""A small town's mail house on this machine: a real IMAP server (Dovecot, with TLS) and an SMTP server that fills its mailboxes."""

import grp
import imaplib
import pwd
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from tests.support.servers import answers, folder, free_port, program, running

PASSWORD = "ein-Wort-fuer-alle"
CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/dovecot.log
mail_location = maildir:{place}/mail/%u
first_valid_uid = 1
first_valid_gid = 1
ssl = required
ssl_cert = <{place}/cert.pem
ssl_key = <{place}/key.pem
auth_mechanisms = plain
auth_failure_delay = 0
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={place}/home/%u allow_all_users=yes
}}
service anvil {{
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@dataclass
class MailHouse:
    """Mailboxes are called by what stands before the plus or the at: `rathaus+abc@stadt.example` lies in `rathaus`."""

    imap_port: int
    smtp_port: int
    certificate: Path

    @contextmanager
    def box(self, user: str) -> Iterator[imaplib.IMAP4_SSL]:
        trusted = ssl.create_default_context(cafile=str(self.certificate))
        server = imaplib.IMAP4_SSL("localhost", self.imap_port, ssl_context=trusted)
        server.login(user, PASSWORD)
        try:
            yield server
        finally:
            server.logout()

    def deliver(self, user: str, raw: bytes) -> None:
        with self.box(user) as server:
            assert server.append("INBOX", "", "", raw)[0] == "OK"

    def empty(self, user: str) -> None:
        with self.box(user) as server:
            if server.select("INBOX")[1] != [b"0"]:
                server.store("1:*", "+FLAGS", r"(\Deleted)")
                server.expunge()

    def mails(self, user: str, folder: str = "INBOX") -> list[EmailMessage]:
        """What lies in the mailbox, oldest first, as a mail program fetches it."""
        with self.box(user) as server:
            if server.select(folder, readonly=True)[0] != "OK":
                return []
            found = server.search(None, "ALL")[1][0].split()
            raw = [server.fetch(number, "(RFC822)")[1][0][1] for number in found]
        return [message_from_bytes(content, policy=policy.default) for content in raw]


class Postman:
    """Puts what comes by SMTP into the mailbox of each recipient, and says to whom and from whom it came."""

    house: MailHouse

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - named by aiosmtpd
        for recipient in envelope.rcpt_tos:
            stamp = f"Return-Path: <{envelope.mail_from}>\r\nDelivered-To: {recipient}\r\n".encode()
            self.house.deliver(recipient.partition("@")[0].partition("+")[0], stamp + envelope.content)
        return "250 OK"


@contextmanager
def mail_house() -> Iterator[MailHouse]:
    """Both servers, until the end of the block."""
    dovecot = program("dovecot", "dovecot")
    with folder("stadtplatz-mail-") as place:
        _certify(place)
        port = free_port()
        user = pwd.getpwnam("mail")
        given = {
            "place": place,
            "port": port,
            "password": PASSWORD,
            "uid": user.pw_uid,
            "gid": grp.getgrnam("mail").gr_gid,
        }
        for name in ("mail", "home"):
            (place / name).mkdir()
            (place / name).chmod(0o777)
        (place / "dovecot.conf").write_text(CONFIG.format(**given))
        words = [dovecot, "-F", "-c", str(place / "dovecot.conf")]
        with running(words, ready=lambda: answers(port), log=place / "log"):
            postman = Postman()
            controller = Controller(postman, hostname="127.0.0.1", port=free_port())
            postman.house = MailHouse(port, controller.port, place / "cert.pem")
            controller.start()
            try:
                yield postman.house
            finally:
                controller.stop()


def _certify(place: Path) -> None:
    """A certificate for this machine, made on the spot."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    made = made.not_valid_after(now + timedelta(days=2)).add_extension(
        x509.SubjectAlternativeName(names), critical=False
    )
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(
        key, hashes.SHA256()
    )
    (place / "cert.pem").write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (place / "key.pem").write_bytes(private)
