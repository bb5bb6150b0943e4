"""Who receives a signal: a pure proposal from the profile of a municipality (tables A, B and C of the signal route).

The proposal is made of published rules and says of each recipient which one and why. A person decides (meldroute R10). What is
compulsory stays in it whatever else holds, and a partner that is missing is shown, never dropped.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from app.gemeenten.status import Partnersoort, Teamsoort
from app.objecten.status import Objecttype
from app.signalen.rules.routeprofiel import Intern, Profiel, Regel, Urgentieregel, Voorwaarde, Wanneer
from app.signalen.status import Bronsoort, Classificatie, JaNeeOnbekend, Urgentie, Vorm, VtKlasse

SNELHEID = {wanneer: place for place, wanneer in enumerate(Wanneer)}
RIEC_ONTBREEKT = "Er is niet ingesteld wie namens de gemeente naar het RIEC gaat. Vraag de beheerder dit in te stellen in het routeprofiel."


@dataclass(frozen=True, slots=True)
class Routefeiten:
    """What a rule may look at. Never nationality, language, religion, gender or the name of an area (meldroute R12).

    Attributes:
        treffers: codes of the items that are weighted hits behind the signal, without their answers.
        naleving: codes of the hits of compliance of the same control, which weigh nothing.
        objecttype: of the place; None when there is no object.
        teams: kinds of the teams of who submitted it (ROL-05, ROL-06).
        bronpartner: the kind of partner that takes over at the listed source when it is no trafficking (ROL-19).
    """

    vormen: frozenset[Vorm] = frozenset()
    minderjarig: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    urgentie: Urgentie = Urgentie.REGULIER
    objecttype: Objecttype | None = None
    treffers: frozenset[str] = frozenset()
    naleving: frozenset[str] = frozenset()
    ondermijning: bool = False
    binnenlands: JaNeeOnbekend = JaNeeOnbekend.ONBEKEND
    classificatie: Classificatie = Classificatie.MENSENHANDEL
    teams: frozenset[Teamsoort] = frozenset()
    bron: Bronsoort = Bronsoort.TOEZICHT
    bronpartner: Partnersoort | None = None
    vt_klasse: VtKlasse | None = None
    zc_geinformeerd: bool = False
    gesloten_route: bool = False

    @property
    def gezien(self) -> frozenset[str]:
        """Every hit, whatever its weight."""
        return self.treffers | self.naleving

    @property
    def bekende_vormen(self) -> frozenset[Vorm]:
        """The forms; 'onbekend' only when no other is known (RTE-08)."""
        return (self.vormen - {Vorm.ONBEKEND}) or frozenset({Vorm.ONBEKEND})


@dataclass(frozen=True, slots=True)
class Ontvanger:
    """A kind of partner that should receive the signal.

    Attributes:
        regel: the rule that decides; a compulsory one goes before others.
        regels: every rule that proposes it.
        naam: what the region calls it; the stored partner may carry another name.
        waarom: one sentence for the AF.
        via: who brings it there for the municipality, for the RIEC.
        ook: other kinds of partner that may fill its place in this region.
    """

    partnersoort: Partnersoort
    regel: str
    verplicht: bool
    waarom: str
    voor_wanneer: Wanneer
    naam: str
    regels: tuple[str, ...]
    nummer: str | None = None
    via: str | None = None
    ook: tuple[Partnersoort, ...] = ()


@dataclass(frozen=True, slots=True)
class InterneStap:
    """Something inside the municipality; it starts when the AF releases it (meldroute R9)."""

    soort: Intern
    regel: str
    waarom: str


@dataclass(frozen=True, slots=True)
class Melding:
    """A notice or question for the AF."""

    regel: str
    soort: str
    tekst: str


@dataclass(frozen=True, slots=True)
class Voorstel:
    """What is proposed for a signal.

    Attributes:
        ontvangers: partners, the soonest first.
        leidend: the kind of partner that takes the lead: the most urgent one; None without partners.
        urgentieregel: the row of table A.
    """

    ontvangers: tuple[Ontvanger, ...] = ()
    intern: tuple[InterneStap, ...] = ()
    meldingen: tuple[Melding, ...] = ()
    urgentieregel: Urgentieregel | None = None

    @property
    def leidend(self) -> Partnersoort | None:
        """The lead partner: the one that must hear it first."""
        return self.ontvangers[0].partnersoort if self.ontvangers else None

    @property
    def verplicht(self) -> frozenset[str]:
        """The kinds of partner that one person cannot leave out."""
        return frozenset(row.partnersoort.value for row in self.ontvangers if row.verplicht)

    @property
    def regels(self) -> frozenset[str]:
        """Ids of all rules that have a part in it."""
        inside = {step.regel for step in self.intern} | {notice.regel for notice in self.meldingen}
        return frozenset(nr for row in self.ontvangers for nr in row.regels) | inside


def propose(profiel: Profiel, feiten: Routefeiten) -> Voorstel:
    """The recipients of a signal: the union of all rules that hold; per kind of partner once, the soonest moment counts.

    A rule that is `enige` makes what others propose fall away, except what is compulsory (RTE-12, RTE-14) and what is `altijd`: a building
    in danger or a colleague whom it is about is not forgotten over it.
    """
    holding = [row for row in profiel.regels if holds(row.als, feiten)]
    enige = any(row.enige for row in holding)
    only = [row for row in holding if row.enige or row.altijd] if enige else []
    ontvangers = _recipients(profiel, feiten, holding, only)
    steps: dict[Intern, InterneStap] = {}
    for row in only or holding:
        for soort in row.intern:
            steps.setdefault(soort, InterneStap(soort, row.id, row.waarom))
    notices = [Melding(row.id, part.soort, part.tekst) for row in holding for part in row.meldingen]
    if profiel.riec_via is None:
        notices += [
            Melding(row.regel, "vraag", RIEC_ONTBREEKT) for row in ontvangers if row.partnersoort is Partnersoort.RIEC
        ]
    row_of_table = next((row for row in profiel.urgentie if _is_signal(row) and holds(row.als, feiten)), None)
    return Voorstel(tuple(ontvangers), tuple(steps.values()), tuple(dict.fromkeys(notices)), row_of_table)


def holds(als: list[Voorwaarde], feiten: Routefeiten) -> bool:
    """Whether one of the conditions fits; without conditions it always holds, for a suspicion of trafficking."""
    return any(_fits(condition, feiten) for condition in als or [Voorwaarde()])


def _is_signal(row: Urgentieregel) -> bool:
    """Rows of table A that make no signal are there to be read, not to be matched with one."""
    return row.urgentie in set(Urgentie)


_PASST: dict[str, Callable[[Routefeiten, frozenset[str]], bool]] = {
    "vormen": lambda f, asked: bool(asked & f.bekende_vormen),
    "minderjarig": lambda f, asked: f.minderjarig in asked,
    "urgenties": lambda f, asked: f.urgentie in asked,
    "objecttypen": lambda f, asked: f.objecttype in asked,
    "treffers": lambda f, asked: bool(asked & f.gezien),
    "alleen_treffers": lambda f, asked: bool(asked & f.gezien) and f.treffers <= asked,
    "zonder_treffers": lambda f, asked: not asked & f.gezien,
    "binnenlands": lambda f, asked: f.binnenlands in asked,
    "teams": lambda f, asked: bool(asked & f.teams),
    "bronnen": lambda f, asked: f.bron in asked,
    "vt_klassen": lambda f, asked: f.vt_klasse in asked,
}


def _fits(als: Voorwaarde, feiten: Routefeiten) -> bool:
    if feiten.classificatie not in (als.classificaties or [Classificatie.MENSENHANDEL]):
        return False
    for name in ("ondermijning", "zc_geinformeerd", "gesloten_route"):
        asked = getattr(als, name)
        if asked is not None and asked != getattr(feiten, name):
            return False
    return all(
        fits(feiten, frozenset(asked)) for name, fits in _PASST.items() if (asked := getattr(als, name)) is not None
    )


@dataclass(slots=True)
class _Gevonden:
    """What the rules say of one kind of partner, while it is put together."""

    soort: Partnersoort
    regels: list[str] = field(default_factory=list)
    waarom: str = ""
    wanneer: Wanneer = Wanneer.NA_VRIJGAVE
    verplicht: bool = False
    nummer: str | None = None


def _recipients(profiel: Profiel, feiten: Routefeiten, holding: list[Regel], only: list[Regel]) -> list[Ontvanger]:
    found: dict[Partnersoort, _Gevonden] = {}
    for row in holding:
        for part in row.ontvangers:
            if only and row not in only and not part.verplicht:
                continue
            soort = feiten.bronpartner if part.uit_bron and feiten.bronpartner is not None else part.soort
            one = found.setdefault(soort, _Gevonden(soort))
            decides = not one.regels or (part.verplicht and not one.verplicht)
            one.regels = [row.id, *one.regels] if decides else [*one.regels, row.id]
            if decides:
                one.waarom = part.reden or row.waarom
            one.verplicht = one.verplicht or part.verplicht
            one.nummer = one.nummer or part.nummer
            one.wanneer = min(one.wanneer, part.wanneer[feiten.urgentie], key=SNELHEID.__getitem__)
    ordered = sorted(found.values(), key=lambda one: (SNELHEID[one.wanneer], not one.verplicht))
    named = profiel.partners
    return [
        Ontvanger(
            partnersoort=one.soort,
            regel=one.regels[0],
            verplicht=one.verplicht,
            waarom=one.waarom,
            voor_wanneer=one.wanneer,
            naam=named[one.soort].naam if one.soort in named else one.soort.value,
            regels=tuple(dict.fromkeys(one.regels)),
            nummer=one.nummer,
            via=profiel.riec_via if one.soort is Partnersoort.RIEC else None,
            ook=tuple(named[one.soort].ook) if one.soort in named else (),
        )
        for one in ordered
    ]
