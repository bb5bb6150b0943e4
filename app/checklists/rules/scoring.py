"""Turns the hits of a control into an outcome (checklists, section 3).

The first rule that fits applies. Weights, maxima and thresholds come from the rekenregel that the control
keeps; a score proposes or forces a signal and never holds one back.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.checklists.rules.catalogue import Catalogus
from app.checklists.rules.content import Rekenregel, Uitkomst
from app.checklists.rules.results import Evaluatie, Treffer
from app.checklists.rules.woorden import in_words


@dataclass(frozen=True, slots=True)
class EerdereControle:
    """An earlier control of the same object: its date and its points, after the maximum per group."""

    datum: date
    punten: int


@dataclass(frozen=True, slots=True)
class Geschiedenis:
    """What was scored and chosen on the same object before.

    Attributes:
        eerdere: earlier controls; those outside the stacking period do not count.
        keuze_geen_signaal: the inspector chooses 'geen signaal' now.
        eerder_geen_signaal: how often that was chosen before, as far as it is still kept.
    """

    eerdere: Sequence[EerdereControle] = ()
    keuze_geen_signaal: bool = False
    eerder_geen_signaal: int = 0


@dataclass(frozen=True, slots=True)
class Score:
    """The outcome of one control.

    Attributes:
        uitkomst: what has to happen.
        punten: points of this control, at most the maximum per group; an acute hit has no points of its own.
        groepen: the indicator groups with points.
        redenen: the outcome term by term in Dutch, confidential as the score itself.
        hercontrole_dagen: days within which to come back with an interpreter, after an advice only.
        tolk: whether an interpreter must come along.
    """

    uitkomst: Uitkomst
    punten: int
    groepen: tuple[str, ...]
    redenen: tuple[str, ...]
    hercontrole_dagen: int | None = None
    tolk: bool = False


def score(
    catalogus: Catalogus,
    treffers: Iterable[Treffer],
    datum: date,
    niet_vastgesteld: Iterable[str] = (),
    geschiedenis: Geschiedenis | None = None,
) -> Score:
    """Score the hits of one control.

    Args:
        catalogus: the versions that the control keeps.
        treffers: hits of valid answers.
        datum: business date of the control.
        niet_vastgesteld: items that count and are 'niet vastgesteld'; they never score.
        geschiedenis: earlier controls and choices on the same object.
    """
    regel = catalogus.rekenregel
    verleden = geschiedenis or Geschiedenis()
    hits = tuple(treffers)
    per_groep, redenen = _count(catalogus, hits)
    punten = sum(per_groep.values())
    groepen = tuple(code for code, aantal in per_groep.items() if aantal and regel.groepen[code].telt_als_groep)
    zwijgt = _is_silent(catalogus, hits, niet_vastgesteld)
    uitkomst, reden = (
        _forced(catalogus, hits)
        or _regular(regel, hits, punten, groepen)
        or _stacked(regel, punten, datum, verleden.eerdere)
        or _advised(regel, punten, zwijgt, verleden)
        or (Uitkomst.GEEN, f"{punten} punten: geen signaal")
    )
    terug = zwijgt and uitkomst is Uitkomst.ADVIES
    slot = f"{uitkomst}: {reden} (rekenregel versie {regel.versie}, geldig vanaf {regel.geldig_vanaf:%d-%m-%Y})"
    return Score(
        uitkomst=uitkomst,
        punten=punten,
        groepen=groepen,
        redenen=(*redenen, slot),
        hercontrole_dagen=regel.zwijgende_ploeg.hercontrole_dagen if terug else None,
        tolk=terug and regel.zwijgende_ploeg.tolk,
    )


def score_evaluation(
    catalogus: Catalogus, evaluatie: Evaluatie, datum: date, geschiedenis: Geschiedenis | None = None
) -> Score:
    """Score an evaluated control; see `score`."""
    return score(catalogus, evaluatie.treffers, datum, evaluatie.niet_vastgesteld, geschiedenis)


Besluit = tuple[Uitkomst, str]


def _count(catalogus: Catalogus, hits: Iterable[Treffer]) -> tuple[dict[str, int], list[str]]:
    """Points per group up to the maximum, and each term in words."""
    regel = catalogus.rekenregel
    som: dict[str, int] = {}
    redenen: list[str] = []
    for hit in hits:
        groep = catalogus.regels[hit.item].item.groep
        gewicht = regel.gewichten[hit.gewicht]
        telt = regel.groepen[groep].telt_als_groep or hit.item == regel.niet_pluis.item
        punten = gewicht.punten if telt else 0
        som[groep] = som.get(groep, 0) + punten
        words = in_words(catalogus.regels[hit.item].item, hit.antwoord)
        about = f" ({regel.groepen[groep].naam})" if regel.groepen[groep].telt_als_groep else ""
        redenen.append(f"{words}: {gewicht.naam}, {punten} punten{about}")
    for groep, aantal in som.items():
        if aantal > regel.maximum_per_groep:
            redenen.append(f"{regel.groepen[groep].naam}: {aantal} punten telt als {regel.maximum_per_groep}")
    return {groep: min(aantal, regel.maximum_per_groep) for groep, aantal in som.items()}, redenen


def _forced(catalogus: Catalogus, hits: Iterable[Treffer]) -> Besluit | None:
    """One acute hit, or else one red flag, is enough."""
    gewichten = catalogus.rekenregel.gewichten
    for uitkomst in Uitkomst:
        for hit in hits:
            if gewichten[hit.gewicht].dwingt_af is uitkomst:
                words = in_words(catalogus.regels[hit.item].item, hit.antwoord)
                return uitkomst, f"dit antwoord is genoeg ({gewichten[hit.gewicht].naam}). {words}"
    return None


def _regular(regel: Rekenregel, hits: Iterable[Treffer], punten: int, groepen: Sequence[str]) -> Besluit | None:
    if punten >= regel.regulier.punten and len(groepen) >= regel.regulier.groepen:
        return Uitkomst.REGULIER, f"{punten} punten in {len(groepen)} groepen"
    gevoel = regel.niet_pluis
    if any(hit.item == gevoel.item and hit.antwoord == gevoel.antwoord for hit in hits):
        return Uitkomst.REGULIER, "het voelt niet pluis"
    return None


def _stacked(regel: Rekenregel, punten: int, datum: date, eerdere: Iterable[EerdereControle]) -> Besluit | None:
    """Points over several controls; never more than a regular signal."""
    stapel = regel.stapelen
    if punten < stapel.punten_huidige:
        return None
    vanaf = months_before(datum, stapel.maanden)
    mee = [controle.punten for controle in eerdere if vanaf <= controle.datum <= datum and controle.punten > 0]
    totaal = punten + sum(mee)
    if totaal >= stapel.punten and len(mee) + 1 >= stapel.controles:
        return Uitkomst.REGULIER, f"{totaal} punten over {len(mee) + 1} controles in {stapel.maanden} maanden"
    return None


def _advised(regel: Rekenregel, punten: int, zwijgt: bool, verleden: Geschiedenis) -> Besluit | None:
    """The inspector chooses; a repeated 'geen signaal' on one object goes to the AF."""
    if punten < regel.advies.punten and not zwijgt:
        return None
    keer = verleden.eerder_geen_signaal + 1
    if verleden.keuze_geen_signaal and keer >= regel.keuze_geen_signaal.vanaf_keer:
        return Uitkomst.REGULIER, f"keuze 'geen signaal' voor de {keer}e keer op dit object"
    if punten >= regel.advies.punten:
        return Uitkomst.ADVIES, f"{punten} punten"
    return Uitkomst.ADVIES, "niemand apart te spreken en veel vrijwillige vragen niet vastgesteld"


def _is_silent(catalogus: Catalogus, hits: Iterable[Treffer], niet_vastgesteld: Iterable[str]) -> bool:
    ploeg = catalogus.rekenregel.zwijgende_ploeg
    stil = sum(code in catalogus.regels and catalogus.regels[code].item.vrijwillig for code in set(niet_vastgesteld))
    niet_apart = any(hit.item == ploeg.item and hit.antwoord == ploeg.antwoord for hit in hits)
    return niet_apart and stil >= ploeg.vrijwillig_niet_vastgesteld


def months_before(datum: date, maanden: int) -> date:
    """The same day a number of calendar months earlier, or the last day of that month."""
    jaar, maand = divmod(datum.year * 12 + datum.month - 1 - maanden, 12)
    dag = min(datum.day, calendar.monthrange(jaar, maand + 1)[1])
    return date(jaar, maand + 1, dag)
