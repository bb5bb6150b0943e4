"""What the guards of the life cycle look at, put together from the control, its answers and who is there."""

from datetime import datetime
from typing import Any

from app.controles.repository import machtigingen
from app.controles.rules.levensloop import Feiten
from app.controles.rules.machtiging import Omvang, covers, ground_of
from app.controles.service import aanwezig
from app.controles.service.beoordeling import Beoordeling
from app.controles.service.werkset import Geval, Werkset
from app.controles.status import Toegangsgrond
from app.controles.tables import Machtiging
from app.gemeenten.rules.normsleutels import Normsleutel
from app.objecten.status import Objecttype

STARTEN, GROND = "starten", "grond"


def facts(werk: Werkset, geval: Geval, oordeel: Beoordeling | None, naam: str, inhoud: dict[str, Any]) -> Feiten:
    """The facts for one transition; those that only a start asks for are looked up for a start alone."""
    controle = geval.controle
    return Feiten(
        status=controle.status,
        objecttype=geval.object.type,
        aanleiding=controle.aanleiding,
        in_actie=controle.actie_id is not None,
        integraal=controle.integraal,
        aangekondigd=controle.aangekondigd,
        aangekondigd_reden=controle.aangekondigd_reden,
        arbeid_ingevuld=oordeel is not None and oordeel.arbeid_ingevuld,
        gestopt=geval.stand.sfeerovergang is not None,
        aangewezen=werk.toegang.is_designated(controle.gemeentecode, geval.object.type, controle.datum),
        acuut=geval.stand.acuut is not None or (oordeel is not None and oordeel.is_acute),
        reden=inhoud.get("reden"),
        **(_of_start(werk, geval) if naam == STARTEN else {}),
    )


def ground(geval: Geval) -> Toegangsgrond | None:
    """On what ground the dwelling is entered, as far as anybody said."""
    bij_start = geval.stand.momenten.get(aanwezig.GESTART)
    return ground_of(geval.stand.values(), None if bij_start is None else bij_start[1].get(GROND))


def _of_start(werk: Werkset, geval: Geval) -> dict[str, Any]:
    normen = aanwezig.norms_of(werk, geval)
    bezetting = int(normen.get(Normsleutel.CONTROLE_BEZETTING, 0))
    grond = ground(geval) if geval.object.type is Objecttype.WON else None
    inside = aanwezig.at_the_start(werk, geval) if bezetting > 1 or grond is Toegangsgrond.MACHTIGING else set()
    return {
        "seks_apart": bool(normen.get(Normsleutel.AFSTEMMING_SEKS_APART)),
        "bezetting": bezetting if bezetting > 1 else 0,
        "aanwezig": len(inside),
        "grond": grond,
        "gemachtigd": grond is Toegangsgrond.MACHTIGING and _authorised(werk, geval, {str(nr) for nr in inside}),
    }


def _authorised(werk: Werkset, geval: Geval, toezichthouders: set[str]) -> bool:
    moment = min(datetime.fromisoformat(geval.stand.momenten[aanwezig.GESTART][0].tijd), werk.uow.now)
    partners = {str(deelname.partner_id) for deelname in geval.deelnames if deelname.partner_id is not None}
    found = machtigingen.valid_on(werk.uow.session, [geval.controle.object_id], geval.controle.datum)
    return any(covers(extent_of(row), moment, toezichthouders, partners) for row in found)


def extent_of(row: Machtiging) -> Omvang:
    """What an issued authorisation covers."""
    if row.afgegeven_op is None or row.geldig_tot is None:
        msg = "only an issued authorisation covers anything"
        raise ValueError(msg)
    return Omvang(
        geldig_van=row.afgegeven_op,
        geldig_tot=row.geldig_tot,
        toezichthouders=frozenset(row.toezichthouders),
        partners=frozenset(row.partner_ids),
        nacht=row.nacht,
    )
