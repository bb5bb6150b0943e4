"""A stock with shifts, partners, norms and controls for the tests of the planning service."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlmodel import Session

from app.controles.status import Aanleiding, Controlestatus
from app.controles.tables import Actie, Controle, Deelname
from app.core.identifiers import new_id
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.adapters.bestanden import read_norm_seeds
from app.gemeenten.service.normen import seed_norms
from app.gemeenten.status import Partnersoort
from app.gemeenten.tables import Norm, Partner
from app.objecten.status import Objecttype, Risicostatus, Vergunningsoort, Vergunningstatus
from app.objecten.tables import Adres, Object, Risicoadres, Vergunning
from app.planning.status import Beschikbaarheidsoort
from app.planning.tables import Beschikbaarheid
from tests.support.municipality import STAD

INSTELLINGEN = Path(__file__).parents[2] / "checklists" / "planinstellingen-1.yaml"
AVOND = {str(day): [[18 * 60, 26 * 60]] for day in range(1, 8)}
NORMEN = {
    "CONTROLE_SEKS_PER_JAAR": 6.0,
    "CONTROLE_INTEGRAAL_BEDRIJF_PER_JAAR": 100.0,
    "CONTROLE_INTEGRAAL_BESTUURLIJK_PER_JAAR": 4.0,
    "HORECA_PER_JAAR": 1.0,
    "RISICOADRES_DAGEN": 14.0,
    "RISICOADRES_HERZIEN_DAGEN": 180.0,
    "BIBOB_TOETS_JAREN": 4.0,
    "MINIMUM_TUSSEN_CONTROLES_DAGEN": 14.0,
    "HERPLAN_SECONDEN": 20.0,  # the clock never decides here, on however busy a machine
}


class Stad:
    """Stores what a test needs, one call per thing."""

    def __init__(self, uow: UnitOfWork, count: int = 0) -> None:
        self.session: Session = uow.session
        self._count = count

    @classmethod
    def with_norms(cls, uow: UnitOfWork) -> "Stad":
        """With the shipped settings of the planner and the norms of this municipality."""
        seed_norms(uow, "", read_norm_seeds(INSTELLINGEN).landelijk)
        for sleutel, waarde in NORMEN.items():
            uow.session.add(
                Norm(
                    gemeentecode=STAD,
                    sleutel=sleutel,
                    waarde=waarde,
                    eenheid="per jaar",
                    geldig_vanaf=date(2020, 1, 1),
                    bron="test",
                )
            )
        uow.session.flush()
        return cls(uow)

    def place(
        self, soort: Objecttype, *, ligging: bool = True, open_: dict[str, list[list[int]]] | None = None
    ) -> UUID:
        """An object in one neighbourhood."""
        self._count += 1
        x, y = (80_000.0 + 120 * self._count, 450_000.0) if ligging else (None, None)
        adres = Adres(
            gemeentecode=STAD,
            straat="Voorbeeldkade",
            huisnummer=self._count,
            postcode="1234AB",
            woonplaats="Voorbeeldstad",
            x=x,
            y=y,
        )
        self.session.add(adres)
        self.session.flush()
        made = Object(
            gemeentecode=STAD,
            nummer=f"{soort}-{self._count:03}",
            type=soort,
            naam=f"{soort} {self._count}",
            adres_id=adres.id,
            x=x,
            y=y,
            wijkcode="WK990101",
            buurtcode="BU99010101",
            openingstijden=open_,
            bron="test",
        )
        self.session.add(made)
        self.session.flush()
        return made.id

    def permit(self, object_id: UUID, soort: Vergunningsoort, vanaf: date) -> UUID:
        """A permit without an end."""
        self._count += 1
        made = Vergunning(
            gemeentecode=STAD,
            object_id=object_id,
            soort=soort,
            nummer=f"V-{self._count:03}",
            status=Vergunningstatus.VERLEEND,
            geldig_vanaf=vanaf,
            bron="test",
        )
        self.session.add(made)
        self.session.flush()
        return made.id

    def seks(self, vanaf: date) -> UUID:
        """A licensed sex establishment."""
        made = self.place(Objecttype.SEKS, open_=AVOND)
        self.permit(made, Vergunningsoort.SEKSINRICHTING, vanaf)
        return made

    def horeca(self, vanaf: date) -> UUID:
        """A licensed horeca object."""
        made = self.place(Objecttype.HOR)
        self.permit(made, Vergunningsoort.HORECA, vanaf)
        return made

    def risk(self, in_beeld: date, voor: date) -> UUID:
        """A dwelling that is a risk address."""
        made = self.place(Objecttype.WON)
        row = self.session.get_one(Object, made)
        self.session.add(
            Risicoadres(
                gemeentecode=STAD,
                adres_id=row.adres_id,
                object_id=made,
                reden="melding van overlast",
                bron="test",
                in_beeld_op=in_beeld,
                herzien_op=in_beeld + timedelta(days=180),
                controle_voor=voor,
                status=Risicostatus.OPEN,
            )
        )
        self.session.flush()
        return made

    def control(self, object_id: UUID, datum: date, **more: object) -> UUID:
        """A control; completed, inside and with everything answered unless told otherwise."""
        facts: dict[str, object] = {
            "status": Controlestatus.AFGEROND,
            "aanleiding": Aanleiding.NORM,
            "bedrijfsplan_beantwoord": True,
            "arbeid_beantwoord": True,
            "binnen": True,
        }
        made = Controle(id=new_id(), gemeentecode=STAD, object_id=object_id, datum=datum, **(facts | more))  # type: ignore[arg-type]  # fields by name
        self.session.add(made)
        self.session.flush()
        return made.id

    def partner(self, soort: Partnersoort = Partnersoort.POLITIE) -> UUID:
        """A partner organisation."""
        made = Partner(
            gemeentecode=STAD, soort=soort, naam=soort.value, aliassen=[], vormen=[], geldig_vanaf=date(2020, 1, 1)
        )
        self.session.add(made)
        self.session.flush()
        return made.id

    def action(self, datum: date, objects: list[UUID], partner: UUID | None) -> UUID:
        """An integral action that was held at these objects."""
        actie = Actie(gemeentecode=STAD, datum=datum)
        self.session.add(actie)
        self.session.flush()
        self.session.add(Deelname(actie_id=actie.id, dienst="gemeente toezicht"))
        if partner is not None:
            self.session.add(
                Deelname(actie_id=actie.id, partner_id=partner, dienst="partner", soort="politie-mensenhandel")
            )
        for object_id in objects:
            self.control(object_id, datum, actie_id=actie.id, integraal=True, aanleiding=Aanleiding.INTEGRALE_ACTIE)
        self.session.flush()
        return actie.id

    def shifts(
        self, team: UUID, first: date, days: int, every: int = 1, van: int = 17 * 60, tot: int = 25 * 60
    ) -> None:
        """Evening shifts of a team."""
        for number in range(0, days, every):
            self.session.add(
                Beschikbaarheid(
                    gemeentecode=STAD,
                    soort=Beschikbaarheidsoort.DIENST,
                    team_id=team,
                    datum=first + timedelta(days=number),
                    van=van,
                    tot=tot,
                )
            )
        self.session.flush()

    def partner_days(self, partner: UUID, first: date, days: int) -> None:
        """Days on which a partner can take part."""
        for number in range(days):
            self.session.add(
                Beschikbaarheid(
                    gemeentecode=STAD,
                    soort=Beschikbaarheidsoort.PARTNER,
                    partner_id=partner,
                    datum=first + timedelta(days=number),
                    van=0,
                    tot=1440,
                )
            )
        self.session.flush()
