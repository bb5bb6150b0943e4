"""Guards of the transitions: each says in Dutch why a change is refused, or None. Pure functions of the facts."""

from collections.abc import Callable, Collection

from app.signalen.rules.feiten import Feiten
from app.signalen.rules.sluitcodes import DUBBEL, SLUITCODES
from app.signalen.rules.urgentie import change_fault, highest
from app.signalen.status import JaNeeOnbekend, Urgentie, Vorm, VtKlasse

Wachter = Callable[[Feiten], str | None]

POLITIE = "politie-mensenhandel"
VEILIG_THUIS = "veilig-thuis"
HERZIEN_HOOGSTENS_DAGEN = 90  # table F: a parked signal is looked at again at the quarterly meeting


def _refuse_unless(holds: bool, reason: str) -> str | None:
    return None if holds else reason


def place_known(feiten: Feiten) -> str | None:
    """Object or municipality, or discussed anonymously (DAT-04)."""
    return _refuse_unless(
        feiten.plaats_bekend or feiten.anoniem_besproken,
        "Kies een object of gemeente, of geef aan dat het anoniem is besproken.",
    )


def text_filtered(feiten: Feiten) -> str | None:
    """No refused text goes along (design section 7)."""
    return _refuse_unless(feiten.tekst_gefilterd, "Haal eerst de gegevens weg die niet in de tekst mogen staan.")


def not_automatic(feiten: Feiten) -> str | None:
    """An inspector cannot throw away what a hit or the gut feeling raised."""
    return _refuse_unless(
        not feiten.automatisch, "Achter dit signaal staat een treffer; alleen de aandachtsfunctionaris kan het sluiten."
    )


def not_submitter(feiten: Feiten) -> str | None:
    """The AF who submitted it does not acknowledge it himself."""
    return _refuse_unless(
        not feiten.is_indiener, "U diende dit signaal zelf in; een andere aandachtsfunctionaris bevestigt de ontvangst."
    )


def address_known(feiten: Feiten) -> str | None:
    """There is an address to look into, or the desk does so already (REG-10)."""
    return _refuse_unless(feiten.adres_te_onderzoeken, "Er is geen adres om te onderzoeken.")


def purpose_noted(feiten: Feiten) -> str | None:
    """Looking further needs a purpose."""
    return _refuse_unless(feiten.doel, "Noteer eerst waarvoor u informatie verzamelt.")


def triage_complete(feiten: Feiten) -> str | None:
    """Form (may be 'onbekend', RTE-08), minor answer and decision on the zorgcoördinator. Coercion is never asked (DEF-02)."""
    return _refuse_unless(
        bool(feiten.vormen) and feiten.minderjarig is not None and feiten.zc_besluit,
        "Vul de vorm in (onbekend mag), of er mogelijk een minderjarige is, en of de zorgcoördinator wordt ingelicht.",
    )


def care_informed(feiten: Feiten) -> str | None:
    """Before routing the zorgcoördinator was informed, or a reason is given (RTE-04)."""
    return _refuse_unless(
        feiten.zc_geinformeerd or feiten.zc_reden, "Licht eerst de zorgcoördinator in, of geef een reden."
    )


def care_informed_or_four_eyes(feiten: Feiten) -> str | None:
    """Closing without the zorgcoördinator takes a reason and a second person (RTE-04)."""
    if feiten.zc_geinformeerd:
        return None
    if not feiten.zc_reden:
        return "Licht eerst de zorgcoördinator in, of geef een reden met een tweede persoon."
    return feiten.tweede_fout


def partners_active(feiten: Feiten) -> str | None:
    """A partner without a valid agreement receives nothing (DAT-09)."""
    return _refuse_unless(
        bool(feiten.ontvangers) and feiten.partners_actief, "Kies een partner waarmee nu een geldige afspraak bestaat."
    )


def shares_logged(feiten: Feiten) -> str | None:
    """Every share is logged with ground, fields and recipient (DAT-03)."""
    return _refuse_unless(feiten.delen_vastgelegd, "Leg eerst vast welke gegevens u op welke grond met wie deelt.")


def always_forced(vormen: Collection[Vorm], minderjarig: JaNeeOnbekend | None) -> frozenset[str]:
    """Whom every region forces: Veilig Thuis and police for a minor in a sexual setting (R6, RTE-14)."""
    both = minderjarig is JaNeeOnbekend.JA and Vorm.SEKSUEEL in vormen
    return frozenset({POLITIE, VEILIG_THUIS}) if both else frozenset()


def forced_recipients(feiten: Feiten) -> str | None:
    """Leaving out whom this form or the region forces takes four eyes (RTE-12, RTE-14), also with an acute signal (M2).

    Only where nobody was set up to receive it, the first hand-over of an acute signal goes on to the others at once: it stays due.
    """
    needed = feiten.verplichte_ontvangers | always_forced(feiten.vormen, feiten.minderjarig)
    if _goes_at_once(feiten):
        needed &= feiten.bereikbaar
    if needed <= feiten.ontvangers or feiten.tweede_fout is None:
        return None
    return f"Een verplichte ontvanger ontbreekt: {', '.join(sorted(needed - feiten.ontvangers))}. Weglaten kan alleen met een tweede persoon."


def forced_stay_or_two(feiten: Feiten) -> str | None:
    """A judgement by which a forced recipient falls away takes four eyes: no answer of one person removes him (M2, RTE-14)."""
    return feiten.tweede_fout if feiten.verplicht_vervalt else None


def partner_reference(feiten: Feiten) -> str | None:
    """The partner's reference shows that it works on it."""
    return _refuse_unless(feiten.partnerkenmerk, "Noteer het kenmerk van de partner.")


