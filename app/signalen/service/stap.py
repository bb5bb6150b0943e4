"""One step while it is being done: the locked signal, what is asked, and who does it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from app.core.http.schemas import ApiInput
from app.core.unit_of_work import UnitOfWork
from app.signalen.adapters.terugkoppelbestand import feedback_texts
from app.signalen.repository import stappen as repository
from app.signalen.rules.delen import share_faults
from app.signalen.rules.overgangen import OPEN
from app.signalen.rules.terugkoppelteksten import Moment, group_of
from app.signalen.schemas import stappen as s
from app.signalen.service.gebeurtenissen import Handelend
from app.signalen.service.ontvangers import valid_partners
from app.signalen.service.plaats import is_dwelling
from app.signalen.tables import Signaal

Vorm = TypeVar("Vorm", bound=ApiInput)


@dataclass(frozen=True)
class Stapwerk:
    """What the work of a step gets.

    Attributes:
        leidend: the other signal of a merge, locked.
    """

    uow: UnitOfWork
    signaal: Signaal
    stap: ApiInput
    door: Handelend
    leidend: Signaal | None = None

    def asked(self, vorm: type[Vorm]) -> Vorm:
        """What is asked, as the shape of this step."""
        if not isinstance(self.stap, vorm):
            msg = f"a step of {type(self.stap).__name__} does not fit {vorm.__name__}"
            raise TypeError(msg)
        return self.stap

    def faults(self) -> list[str]:
        """What in the request itself does not hold against what is stored, in Dutch; the guards come beside it."""
        checks: dict[type[ApiInput], Callable[[], list[str]]] = {
            s.Uitzetten: self._sharing,
            s.ZorgcoordinatorInlichten: self._moment,
            s.InBehandelingNemen: self._own_hand_over,
            s.Samenvoegen: self._leading,
            s.Sluiten: self._closing,
            s.Terugkoppelen: self._telling,
            s.Heropenen: self._content,
        }
        check = checks.get(type(self.stap))
        return [] if check is None else check()

    def _sharing(self) -> list[str]:
        partners = valid_partners(self.uow, self.signaal.gemeentecode)
        home = is_dwelling(self.uow, self.signaal.object_id)
        items = self.asked(s.Uitzetten).overdrachten
        faults = []
        if len({item.partner_id for item in items}) < len(items):
            faults.append("Noem elke partner een keer.")
        already = {row.partner_id for row in repository.overdrachten_of(self.uow.session, self.signaal.id)}
        for item in items:
            partner = partners.get(item.partner_id)
            if partner is not None:
                faults += share_faults(partner.soort.value, item.velden, item.grond, woning=home)
                if partner.id in already:
                    faults.append("Aan deze partner is dit signaal al overgedragen.")
        return list(dict.fromkeys(faults))

    def _moment(self) -> list[str]:
        step = self.asked(s.ZorgcoordinatorInlichten)
        late = step.geinformeerd_op > self.uow.now or (step.consult_op is not None and step.consult_op > self.uow.today)
        return ["Dat moment ligt in de toekomst."] if late else []

    def _own_hand_over(self) -> list[str]:
        wanted = self.asked(s.InBehandelingNemen).overdracht_id
        known = {row.id for row in repository.overdrachten_of(self.uow.session, self.signaal.id)}
        return [] if wanted in known else ["Kies een overdracht van dit signaal."]

    def _leading(self) -> list[str]:
        if self.leidend is None or self.leidend.id == self.signaal.id:
            return ["Kies een ander signaal waarmee u dit samenvoegt."]
        return [] if self.leidend.status in OPEN else ["Het andere signaal is niet meer open."]

    def _content(self) -> list[str]:
        gone = self.signaal.inhoud_verwijderd_op is not None
        return ["De inhoud van dit signaal is verwijderd. Maak een nieuw signaal."] if gone else []

    def _closing(self) -> list[str]:
        feedback = self.asked(s.Sluiten).terugkoppeling
        return [] if feedback is None else self._feedback_faults(Moment.SLUITEN, feedback)

    def _telling(self) -> list[str]:
        step = self.asked(s.Terugkoppelen)
        faults = self._feedback_faults(step.moment, step)
        if step.moment is Moment.SLUITEN and self.signaal.status in OPEN:
            faults.append("Dit signaal is nog open; geef deze terugkoppeling bij het sluiten.")
        return faults

    def _feedback_faults(self, moment: Moment, given: s.Terugkoppeling) -> list[str]:
        group = group_of(self.signaal.bron, listed=self.signaal.bron_code is not None)
        return feedback_texts().faults(group, moment, given.tekstcode, given.niet_mogelijk)
