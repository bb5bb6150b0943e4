"""The dated norms and settings that planning reads from the norm table of a municipality (design section 1, point 5).

A norm that is absent does not apply to the municipality (REG-02). A setting of the planner must be there: without it a
plan would rest on a number that nobody chose.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from app.objecten.status import Objecttype

SEKS, BEDRIJF, ACTIES = (
    "CONTROLE_SEKS_PER_JAAR",
    "CONTROLE_INTEGRAAL_BEDRIJF_PER_JAAR",
    "CONTROLE_INTEGRAAL_BESTUURLIJK_PER_JAAR",
)
HORECA, TUSSENTIJD = "HORECA_PER_JAAR", "MINIMUM_TUSSEN_CONTROLES_DAGEN"
RISICO = "RISICOADRES_DAGEN"
HORECA_SPELING, VLAG_DAGEN = "PLAN_HORECA_SPELING", "PLAN_VLAG_DAGEN"
VRIJ = "VRIJE_RUIMTE"
"""Key of a visit that no norm asks for; not a row of the norm table."""


class SettingsMissing(ValueError):
    """Settings that the norm table does not hold; `sleutels` names them."""

    def __init__(self, sleutels: list[str]) -> None:
        super().__init__(", ".join(sleutels))
        self.sleutels = sleutels


@dataclass(frozen=True, slots=True)
class Normen:
    """The norms that say how often something must be controlled; 0 where none holds.

    Attributes:
        seks_per_jaar: Controls a year per licensed sex establishment (CAD-01).
        bedrijven_per_jaar: Integral business controls a year (CAD-03).
        acties_per_jaar: Integral administrative acties a year (CAD-04).
        horeca_per_jaar: Controls a year per licensed horeca object; may be a fraction (CAD-19).
        tussentijd_dagen: Least number of days between two controls of one object.
        actie_tussentijd_dagen: Least number of days between two acties.
        actie_voorbereiding_werkdagen: Working days that partners need before an actie.
        bedrijven_per_werkdag: Most integral business controls that the teams can do on a working day.
        horeca_speling: Part of the interval that a control of a horeca object may stand before or after its day (0 to 1; CAD-19).
        vlag_dagen: Days that a flag at an address counts, or until the first control after it.
    """

    seks_per_jaar: int
    bedrijven_per_jaar: int
    acties_per_jaar: int
    horeca_per_jaar: float
    tussentijd_dagen: int
    actie_tussentijd_dagen: int
    actie_voorbereiding_werkdagen: int
    bedrijven_per_werkdag: int
    horeca_speling: float
    vlag_dagen: int

    @property
    def horeca_maanden(self) -> int:
        """Months between two controls of a horeca object; 0 when there is no number (CAD-19)."""
        return max(1, round(12 / self.horeca_per_jaar)) if self.horeca_per_jaar > 0 else 0

    @property
    def horeca_speling_dagen(self) -> int:
        """Days that a control of a horeca object may stand before or after the day on which it comes round; a month counts as 30."""
        return round(30 * self.horeca_maanden * self.horeca_speling)


@dataclass(frozen=True, slots=True)
class Planinstellingen:
    """Settings of the planner.

    Attributes:
        duur: Minutes on the spot per object type.
        pauze: Minutes of a shift that are not for visits or travel.
        bezetting: Members of a team that must be designated before the team may do a kind of visit.
        venster_dagen: Width of a drawn window (unpredictability).
        inhaal_dagen: Days within which what is late already must be done.
        spreiding_dagen: Days that a control of a sex establishment may stand before or after the day on which the rolling year asks for it.
        extra_bezoeken: Extra controls per sex establishment a year on average (0 to 1), so that the last one of the norm says nothing.
        reistijd: Minutes of travel per visit that are set aside before routes are known.
        aandeel_willekeurig: Share of the capacity left by the norms that is drawn by lot (0 to 1).
        punten_termijn: Points for a visit that is due, half of it half way.
        punten_laatste: Points for an object that was not controlled for `laatste_vol_dagen` or longer.
        punten_vergunning: Points for a permit that is new or about to end.
        punten_wens: Points for an object of which a planner wishes a control (PLN-17); 0 where no points were set.
        punten_hercontrole: Points for an object of which a re-check is open.
        punten_vlag: Points for an object at an address that was flagged lately.
        punten_aselect: Points for a visit that was drawn by lot; more than all others together.
        actie_adressen_min: Least number of objects in an actie.
        actie_adressen_max: Most objects in an actie.
        actie_diensten: Shifts that an actie takes.
        laatste_vol_dagen: Days after which the time since the last control counts in full.
        dringend_dagen: Days before the day on which a visit is due from which it goes before all that can wait.
        waarde_bezoek: Minutes of travel that a visit is worth as soon as it may be done.
        waarde_uiterst: Minutes of travel that it is worth more by the day on which it is due.
        punten_per_minuut: Points of the priority that weigh as much as one minute of travel.
        vroeg_minuten: Minutes of travel that a shift may lose to have what goes first early in it.
        lot_stap_1: Days from which on a gap between two controls of an establishment is drawn more often, so that the days right after one are
            not the likeliest.
        lot_stap_2: The same, once more.
    """

    duur: Mapping[Objecttype, int]
    pauze: int
    bezetting: int
    venster_dagen: int
    inhaal_dagen: int
    spreiding_dagen: int
    extra_bezoeken: float
    reistijd: int
    aandeel_willekeurig: float
    punten_termijn: int
    punten_laatste: int
    punten_vergunning: int
    punten_aselect: int
    actie_adressen_min: int
    actie_adressen_max: int
    actie_diensten: int
    punten_wens: int = 0
    # Came after the first municipality planned with the others: until a table holds them the value that is shipped counts.
    punten_hercontrole: int = 80
    punten_vlag: int = 60
    laatste_vol_dagen: int = 730
    dringend_dagen: int = 14
    waarde_bezoek: int = 15
    waarde_uiterst: int = 45
    punten_per_minuut: int = 5
    vroeg_minuten: int = 2
    lot_stap_1: int = 14
    lot_stap_2: int = 28

    @property
    def lot_stappen(self) -> tuple[int, ...]:
        """Both steps of the draw, the first one first."""
        return tuple(sorted((self.lot_stap_1, self.lot_stap_2)))


_INSTELLINGEN = {
    "pauze": "PLAN_PAUZE_MIN",
    "bezetting": "PLAN_BEZETTING",
    "venster_dagen": "PLAN_VENSTER_DAGEN",
    "inhaal_dagen": "PLAN_INHAAL_DAGEN",
    "spreiding_dagen": "PLAN_SPREIDING_DAGEN",
    "reistijd": "PLAN_REISTIJD_MIN",
    "punten_termijn": "PLAN_PUNTEN_TERMIJN",
    "punten_laatste": "PLAN_PUNTEN_LAATSTE_CONTROLE",
    "punten_vergunning": "PLAN_PUNTEN_VERGUNNING",
    "punten_aselect": "PLAN_PUNTEN_ASELECT",
    "actie_adressen_min": "ACTIE_ADRESSEN_MIN",
    "actie_adressen_max": "ACTIE_ADRESSEN_MAX",
    "actie_diensten": "ACTIE_DIENSTEN",
}
_DUUR = {soort: f"PLAN_DUUR_{soort}_MIN" for soort in Objecttype}
WENS_PUNTEN = "PLAN_PUNTEN_WENS"
LATERE_SLEUTELS = {
    "punten_hercontrole": "PLAN_PUNTEN_HERCONTROLE",
    "punten_vlag": "PLAN_PUNTEN_VLAG",
    "laatste_vol_dagen": "PLAN_LAATSTE_VOL_DAGEN",
    "dringend_dagen": "PLAN_DRINGEND_DAGEN",
    "waarde_bezoek": "PLAN_WAARDE_BEZOEK_MIN",
    "waarde_uiterst": "PLAN_WAARDE_UITERST_MIN",
    "punten_per_minuut": "PLAN_PUNTEN_PER_MINUUT",
    "vroeg_minuten": "PLAN_VROEG_MIN",
    "lot_stap_1": "PLAN_LOT_STAP_1_DAGEN",
    "lot_stap_2": "PLAN_LOT_STAP_2_DAGEN",
}
_AANDEEL, _EXTRA = "PLAN_AANDEEL_WILLEKEURIG", "PLAN_EXTRA_BEZOEKEN"
INSTELLINGSLEUTELS = (*_INSTELLINGEN.values(), *_DUUR.values(), _AANDEEL, _EXTRA)


def read_norms(table: Mapping[str, float]) -> Normen:
    """The norms of a municipality on one day."""

    def whole(key: str, absent: int = 0) -> int:
        return int(table.get(key, absent))

    return Normen(
        seks_per_jaar=whole(SEKS),
        bedrijven_per_jaar=whole(BEDRIJF),
        acties_per_jaar=whole(ACTIES),
        horeca_per_jaar=table.get(HORECA, 0.0),
        tussentijd_dagen=whole(TUSSENTIJD, 1),
        actie_tussentijd_dagen=whole("ACTIE_TUSSENTIJD_DAGEN", 1),
        actie_voorbereiding_werkdagen=whole("ACTIE_VOORBEREIDING_WERKDAGEN"),
        bedrijven_per_werkdag=whole("BEDRIJF_PER_WERKDAG", 1),
        horeca_speling=min(1.0, max(0.0, table.get(HORECA_SPELING, 0.5))),
        vlag_dagen=whole(VLAG_DAGEN, 365),
    )


def read_settings(table: Mapping[str, float]) -> Planinstellingen:
    """The settings of the planner on one day.

    Raises:
        SettingsMissing: the norm table lacks some of them; all are named.
    """
    missing = [key for key in INSTELLINGSLEUTELS if key not in table]
    if missing:
        raise SettingsMissing(missing)
    return Planinstellingen(
        duur={soort: int(table[key]) for soort, key in _DUUR.items()},
        aandeel_willekeurig=table[_AANDEEL],
        punten_wens=int(table.get(WENS_PUNTEN, 0)),
        extra_bezoeken=min(1.0, max(0.0, table[_EXTRA])),
        **{name: int(table[key]) for name, key in _INSTELLINGEN.items()},
        **{name: max(0, int(table[key])) for name, key in LATERE_SLEUTELS.items() if key in table},
    )
