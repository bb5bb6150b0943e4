"""The time of a call to the police or 112, from the tablet to the signal that it belongs to (RTE-01)."""

from datetime import datetime
from typing import Any

from app.controles.rules.wachtredenen import Wacht, Wachtreden
from app.controles.schemas.synchronisaties import InhoudBelmoment
from app.controles.service.werkset import Geval, Werkset
from app.controles.service.zending import Zending
from app.signalen.service.belmoment import note_call
from app.signalen.status import Noodnummer

MOMENT = "belmoment"


def content(inhoud: InhoudBelmoment) -> dict[str, Any]:
    """What is kept of it with the control."""
    return inhoud.model_dump(mode="json", by_alias=True, exclude_none=True)


def note(werk: Werkset, zending: Zending, inhoud: InhoudBelmoment) -> dict[str, Any]:
    """Logs a call with a signal that the sender submitted, or with the bare acute signal of a control that is not known here.

    Raises:
        Wacht: there is no such signal (yet).
    """
    noted = note_call(
        werk.uow,
        werk.toegang.indiener.account_id,
        inhoud.gebeld_op,
        inhoud.gebeld_naar,
        controle_id=zending.controle_id,
        signaal_id=inhoud.signaal_id,
    )
    if not noted:
        raise Wacht(Wachtreden.ONBEKENDE_CONTROLE)
    return content(inhoud)


def pass_on(werk: Werkset, geval: Geval) -> None:
    """Tells the signal of the control when was called, once there is one; the call can come in before the danger itself."""
    moment = geval.stand.momenten.get(MOMENT)
    if moment is not None:
        told = moment[1]
        naar = told.get("gebeldNaar")
        note_call(
            werk.uow,
            None,
            datetime.fromisoformat(told["gebeldOp"]),
            None if naar is None else Noodnummer(naar),
            controle_id=geval.controle.id,
        )
