"""SMS through the gateway of the municipality: a generic webhook (ROL-24)."""

from app.core.settings import Settings
from app.gemeenten.adapters.bezorging import Onbezorgd, Zending, post_signed
from app.gemeenten.rules.berichten import TEKST


def send_sms(zending: Zending, settings: Settings) -> None:
    """Asks the gateway to send the neutral text to the functional number.

    Raises:
        Onbezorgd: not set up, or not accepted.
    """
    if not settings.sms_webhook_url or not settings.sms_webhook_secret.get_secret_value():
        raise Onbezorgd("Het kanaal sms is niet ingesteld.", definitief=True)
    for adres in zending.adressen:
        body = {"aan": adres.waarde, "tekst": TEKST, "kenmerk": str(zending.id), "dringend": zending.dringend}
        secret = settings.sms_webhook_secret.get_secret_value()
        post_signed(settings.sms_webhook_url, body, "application/json", secret, zending.id, settings)
