"""What a measure waits for before it binds anybody: asked when it is intended, checked when it is imposed (INS-05, ROL-12, DEF-05).

Who imposes it sees "wacht op afstemming", the same at every place and for every cause. The AF answers (`beslissen.py`).
"""

from dataclasses import dataclass
from typing import Self

from app.bevindingen.service.bevindingen import objects_with_hit
from app.checklists.service import items_of_group
from app.core.clock import add_working_days
from app.core.unit_of_work import UnitOfWork
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.accounts import TaakCreate
from app.gemeenten.service.taken import close_taak_of, reopen_taak
from app.gemeenten.status import Taakstatus
from app.maatregelen.errors import GeenOvereenstemming, MaatregelWacht
from app.maatregelen.repository import afstemmingen as repository
from app.maatregelen.rules.afstemming import binds, grounds, is_agreed
from app.maatregelen.rules.interventies import asks_om
from app.maatregelen.service.antwoord import read_answer
from app.maatregelen.service.interventies import interventions
from app.maatregelen.status import Afstemreden, Afstemverzoekstand, GerichtOp, Maatregelstatus
from app.maatregelen.tables import Maatregel, Maatregelafstemming
from app.signalen.service.dwang import crime_signals_at

AFSTEMMEN = "maatregel-afstemmen"
WERKDAGEN = 2
"""Working days that the AF's task gets [E]."""
CRIMINELE_DWANG = "CRIM"


@dataclass(frozen=True)
class Afstemvraag:
    """On what an agreement rests: another ground or another role at the place is another question."""

    grondslag: str
    gericht_op: GerichtOp
    interventie: str | None

    @classmethod
    def of(cls, row: Maatregel) -> Self:
        """As the measure stands now."""
        return cls(row.grondslag, row.gericht_op, row.interventie)


def grounds_of(uow: UnitOfWork, row: Maatregel) -> frozenset[Afstemreden]:
    """Why a measure needs agreement with what is known now, whoever asks; told to the AF alone."""
    om = asks_om(interventions(uow, row.gemeentecode), row.interventie, row.soort.value, row.grondslag)
    dwang = row.gericht_op is GerichtOp.VERBLIJFT and bool(
        objects_with_hit(uow, {row.object_id}, items_of_group(CRIMINELE_DWANG)) | crime_signals_at(uow, {row.object_id})
    )
    return grounds(row.gericht_op, om=om, dwang=dwang)


def refuse_unagreed(uow: UnitOfWork, row: Maatregel, *, renewed: bool = False) -> None:
    """Refuses that a measure binds before there is agreement on all that is known now.

    Args:
        uow: the unit of work.
        row: the measure as it would stand.
        renewed: it became another question just now, so that an earlier answer does not count.

    Raises:
        MaatregelWacht: there is no answer yet, or none to what became known since.
        GeenOvereenstemming: the answer was no.
    """
    if not binds(row.status, row.opgelegd_op, uow.today):
        return
    needed = grounds_of(uow, row)
    asked = None if renewed else repository.of_measure(uow.session, row.id)
    known = read_answer(uow, asked).redenen if asked is not None else []
    if is_agreed(None if asked is None else asked.stand, needed, known):
        return
    if asked is not None and asked.stand is Afstemverzoekstand.GEEN:
        raise GeenOvereenstemming
    raise MaatregelWacht


def follow_alignment(uow: UnitOfWork, row: Maatregel, *, renewed: bool = False) -> None:
    """Asks the AF about an intended measure, once per question; what does not wait any more lapses."""
    asked = repository.of_measure(uow.session, row.id)
    if row.status is Maatregelstatus.VOORGENOMEN and grounds_of(uow, row):
        if asked is None:
            asked = Maatregelafstemming(maatregel_id=row.id, gemeentecode=row.gemeentecode, gevraagd_op=uow.now)
            uow.session.add(asked)
        elif renewed or asked.stand is Afstemverzoekstand.VERVALLEN:
            asked.stand, asked.versie = Afstemverzoekstand.WACHT, asked.versie + 1
        else:
            return
        uow.session.flush()
        reopen_taak(uow, _task(uow, asked))
    elif asked is not None and asked.stand is Afstemverzoekstand.WACHT:
        asked.stand, asked.versie = Afstemverzoekstand.VERVALLEN, asked.versie + 1
        uow.session.flush()
        close_taak_of(uow, AFSTEMMEN, asked.id, Taakstatus.VERVALLEN)


def ask_again(uow: UnitOfWork, row: Maatregel) -> None:
    """Opens the question anew when something became known after the answer, so that the AF sees it without being told by others."""
    asked = repository.of_measure(uow.session, row.id)
    if asked is None or asked.stand is not Afstemverzoekstand.AFGESTEMD:
        return
    if is_agreed(asked.stand, grounds_of(uow, row), read_answer(uow, asked).redenen):
        return
    asked.stand, asked.versie = Afstemverzoekstand.WACHT, asked.versie + 1
    uow.session.flush()
    reopen_taak(uow, _task(uow, asked))


def _task(uow: UnitOfWork, asked: Maatregelafstemming) -> TaakCreate:
    return TaakCreate(
        gemeentecode=asked.gemeentecode,
        soort=AFSTEMMEN,
        omschrijving="Beantwoord een verzoek om afstemming.",
        voor_rol=Rol.AF,
        onderwerp_soort="afstemverzoek",
        onderwerp_id=asked.id,
        voor_datum=add_working_days(uow.today, WERKDAGEN),
    )
