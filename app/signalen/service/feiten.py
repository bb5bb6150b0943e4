"""The facts that the guards look at: built here alone, from the stored signal and the step that is asked."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.core.clock import add_years, business_date
from app.core.http.schemas import ApiInput
from app.core.unit_of_work import UnitOfWork
from app.signalen.repository import adresonderzoeken
from app.signalen.repository import stappen as repository
from app.signalen.rules.feiten import Feiten
from app.signalen.rules.urgentie import least_for
from app.signalen.schemas import stappen as s
from app.signalen.service.ontvangers import forced_by, table_of, valid_partners
from app.signalen.service.sluitcodes import codes_of
from app.signalen.status import Classificatie, JaNeeOnbekend, Vorm
from app.signalen.tables import Signaal


def facts_of(uow: UnitOfWork, signaal: Signaal, stap: ApiInput | None, leidend: Signaal | None = None) -> Feiten:
    """What is known when this step is asked of a locked signal; the second person is filled in by who knows him.

    Args:
        uow: the transaction of the step.
        signaal: locked.
        stap: what is asked; None for a step without a body.
        leidend: the other signal of a merge, locked; None when the caller cannot read it.
    """
    stored = Feiten(
        urgentie=signaal.urgentie,
        is_indiener=signaal.indiener == uow.caller.account_id,
        plaats_bekend=signaal.object_id is not None or signaal.gemeente_herkomst is not None,
        anoniem_besproken=signaal.anoniem_besproken,
        tekst_gefilterd=True,  # a text that does not pass the filter is never stored
        vormen=frozenset(Vorm(vorm) for vorm in signaal.vormen),
        minderjarig=signaal.mogelijk_minderjarig,
        zc_geinformeerd=signaal.zc_geinformeerd_op is not None,
        zc_reden=signaal.zc_reden is not None,
        zc_datum=signaal.zc_consult_op is not None,
        overleg=signaal.overleg_op is not None,
        vt_klasse=signaal.vt_klasse,
        gesloten_route=signaal.gesloten_route,
    )
    return replace(stored, **_changes(uow, signaal, stap, leidend))


def _changes(uow: UnitOfWork, signaal: Signaal, stap: ApiInput | None, leidend: Signaal | None) -> dict[str, Any]:
    match stap:
        case s.Trieren():
            return _triage(uow, signaal, stap)
        case s.Uitzetten():
            return _sharing(uow, signaal, stap)
        case s.Sluiten():
            return _closing(uow, signaal, stap)
        case s.Samenvoegen():
            return _merge(signaal, stap, leidend)
    return _small(uow, signaal, stap)


def _small(uow: UnitOfWork, signaal: Signaal, stap: ApiInput | None) -> dict[str, Any]:
    """Steps of which the shape says nearly all."""
    changes: dict[str, Any] = {}
    match stap:
        case s.Verrijken():
            changes = {"doel": True}
        case s.InBehandelingNemen():
            changes = {"partnerkenmerk": True}
        case s.Monitoren():
            changes = {"herzien_dagen": (stap.herzien_op - uow.today).days}
        case s.Heropenen():
            changes = {"nieuw_feit": True, "jaar_gesloten": _closed_a_year_ago(uow, signaal)}
        case s.UrgentieWijzigen():
            known = least_for(map(Vorm, signaal.vormen), signaal.mogelijk_minderjarig)
            changes = {"naar_urgentie": stap.urgentie, "minstens": known, "reden": True}
        case s.OverdragenGemeente():
            changes = {"nog_niet_daar": stap.gemeentecode not in repository.transferred_to(uow.session, signaal.id)}
        case s.Vrijgeven():
            place = signaal.object_id is not None or signaal.plek is not None
            in_hand = adresonderzoeken.of_signal(uow.session, signaal.id)
            changes = {"adres_te_onderzoeken": place or bool(in_hand)}
        case s.VoorTermijnVerwijderen() | s.Vasthouden():
            changes = {"reden": True}
    return changes


def _triage(uow: UnitOfWork, signaal: Signaal, stap: s.Trieren) -> dict[str, Any]:
    decided = stap.zc_inlichten is True or (stap.zc_inlichten is False and stap.zc_reden is not None)
    return {
        "vormen": frozenset(stap.vormen),
        "minderjarig": stap.mogelijk_minderjarig,
        "zc_besluit": decided,
        "naar_urgentie": stap.urgentie,
        "minstens": least_for(stap.vormen, stap.mogelijk_minderjarig),
        "verplicht_vervalt": bool(_forced_before(uow, signaal) - _forced_after(uow, signaal, stap)),
    }


def _forced_before(uow: UnitOfWork, signaal: Signaal) -> frozenset[str]:
    """Whom the answers so far force; a question that was never answered takes nothing away when it is (DEF-06)."""
    return forced_by(
        uow,
        signaal,
        vormen=frozenset(map(Vorm, signaal.vormen)),
        minderjarig=signaal.mogelijk_minderjarig,
        binnenlands=JaNeeOnbekend.JA if signaal.binnenlands is JaNeeOnbekend.JA else JaNeeOnbekend.NEE,
        classificatie=signaal.classificatie or Classificatie.MENSENHANDEL,
    )


def _forced_after(uow: UnitOfWork, signaal: Signaal, stap: s.Trieren) -> frozenset[str]:
    return forced_by(
        uow,
        signaal,
        vormen=frozenset(stap.vormen),
        minderjarig=stap.mogelijk_minderjarig or signaal.mogelijk_minderjarig,
        binnenlands=stap.binnenlands or JaNeeOnbekend.ONBEKEND,
        classificatie=stap.classificatie,
    )


def _sharing(uow: UnitOfWork, signaal: Signaal, stap: s.Uitzetten) -> dict[str, Any]:
    before = repository.handed_over_kinds(uow.session, signaal.id)
    valid = valid_partners(uow, signaal.gemeentecode)
    asked = {item.partner_id for item in stap.overdrachten}
    chosen = frozenset(valid[nr].soort.value for nr in asked if nr in valid)
    table = table_of(uow, signaal)
    return {
        "partners_actief": asked <= valid.keys(),
        "delen_vastgelegd": True,  # the shape of the step asks ground, fields and recipient of each share
        "ontvangers": table.reached(before | chosen),
        "verplichte_ontvangers": table.verplicht,
        "bereikbaar": table.reached(partner.soort.value for partner in valid.values()),
        "buiten_tabel": not chosen <= table.regels.keys(),
        "eerste_overdracht": not before,
        "zc_reden": stap.zc_reden is not None or signaal.zc_reden is not None,
    }


def _closing(uow: UnitOfWork, signaal: Signaal, stap: s.Sluiten) -> dict[str, Any]:
    feedback = stap.terugkoppeling
    given = feedback is not None and (feedback.tekstcode is None) != (feedback.niet_mogelijk is None)
    return {
        "sluitcode": stap.sluitcode,
        "sluitcodes": codes_of(uow, signaal.gemeentecode),
        "overleg": _not_ahead(uow, stap.overleg_op) or signaal.overleg_op is not None,
        "zc_datum": _not_ahead(uow, stap.zc_consult_op) or signaal.zc_consult_op is not None,
        "zc_reden": stap.zc_reden is not None or signaal.zc_reden is not None,
        "terugkoppeling": given or repository.has_feedback(uow.session, signaal.id),
        "elders": bool(repository.transferred_to(uow.session, signaal.id)),
    }


def _not_ahead(uow: UnitOfWork, day: date | None) -> bool:
    return day is not None and day <= uow.today


def _merge(signaal: Signaal, stap: s.Samenvoegen, leidend: Signaal | None) -> dict[str, Any]:
    if leidend is None or leidend.id == signaal.id:
        return {}
    place = signaal.object_id is not None and signaal.object_id == leidend.object_id
    return {
        "zelfde_zaak": (place or stap.zelfde_gebeurtenis) and _same_way(signaal, leidend),
        "hoogste_urgentie": True,  # the leading signal gets it in the same transaction, whatever it had
    }


def _same_way(one: Signaal, other: Signaal) -> bool:
    """Both on the ordinary route, or both closed for the same ones (RTE-26)."""
    ways = [(signaal.gesloten_route, signaal.betrokken_domein, signaal.betrokken_team) for signaal in (one, other)]
    return ways[0] == ways[1]


def _closed_a_year_ago(uow: UnitOfWork, signaal: Signaal) -> bool:
    closed = signaal.gesloten_op
    return closed is None or add_years(business_date(closed), 1) + timedelta(days=1) <= uow.today
