"""Delivery by an outgoing mail server, against a server on the loopback; and what is said when there is none."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from desktop.services.reports.delivery import DeliveryError, MailServer, by_mail, safe_name

NOW = datetime(2018, 10, 15, tzinfo=UTC)


class Mailbox(socketserver.StreamRequestHandler):
    """As much SMTP as a sender needs; what came lies in `server.mails`."""

    def handle(self) -> None:
        self.wfile.write(b"220 test\r\n")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self.wfile.write(b"354 go\r\n")
                data = b""
                while not data.endswith(b"\r\n.\r\n"):
                    data += self.rfile.readline()
                self.server.mails.append(data[:-5])  # type: ignore[attr-defined]
            if word == b"RCPT" and b"nobody" in line:
                self.wfile.write(b"550 unknown\r\n")
                continue
            if word == b"QUIT":
                self.wfile.write(b"221 bye\r\n")
                return
            self.wfile.write(b"250 ok\r\n")


@pytest.fixture
def mailbox() -> Iterator[socketserver.ThreadingTCPServer]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mailbox) as server:
        server.mails = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def server_of(mailbox: socketserver.ThreadingTCPServer) -> MailServer:
    return MailServer(host="127.0.0.1", port=mailbox.server_address[1], sender="hall@example.org", security="none")


def test_a_mail_carries_every_file_with_its_chinese_name(mailbox, tmp_path: Path) -> None:
    paths = [tmp_path / "周报 2018-W41.pdf", tmp_path / "周报 2018-W41.docx"]
    for path in paths:
        path.write_bytes(b"%PDF-" + path.suffix.encode())
    by_mail(server_of(mailbox), ["a@example.org", "b@example.org"], "周报", "请查收", paths, NOW)
    (data,) = mailbox.mails
    mail = message_from_bytes(data, policy=default)
    assert mail["Subject"] == "周报"
    assert [part.get_filename() for part in mail.iter_attachments()] == [path.name for path in paths]
    assert [part.get_content() for part in mail.iter_attachments()] == [path.read_bytes() for path in paths]


def test_a_server_that_is_not_there_or_refuses_is_said_in_words_and_the_files_stay(mailbox, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-")
    gone = MailServer(host="127.0.0.1", port=1, sender="hall@example.org", security="none")
    with pytest.raises(DeliveryError, match="the files are kept"):
        by_mail(gone, ["a@example.org"], "x", "x", [path], NOW)
    with pytest.raises(DeliveryError, match="refused"):
        by_mail(server_of(mailbox), ["a@example.org", "nobody@example.org"], "x", "x", [path], NOW)
    assert path.read_bytes() == b"%PDF-"


def test_a_name_fits_every_file_system() -> None:
    assert safe_name('a/b\\c:d*?"<>|.') == "a_b_c_d______"
    assert safe_name("...") == "report"
