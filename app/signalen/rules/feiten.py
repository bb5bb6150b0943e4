"""What is known about a signal and its change when a guard looks at it."""

from dataclasses import dataclass, field

from app.gemeenten.status import Partnersoort
from app.signalen.status import JaNeeOnbekend, Urgentie, Vorm, VtKlasse

ALLE_SOORTEN = frozenset(kind.value for kind in Partnersoort)


@dataclass(frozen=True)
class Feiten:
    """Facts for the guards; each default is the one that refuses.

    Attributes:
        is_indiener: who acts is who submitted.
        plaats_bekend: object or municipality is known.
        tekst_gefilterd: no refused text is left in it.
        automatisch: an A, R or score hit or the gut feeling stands behind it.
        doel: purpose of looking further is noted.
        vormen: forms of exploitation that were set; 'onbekend' is one.
        minderjarig: None when the question was not answered yet.
        zc_besluit: it was decided whether the zorgcoördinator is informed.
        zc_geinformeerd: the zorgcoördinator was informed.
        zc_reden: a reason why not.
        zc_datum: the date of the consult with the zorgcoördinator is known.
        partners_actief: each partner of the hand-over is active, its agreement not expired.
        delen_vastgelegd: ground, fields and recipient of each share are logged.
        ontvangers: kinds of partner that receive it.
        verplichte_ontvangers: kinds of partner that the region forces.
        bereikbaar: kinds of partner that can receive it today; one that nobody set up holds up nothing that may not wait.
        verplicht_vervalt: the judgement takes a forced recipient away that stood before it.
        partnerkenmerk: reference of the partner is known.
        herzien_dagen: days until the review date.
        sluitcode: closing code.
        sluitcodes: the codes that the municipality uses today.
        terugkoppeling: feedback was given, or a reason why it is not possible.
        overleg: a consult with a partner or table is noted.
        zelfde_zaak: the leading signal is about the same object or event.
        hoogste_urgentie: the leading signal gets the highest urgency of the two.
        nieuw_feit: a new fact is noted.
        jaar_gesloten: it was closed more than a year ago.
        naar_urgentie: the urgency after the step; None when it stays.
        minstens: the urgency that the judgement asks for at least (table A).
        buiten_tabel: a recipient is not among those that the region proposes.
        eerste_overdracht: nothing was handed over before.
        vt_klasse: answer of Veilig Thuis (table C).
        dubbel: it was joined to another signal, so that C8 fits.
        elders: another municipality received it, so that C9 fits.
        nog_niet_daar: the municipality that gets it does not have it yet.
        reden: a reason is noted.
        adres_te_onderzoeken: the desk looks into an address of it, or could.
        gesloten_route: it goes the closed way already.
        tweede_fout: why there is no valid second person; None when there is one.
    """

    urgentie: Urgentie = Urgentie.REGULIER
    is_indiener: bool = True
    plaats_bekend: bool = False
    anoniem_besproken: bool = False
    tekst_gefilterd: bool = False
    automatisch: bool = True
    doel: bool = False
    vormen: frozenset[Vorm] = field(default_factory=frozenset)
    minderjarig: JaNeeOnbekend | None = None
    zc_besluit: bool = False
    zc_geinformeerd: bool = False
    zc_reden: bool = False
    zc_datum: bool = False
    partners_actief: bool = False
    delen_vastgelegd: bool = False
    ontvangers: frozenset[str] = field(default_factory=frozenset)
    verplichte_ontvangers: frozenset[str] = field(default_factory=frozenset)
    bereikbaar: frozenset[str] = field(default_factory=lambda: ALLE_SOORTEN)
    verplicht_vervalt: bool = True
    partnerkenmerk: bool = False
    herzien_dagen: int | None = None
    sluitcode: str | None = None
    sluitcodes: frozenset[str] = frozenset()
    terugkoppeling: bool = False
    overleg: bool = False
    zelfde_zaak: bool = False
    hoogste_urgentie: bool = False
    nieuw_feit: bool = False
    jaar_gesloten: bool = True
    naar_urgentie: Urgentie | None = None
    minstens: Urgentie = Urgentie.REGULIER
    buiten_tabel: bool = True
    eerste_overdracht: bool = False
    vt_klasse: VtKlasse | None = None
    dubbel: bool = False
    elders: bool = False
    nog_niet_daar: bool = False
    reden: bool = False
    adres_te_onderzoeken: bool = False
    gesloten_route: bool = True
    tweede_fout: str | None = "Hiervoor is een tweede aandachtsfunctionaris nodig."
