"""Controls that a tablet makes itself, and an acute call about a control that is not known here."""

from datetime import date

from app.controles.repository import gebeurtenissen
from app.controles.rules.afstemming import needs_release
from app.controles.rules.levensloop import Feiten
from app.controles.rules.signalering import ACUUT_REDEN
from app.controles.rules.wachtredenen import Wacht, Wachtreden
from app.controles.schemas.synchronisaties import InhoudAangemaakt, InhoudAcuut
from app.controles.service.afstemming import ask
from app.controles.service.beoordeling import raise_bare_acute
from app.controles.service.fotoplaats import adopt_photos
from app.controles.service.werkset import Werkset
from app.controles.service.zending import Zending
from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Controle
from app.core.clock import LONGEST_UNDERWAY, business_date
from app.core.errors import VeldwachtError
from app.gemeenten.rules.normsleutels import Normsleutel
from app.objecten.schemas.objecten import ObjectRead
from app.objecten.service.adressen import ensure_adres, ensure_spot
from app.objecten.service.objecten import ensure_place, get_object, objects_by_ids
from app.objecten.status import Objecttype


def default_trigger(objecttype: Objecttype, given: Aanleiding | None) -> Aanleiding:
    """A dwelling control without another trigger has the neutral 'woongebruik' (REG-05, PLN-03)."""
    if given is not None:
        return given
    return Aanleiding.WOONGEBRUIK if objecttype is Objecttype.WON else Aanleiding.EIGEN_ANALYSE


def ensure_control(werk: Werkset, zending: Zending, inhoud: InhoudAangemaakt) -> None:
    """Makes the control that the tablet made, once; sending it again changes nothing.

    One that asks for release, such as that of a dwelling, waits for it like any other: what the field did is kept, and goes on when
    police and OM agreed (PLN-01).

    Raises:
        Wacht: the place is unknown or another one, or the sender is not designated there.
    """
    event = zending.readable
    bekend = werk.gevallen.get(event.over)
    if bekend is not None:
        if inhoud.object_id is not None and inhoud.object_id != bekend.object.id:
            raise Wacht(Wachtreden.ANDERE_PLEK)
        return
    plek = _place(werk, inhoud)
    datum = _day(zending, inhoud)
    if not werk.toegang.is_designated(plek.gemeentecode, plek.type, datum):
        raise Wacht(Wachtreden.NIET_AANGEWEZEN)
    aanleiding = default_trigger(plek.type, inhoud.aanleiding)
    seks_apart = bool(werk.norms(plek.gemeentecode, datum).get(Normsleutel.AFSTEMMING_SEKS_APART))
    waits = needs_release(aanleiding, plek.type, in_actie=False, seks_apart=seks_apart)
    controle = Controle(
        id=event.over,
        gemeentecode=plek.gemeentecode,
        object_id=plek.id,
        team_id=min(werk.toegang.indiener.teams or (), default=None),
        status=Controlestatus.GEPLAND if waits else Controlestatus.VRIJGEGEVEN,
        datum=datum,
        aanleiding=aanleiding,
    )
    werk.uow.session.add(controle)
    werk.uow.session.flush()
    if waits:
        ask(werk.uow, plek.gemeentecode, [(plek.id, datum)])
    geval = werk.add(controle, plek)
    eerder = gebeurtenissen.acute_calls(werk.uow.session, controle.id)
    if eerder:  # a call that overtook this event: now its place is known, and whose signal it is (ROL-23)
        geval.stand.acuut = min(eerder).isoformat(timespec="milliseconds")
    adopt_photos(werk.uow, controle)
    werk.uow.audit("controle", controle.id, controle.gemeentecode)


def _day(zending: Zending, inhoud: InhoudAangemaakt) -> date:
    """The day of the control; what the device took for today is the day by the clock of the service."""
    event, moment = zending.readable, zending.moment
    today = business_date(moment)
    if inhoud.datum is None or inhoud.datum == business_date(event.apparaat_tijd):
        return today
    return today if abs(inhoud.datum - today) > LONGEST_UNDERWAY else inhoud.datum


def raise_acute_somewhere(werk: Werkset, zending: Zending, reden: str = ACUUT_REDEN) -> None:
    """Raises the acute signal of a control that the sender cannot write to, at its object or the one that he named."""
    inhoud = zending.inhoud
    geval = werk.gevallen.get(zending.controle_id) if zending.controle_id else None
    plek = geval.object if geval else None
    if plek is None and isinstance(inhoud, InhoudAcuut) and inhoud.object_id is not None:
        plek = objects_by_ids(werk.uow, [inhoud.object_id]).get(inhoud.object_id)
    raise_bare_acute(
        werk.uow,
        plek.gemeentecode if plek else werk.toegang.indiener.gemeentecode,
        werk.toegang.indiener.account_id,
        zending.controle_id or zending.id,
        plek.id if plek else None,
        reden,
    )


def facts_of_new(controle: Controle, objecttype: Objecttype) -> Feiten:
    """What the guards of planning look at."""
    return Feiten(
        status=None,
        objecttype=objecttype,
        aanleiding=controle.aanleiding,
        in_actie=controle.actie_id is not None,
        integraal=controle.integraal,
        aangekondigd=controle.aangekondigd,
        aangekondigd_reden=controle.aangekondigd_reden,
    )


def _place(werk: Werkset, inhoud: InhoudAangemaakt) -> ObjectRead:
    try:
        if inhoud.object_id is not None:
            return get_object(werk.uow, inhoud.object_id)
        gemeentecode = inhoud.gemeentecode or werk.toegang.indiener.gemeentecode
        if inhoud.adres is not None:
            adres = ensure_adres(werk.uow, gemeentecode, inhoud.adres)
        elif inhoud.punt is not None:
            adres = ensure_spot(werk.uow, gemeentecode, inhoud.punt, inhoud.omschrijving)
        else:
            raise Wacht(Wachtreden.ONLEESBAAR)
        return ensure_place(werk.uow, adres.id, inhoud.objecttype or Objecttype.WON)
    except VeldwachtError:
        raise Wacht(Wachtreden.ONBEKENDE_CONTROLE) from None
