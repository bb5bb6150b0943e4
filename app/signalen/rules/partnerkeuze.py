"""Which stored partner a proposed recipient is: one that is valid today, or why there is none (REG-16, DAT-09)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.gemeenten.rules.perioden import Periode
from app.gemeenten.status import Partnersoort
from app.signalen.rules.routering import Ontvanger

GEEN_PARTNER = "geen partner ingesteld"


@dataclass(frozen=True, slots=True)
class Partnerafspraak:
    """A partner as far as choosing looks at it."""

    id: UUID
    soort: Partnersoort
    naam: str
    vormen: frozenset[str]
    geldig: Periode


@dataclass(frozen=True, slots=True)
class VoorgesteldeOntvanger:
    """A recipient with the partner that would receive it.

    Attributes:
        partner_id: the partner; None when it is blocked.
        partner_naam: name of the partner, also of one whose agreement has ended.
        blokkade: why nothing can be handed over now, in Dutch; None when it can.
    """

    ontvanger: Ontvanger
    partner_id: UUID | None
    partner_naam: str | None
    blokkade: str | None


def choose(
    ontvanger: Ontvanger, partners: Iterable[Partnerafspraak], vormen: Collection[str], day: date
) -> VoorgesteldeOntvanger:
    """The partner for a recipient: of its own kind before a kind that may fill its place; valid today; rather for these forms.

    An agreement that has ended or not begun is shown and blocks; without any partner that is shown as well, never dropped.
    """
    kinds = (ontvanger.partnersoort, *ontvanger.ook)
    known = [one for kind in kinds for one in partners if one.soort is kind]
    valid = [one for one in known if one.geldig.holds_on(day)]
    if valid:
        first = [one for one in valid if one.soort is valid[0].soort]
        fitting = [one for one in first if not one.vormen or not one.vormen.isdisjoint(vormen)]
        chosen = (fitting or first)[0]
        return VoorgesteldeOntvanger(ontvanger, chosen.id, chosen.naam, None)
    ended = [one for one in known if one.geldig.tot is not None and one.geldig.tot < day]
    if ended:
        last = max(ended, key=lambda one: one.geldig.tot or day)
        return VoorgesteldeOntvanger(ontvanger, None, last.naam, f"afspraak verlopen op {last.geldig.tot:%d-%m-%Y}")
    if known:
        soonest = min(known, key=lambda one: one.geldig.vanaf)
        why = f"afspraak begint op {soonest.geldig.vanaf:%d-%m-%Y}"
        return VoorgesteldeOntvanger(ontvanger, None, soonest.naam, why)
    return VoorgesteldeOntvanger(ontvanger, None, None, GEEN_PARTNER)
