"""E-mail to functional mailboxes over SMTP, always with TLS unless the mail server runs on this machine."""

import smtplib
import ssl
from email.message import EmailMessage

from app.core.settings import Settings, Smtptls
from app.gemeenten.adapters.bezorging import Onbezorgd, Zending
from app.gemeenten.rules.berichten import TEKST

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def send_mail(zending: Zending, settings: Settings) -> None:
    """Sends the neutral text; subject and body are the same. The Message-ID is that of the message, also on a repeat.

    Raises:
        Onbezorgd: not set up, no mail server, or the mailbox does not exist.
    """
    if not settings.smtp_host or not settings.smtp_from:
        raise Onbezorgd("Het kanaal e-mail is niet ingesteld.", definitief=True)
    if settings.smtp_tls is Smtptls.GEEN and settings.smtp_host not in LOOPBACK:
        raise Onbezorgd("E-mail zonder TLS kan alleen naar een mailserver op deze machine.", definitief=True)
    try:
        with _connect(settings) as server:
            if settings.smtp_user:
                server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
            for adres in zending.adressen:
                server.send_message(_mail(zending, adres.waarde, settings.smtp_from))
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _ in refusal.recipients.values()]
        gone = bool(codes) and all(500 <= code < 600 for code in codes)
        raise Onbezorgd("De mailserver nam het adres niet aan.", definitief=gone) from None
    except (smtplib.SMTPConnectError, smtplib.SMTPServerDisconnected):
        raise Onbezorgd("De mailserver was niet te bereiken.", onbereikbaar=True) from None
    except smtplib.SMTPException:
        raise Onbezorgd("De mailserver nam het bericht niet aan.") from None
    except OSError:  # an SMTPException is one as well, and stands above
        raise Onbezorgd("De mailserver was niet te bereiken.", onbereikbaar=True) from None


def _connect(settings: Settings) -> smtplib.SMTP:
    timeout = settings.message_timeout_seconds
    if settings.smtp_tls is Smtptls.TLS:
        return smtplib.SMTP_SSL(settings.smtp_host, settings.smtp_port, timeout=timeout, context=_context(settings))
    server = smtplib.SMTP(settings.smtp_host, settings.smtp_port, timeout=timeout)
    if settings.smtp_tls is Smtptls.STARTTLS:
        try:
            server.starttls(context=_context(settings))
        except BaseException:
            server.close()
            raise
    return server


def _context(settings: Settings) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=None if settings.smtp_ca_file is None else str(settings.smtp_ca_file))


def _mail(zending: Zending, aan: str, van: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = van, aan, TEKST
    mail["Message-ID"] = f"<{zending.id}@{van.rpartition('@')[2] or 'veldwacht'}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(TEKST)
    return mail
