"""Notifications to the municipality's own systems: CloudEvents after the NL GOV profile, structured JSON, without data.

The receiver follows `dataref` with its own rights; the event itself tells no more than that there is something.
"""

import re

from app.core.settings import Settings
from app.gemeenten.adapters.bezorging import Onbezorgd, Zending, post_signed

TYPE = "nl.veldwacht.signaal.gewijzigd"
_OIN = re.compile(r"\d{20}", re.ASCII)


def send_cloudevent(zending: Zending, settings: Settings) -> None:
    """Posts one event; its id is that of the message, so that a repeat is seen as one.

    Raises:
        Onbezorgd: not set up, or not accepted.
    """
    secret = settings.cloudevents_secret.get_secret_value()
    if not settings.cloudevents_url or not secret or not _OIN.fullmatch(settings.cloudevents_oin):
        raise Onbezorgd("Het kanaal CloudEvents is niet ingesteld.", definitief=True)
    event = {
        "specversion": "1.0",
        "id": str(zending.id),
        "source": f"urn:nld:oin:{settings.cloudevents_oin}:systeem:veldwacht",
        "type": TYPE,
        "time": zending.gemaakt_op.isoformat().replace("+00:00", "Z"),
        "dataref": f"{settings.base_url.rstrip('/')}/v1/signalen/{zending.verwijzing}",
    }
    post_signed(settings.cloudevents_url, event, "application/cloudevents+json", secret, zending.id, settings)
