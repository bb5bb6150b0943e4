"""What follows from a control beside findings and a signal: plan version, risk address, tasks."""

from datetime import timedelta
from uuid import UUID

from app.controles.service.beoordeling import Beoordeling
from app.controles.service.startfeiten import ground
from app.controles.service.werkset import Geval, Werkset
from app.controles.status import Controlestatus, Toegangsgrond
from app.gemeenten.rules.normsleutels import Normsleutel
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.taken import add_taak
from app.objecten.service.risicoadressen import mark_risicoadres_visited

START_ONVOLLEDIG = "start-onvolledig"
BINNEN = frozenset({Controlestatus.BEZIG, Controlestatus.AFGEROND})
ZONDER_TOESTEMMING = frozenset({Toegangsgrond.MACHTIGING, Toegangsgrond.GEVAAR})
MELDPLICHT = "ARB-05"  # the operator does not know or did not fulfil the duty to report (ROL-20)


def follow(werk: Werkset, geval: Geval, oordeel: Beoordeling | None, *, closed: bool) -> None:
    """Does what the answers ask for.

    Args:
        werk: the batch.
        geval: the control.
        oordeel: its judgement, when there is one.
        closed: the control was finished just now.
    """
    if geval.stand.conflicts():
        _task(
            werk,
            geval,
            "antwoorden-verschillen",
            "Twee tablets gaven bij een controle verschillende antwoorden. Kies met het team welk antwoord klopt.",
            Rol.TEAMLEIDER,
            None,
        )
    if oordeel is not None and any(treffer.item == MELDPLICHT for treffer in oordeel.treffers):
        _task(
            werk,
            geval,
            "vergunning-meldplicht",
            "Bij een controle is een bevinding over de meldplicht van de exploitant vastgelegd. Beoordeel de vergunning.",
            Rol.VERGUNNINGVERLENER,
            None,
        )
    if geval.controle.status in BINNEN and ground(geval) in ZONDER_TOESTEMMING:
        _report_of_entry(werk, geval)
    if closed:
        _close(werk, geval, oordeel)


def tell_refused_start(werk: Werkset, geval: Geval, *, refused: bool) -> None:
    """A start in the field that the rules do not allow is kept and shown: the team leader sees what is missing (design section 5)."""
    if refused:
        _task(
            werk,
            geval,
            START_ONVOLLEDIG,
            "Een controle is in het veld begonnen terwijl er nog iets ontbreekt. Bekijk de startvoorwaarden en vul aan.",
            Rol.TEAMLEIDER,
            None,
        )


def _report_of_entry(werk: Werkset, geval: Geval) -> None:
    """Entering a dwelling without consent asks for a report to the mayor and the resident (Awbi 10; item BEV-06)."""
    dagen = geval.controle.normen.get(Normsleutel.VERSLAG_BINNENTREDEN_DAGEN)
    _task(
        werk,
        geval,
        "verslag-binnentreden",
        "Stuur het verslag van binnentreden naar de burgemeester en de bewoner.",
        Rol.TEAMLEIDER,
        None if dagen is None else int(dagen),
    )


def keep_plan_version(werk: Werkset, geval: Geval) -> None:
    """Keeps which version of the business plan was checked: the one that the tablet names, or the one in force (REG-13)."""
    controle = geval.controle
    gemeld = geval.stand.momenten["afgerond"][1].get("bedrijfsplanVersie")
    controle.bedrijfsplan_versie = gemeld or werk.plannen.get(controle.object_id)


def _close(werk: Werkset, geval: Geval, oordeel: Beoordeling | None) -> None:
    controle = geval.controle
    if controle.object_id in werk.in_beeld:
        mark_risicoadres_visited(werk.uow, controle.object_id, controle.datum)
        werk.in_beeld.discard(controle.object_id)
    dagen = oordeel.score.hercontrole_dagen if oordeel else None
    if dagen is not None:
        _task(werk, geval, "hercontrole", "Laat een hercontrole doen, met tolk.", Rol.PLANNER, dagen)


def _task(werk: Werkset, geval: Geval, soort: str, tekst: str, rol: Rol, dagen: int | None) -> UUID:
    controle = geval.controle
    return add_taak(
        werk.uow,
        TaakCreate(
            gemeentecode=controle.gemeentecode,
            soort=soort,
            omschrijving=tekst,
            voor_rol=rol,
            team_id=controle.team_id if rol is Rol.TEAMLEIDER else None,
            onderwerp_soort="controle",
            onderwerp_id=controle.id,
            voor_datum=None if dagen is None else controle.datum + timedelta(days=dagen),
        ),
    ).id
