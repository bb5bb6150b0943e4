"""Background work of the municipality: bringing messages, one sweep per channel, so that none waits for another."""

from app.core.jobs import UnitFactory, sweep
from app.core.settings import get_settings
from app.gemeenten.adapters.cloudevents import send_cloudevent
from app.gemeenten.adapters.mail import send_mail
from app.gemeenten.adapters.sms import send_sms
from app.gemeenten.adapters.webpush import send_push
from app.gemeenten.service.bezorgen import deliver
from app.gemeenten.status import Berichtkanaal

SECONDS = 2


@sweep("berichten.webpush", every=SECONDS)
def bring_pushes(unit: UnitFactory) -> None:
    """Wakes browsers."""
    deliver(unit, Berichtkanaal.WEBPUSH, send_push, get_settings())


@sweep("berichten.sms", every=SECONDS)
def bring_sms(unit: UnitFactory) -> None:
    """Rings functional numbers."""
    deliver(unit, Berichtkanaal.SMS, send_sms, get_settings())


@sweep("berichten.e-mail", every=SECONDS)
def bring_mail(unit: UnitFactory) -> None:
    """Sends mail to functional mailboxes."""
    deliver(unit, Berichtkanaal.EMAIL, send_mail, get_settings())


@sweep("berichten.cloudevents", every=SECONDS)
def bring_cloudevents(unit: UnitFactory) -> None:
    """Tells the municipality's own systems."""
    deliver(unit, Berichtkanaal.CLOUDEVENT, send_cloudevent, get_settings())
