"""Seals a PDF with a password (AES-256, ISO 32000-2); used in the child process that typesets only."""

import secrets
from io import BytesIO
from typing import Final

from pypdf import PdfReader, PdfWriter
from pypdf.constants import UserAccessPermissions

_LEZEN: Final = (
    UserAccessPermissions.PRINT
    | UserAccessPermissions.PRINT_TO_REPRESENTATION
    | UserAccessPermissions.EXTRACT_TEXT_AND_GRAPHICS
)
"""Reading, printing, and the text for a screen reader; no changing."""


def seal(pdf: bytes, wachtwoord: str) -> bytes:
    """The PDF under AES-256 with one password, which opens it for reading and printing only."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf)))
    writer.encrypt(wachtwoord, secrets.token_urlsafe(32), algorithm="AES-256", permissions_flag=_LEZEN)
    made = BytesIO()
    writer.write(made)
    return made.getvalue()
