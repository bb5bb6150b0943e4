"""Query on signals by place, for the one rule that must know of coercion to offences (DEF-05)."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlmodel import Session, col, select

from app.signalen.status import Signaalstatus
from app.signalen.tables import Signaal

_TELT_NIET = (Signaalstatus.CONCEPT, Signaalstatus.SAMENGEVOEGD)


def forms_at(session: Session, objects: Collection[UUID]) -> Sequence[tuple[UUID | None, list[str], str | None]]:
    """Object, forms and closing code of the signals at objects; who asks answers for what he tells of it."""
    query = select(Signaal.object_id, Signaal.vormen, Signaal.sluitcode).where(
        col(Signaal.object_id).in_(objects),
        col(Signaal.status).not_in(_TELT_NIET),
        col(Signaal.gesloten_route).is_(False),
    )
    return [(place, list(forms), code) for place, forms, code in session.exec(query).all()]
