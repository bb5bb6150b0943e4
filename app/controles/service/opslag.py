"""How an event is written down: the sanitised content sealed, the digest of what was sent beside it."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.controles.rules.vrije_tekst import clean_value
from app.controles.rules.wachtredenen import Wachtreden
from app.controles.service.werkset import Werkset
from app.controles.service.zending import Zending
from app.controles.status import Gebeurtenisstatus
from app.controles.tables import Quarantaine
from app.core.columns import SealedText
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork

# Envelope fields hold ids, times and counters, no text; all else of an unreadable event goes through the filter.
ENVELOPE = frozenset(
    {"gebeurtenisId", "controleId", "soort", "apparaatId", "volgnummer", "apparaatTijd", "klokVerschil"}
)
NOTHING = SealedText(b"")


def event_row(
    werk: Werkset,
    zending: Zending,
    gemeentecode: str,
    inhoud: Mapping[str, Any],
    status: Gebeurtenisstatus,
    oordelen: Sequence[Mapping[str, str]],
) -> dict[str, Any]:
    """The row of an applied event; its content is sealed under the control, as its answers are.

    Of a record of its own only the receipt is kept: what it says stands in that record, with its own term.
    """
    event = zending.readable
    sealed = NOTHING
    if not zending.is_loose:
        sealed = werk.uow.seal(zending.over, f"gebeurtenis.{event.gebeurtenis_id}", json.dumps(inhoud))
    return {
        "id": event.gebeurtenis_id,
        "controle_id": zending.over,
        "gemeentecode": gemeentecode,
        "soort": event.soort.value,
        "apparaat_id": event.apparaat_id,
        "volgnummer": event.volgnummer,
        "apparaat_tijd": event.apparaat_tijd,
        "klok_verschil": event.klok_verschil,
        "ontvangen_op": werk.uow.now,
        "account_id": werk.toegang.indiener.account_id,
        "sha256": zending.sha256,
        "inhoud": sealed,
        "status": status,
        "oordeel": [dict(oordeel) for oordeel in oordelen],
    }


def put_aside(uow: UnitOfWork, zending: Zending, account_id: UUID, gemeentecode: str, reden: Wachtreden) -> Quarantaine:
    """Keeps an event that cannot be applied: every text in it goes through the strict filter, since its place is unknown."""
    row_id = new_id()
    text = json.dumps(_filtered(zending.ruw))
    row = Quarantaine(
        id=row_id,
        gebeurtenis_id=zending.id,
        controle_id=zending.controle_id,
        gemeentecode=gemeentecode,
        account_id=account_id,
        ontvangen_op=uow.now,
        sha256=zending.sha256,
        reden=reden.value,
        inhoud=uow.seal(row_id, "inhoud", text),
    )
    uow.session.add(row)
    return row


def _filtered(ruw: object) -> Any:  # noqa: ANN401 - any JSON
    if not isinstance(ruw, dict):
        return clean_value(ruw, strict=True)
    plain = {key: value for key, value in ruw.items() if key in ENVELOPE and _plain(value)}
    rest = {key: value for key, value in ruw.items() if key not in plain}
    return {**plain, **clean_value(rest, strict=True)}


def _plain(value: object) -> bool:
    """A number, or a text no longer than an id or a moment: nothing to say much with."""
    return isinstance(value, int | float) or (isinstance(value, str) and len(value) <= 40 and " " not in value)
