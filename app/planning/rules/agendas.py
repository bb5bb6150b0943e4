"""What a calendar feed may say and for how long its secret address works (PLN-18).

A calendar lies on phones and in mailboxes that nobody here governs, so that a feed says when and nothing else: no address, object,
kind of place, area or team name, and no number of controls either, since a number that changes on the day after a report tells of it.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.shapes import shaped

DIENST = "Dienst"
ACTIE = "Integrale actie"
VERZAMELPUNT_VOLGT = "Het verzamelpunt hoort u van uw contactpersoon bij de gemeente."
LANGSTE_DAGEN = 200
"""Days after which a secret address must be made anew."""
PER_UUR = 30
"""Fetches of one feed in an hour; a calendar asks four times at most."""
TERUG, VOORUIT = timedelta(days=30), timedelta(days=200)
UITGANG = ".ics"
BESTANDPATROON = shaped(r"^[A-Za-z0-9_-]{43}\.ics$", "het geheime adres van de agenda, met .ics erachter")


@dataclass(frozen=True, slots=True)
class Agendapunt:
    """An item of a calendar.

    Attributes:
        kenmerk: Stable, so that a change is seen as one (RFC 5545, UID).
        begin: A moment, or a whole day.
        eind: None when that is not known.
        volgnummer: Rises with every change (SEQUENCE).
    """

    kenmerk: str
    begin: datetime | date
    eind: datetime | None
    titel: str
    volgnummer: int
    vervallen: bool
    toelichting: str = ""


def new_secret() -> str:
    """A secret of 256 random bits for the address of a feed."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """What is stored of it; so many random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
