"""Where finished reports go: into a folder, and by an outgoing mail server where one is set. Files appear whole or not at all.

What cannot be delivered stays where it was made; the error says what to do. Blocks: call it outside the loop of the windows.
"""

import os
import smtplib
import ssl
from collections.abc import Mapping, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from msgspec import Struct

MEDIA_TYPES = {
    ".pdf": ("application", "pdf"),
    ".docx": ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ".xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
TIMEOUT_S = 30.0
_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|\n\r\t', "_"))


class DeliveryError(Exception):
    """Not delivered; the message says what failed and what to do."""


class MailServer(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`security`: none (loopback and closed networks only) · starttls · tls. The password comes from `password_env`."""

    host: str
    port: int = 25
    sender: str
    security: str = "starttls"
    user: str = ""
    password_env: str = "LIANDONG_MAIL_PASSWORD"


def safe_name(name: str) -> str:
    """A file name on every system."""
    return name.translate(_FORBIDDEN).strip(". ")[:120] or "report"


def write_whole(path: Path, data: bytes) -> None:
    """Raises OSError; nothing half written stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def into_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Raises DeliveryError in words for a full disk, a folder that is not there, or one that refuses."""
    written = []
    for name, data in files.items():
        path = folder / safe_name(name)
        try:
            write_whole(path, data)
        except OSError as problem:
            raise DeliveryError(
                f"{path}: 写不了，报表未丢，换个文件夹或腾出空间后再出 / cannot be written ({problem.strerror}); "
                "nothing is lost, choose another folder or free some space"
            ) from problem
        written.append(path)
    return written


def by_mail(
    server: MailServer, to: Sequence[str], subject: str, text: str, paths: Sequence[Path], at: datetime
) -> None:
    """One message with the files. Raises DeliveryError."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = server.sender, ", ".join(to), subject
    message["Date"], message["Message-ID"] = format_datetime(at), make_msgid(domain="liandong")
    message.set_content(text)
    for path in paths:
        main, sub = MEDIA_TYPES.get(path.suffix, ("application", "octet-stream"))
        message.add_attachment(path.read_bytes(), maintype=main, subtype=sub, filename=path.name)
    try:
        with _connected(server) as line:
            refused = line.send_message(message)
    except (OSError, smtplib.SMTPException) as problem:
        raise DeliveryError(
            f"{server.host}:{server.port}: 邮件没有发出，文件已存，稍后再发 / the mail was not sent, the files are kept: {problem}"
        ) from problem
    if refused:
        raise DeliveryError(f"收件人被拒 / refused by the server: {', '.join(refused)}")


def _connected(server: MailServer) -> smtplib.SMTP:
    context = ssl.create_default_context()
    if server.security == "tls":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_S, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_S)
        if server.security == "starttls":
            line.starttls(context=context)
    password = os.environ.get(server.password_env, "")
    if server.user and password:
        line.login(server.user, password)
    return line