def review_soon(feiten: Feiten) -> str | None:
    """A parked signal is looked at again within ninety days."""
    days = feiten.herzien_dagen
    return _refuse_unless(
        days is not None and 0 < days <= HERZIEN_HOOGSTENS_DAGEN,
        f"Kies een datum om opnieuw te kijken, hoogstens {HERZIEN_HOOGSTENS_DAGEN} dagen vooruit.",
    )


def closing_code(feiten: Feiten) -> str | None:
    """A known code that the municipality uses, with the consults that it asks for (RTE-15, RTE-22, DEF-04)."""
    code = SLUITCODES.get(feiten.sluitcode or "")
    if code is None:
        return "Kies een reden van sluiten uit de lijst."
    if code.code not in feiten.sluitcodes:
        used = [name for name in SLUITCODES if name in feiten.sluitcodes and name != DUBBEL]
        return f"De gemeente gebruikt {code.code} nu niet als reden van sluiten. Kies een van deze: {', '.join(used)}."
    if code.overleg and not feiten.overleg:
        return "Noteer eerst met welke partner of aan welke tafel dit is besproken."
    if code.zc_datum and not feiten.zc_datum:
        return "Noteer eerst wanneer u de zorgcoördinator sprak."
    return None


def closed_by_two(feiten: Feiten) -> str | None:
    """Closing takes four eyes, except for a double."""
    code = SLUITCODES.get(feiten.sluitcode or "")
    return feiten.tweede_fout if code is None or code.tweede_persoon else None


def feedback_done(feiten: Feiten) -> str | None:
    """Feedback was given, or it is noted why that is not possible (RTE-20)."""
    return _refuse_unless(feiten.terugkoppeling, "Geef eerst terugkoppeling, of noteer waarom dat niet kan.")


def same_case(feiten: Feiten) -> str | None:
    """Merging is for the same object or event."""
    return _refuse_unless(
        feiten.zelfde_zaak, "Samenvoegen kan alleen als het om hetzelfde object of dezelfde gebeurtenis gaat."
    )


def highest_urgency_kept(feiten: Feiten) -> str | None:
    """Merging never lowers urgency."""
    return _refuse_unless(feiten.hoogste_urgentie, "Het leidende signaal moet de hoogste urgentie van de twee krijgen.")


def new_fact(feiten: Feiten) -> str | None:
    """Reopening needs a new fact; the old closing is kept."""
    return _refuse_unless(feiten.nieuw_feit, "Noteer het nieuwe feit waarom u heropent.")


def reopened_by_two_after_a_year(feiten: Feiten) -> str | None:
    """After a year reopening takes four eyes."""
    return feiten.tweede_fout if feiten.jaar_gesloten else None


def is_acuut(feiten: Feiten) -> str | None:
    """Only an acute signal goes out through 112 before anything else."""
    return _refuse_unless(feiten.urgentie is Urgentie.ACUUT, "Alleen een acuut signaal gaat direct naar 112.")


def lowered_by_two(feiten: Feiten) -> str | None:
    """Urgency goes up at once; down, or under what the judgement asks for, takes four eyes (table A)."""
    if feiten.naar_urgentie is None:
        return None
    return change_fault(
        highest(feiten.urgentie, feiten.minstens),
        feiten.naar_urgentie,
        is_af=True,
        second_person_fault=feiten.tweede_fout,
    )


def reason_noted(feiten: Feiten) -> str | None:
    """Somebody who decides otherwise says why."""
    return _refuse_unless(feiten.reden, "Noteer waarom.")


def _goes_at_once(feiten: Feiten) -> bool:
    """The first hand-over of an acute signal never waits for a second person (table G)."""
    return feiten.urgentie is Urgentie.ACUUT and feiten.eerste_overdracht


def care_skipped_by_two(feiten: Feiten) -> str | None:
    """Routing without the zorgcoördinator takes four eyes, except for the first hand-over of an acute signal (RTE-04)."""
    if feiten.zc_geinformeerd or not feiten.zc_reden or _goes_at_once(feiten):
        return None
    return feiten.tweede_fout


def outside_table_by_two(feiten: Feiten) -> str | None:
    """Sharing with whom the region does not propose takes four eyes, except for the first hand-over of an acute signal."""
    return None if not feiten.buiten_tabel or _goes_at_once(feiten) else feiten.tweede_fout


def class_allows_code(feiten: Feiten) -> str | None:
    """When Veilig Thuis says that it is or may be trafficking, the signal is not closed as if it were not (table C)."""
    serious = feiten.vt_klasse in {VtKlasse.MOGELIJK, VtKlasse.SPRAKE}
    return _refuse_unless(
        not serious or feiten.sluitcode not in {"C6", "C7", "C13"},
        "Veilig Thuis ziet mogelijk mensenhandel; met deze reden kunt u niet sluiten.",
    )


def code_has_its_road(feiten: Feiten) -> str | None:
    """A double ends by merging, and a case of another municipality by transferring it: neither is lost by closing."""
    if feiten.sluitcode == DUBBEL and not feiten.dubbel:
        return "Een dubbel signaal sluit u door het samen te voegen met het andere."
    if feiten.sluitcode == "C9" and not feiten.elders:
        return "Draag het signaal eerst over aan de andere gemeente."
    return None


def on_the_ordinary_route(feiten: Feiten) -> str | None:
    """A signal is put on the closed route once (RTE-26)."""
    return _refuse_unless(not feiten.gesloten_route, "Dit signaal gaat al langs de gesloten route.")


def not_there_yet(feiten: Feiten) -> str | None:
    """A municipality gets a signal once (RTE-25)."""
    return _refuse_unless(feiten.nog_niet_daar, "Die gemeente heeft dit signaal al van u.")


def done_by_two(feiten: Feiten) -> str | None:
    """An act that always takes four eyes."""
    return feiten.tweede_fout
