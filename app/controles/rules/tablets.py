"""When a tablet asks for attention of the office: work on it that does not arrive (design section 5)."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

PROTOCOL = 1
"""The newest version of the sync protocol (docs/synchronisatie.md). Every older one stays understood: an outbox is never stranded."""


def needs_update(appversie: str, protocolversie: int, minimum: str) -> bool:
    """Whether an app is to be updated: it speaks an older protocol, or is older than the set minimum."""
    return protocolversie < PROTOCOL or _numbers(appversie) < _numbers(minimum)


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version before any suffix: 1.10.0 comes after 1.9.2."""
    head = re.match(r"[0-9.]*", version)
    found = [int(part) for part in (head.group() if head else "").split(".") if part]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Tabletstand:
    """What a tablet told last.

    Attributes:
        gezien_op: when it told that.
        wachtrij: records not sent yet.
        oudste_op: the oldest of them.
        fotos: photos not stored yet.
        oudste_foto_op: the oldest of them.
        geweigerd: records that the service refused.
        kopie_op: when another tablet was seen to send under its id.
    """

    gezien_op: datetime
    wachtrij: int
    oudste_op: datetime | None
    fotos: int
    oudste_foto_op: datetime | None
    geweigerd: int
    kopie_op: datetime | None = None


def attention(stand: Tabletstand, now: datetime, silent_hours: float | None) -> list[str]:
    """Why the office should look at a tablet, in Dutch; empty when all is well.

    Args:
        stand: what it told.
        now: the moment of asking.
        silent_hours: norm TABLET_STIL_UREN; None asks for nothing by age.
    """
    reasons = []
    if stand.geweigerd:
        reasons.append(f"{stand.geweigerd} record(s) geweigerd; kijk op de tablet waarom")
    if silent_hours is None:
        return reasons
    if stand.kopie_op is not None and stand.gezien_op - stand.kopie_op >= timedelta(hours=silent_hours):
        reasons.append(
            "twee tablets gebruikten dit kenmerk en het is nog in gebruik; werk de app bij of installeer haar opnieuw"
        )
    limit = now - timedelta(hours=silent_hours)
    if stand.oudste_op is not None and stand.oudste_op <= limit:
        reasons.append(f"werk is langer dan {silent_hours:.0f} uur niet verstuurd")
    if stand.oudste_foto_op is not None and stand.oudste_foto_op <= limit:
        reasons.append(f"een foto is langer dan {silent_hours:.0f} uur niet verstuurd")
    if (stand.wachtrij or stand.fotos) and stand.gezien_op <= limit:
        reasons.append(f"er staat nog werk op, en de tablet meldde zich langer dan {silent_hours:.0f} uur niet")
    return reasons
