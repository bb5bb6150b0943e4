"""Which kinds of event stand on their own, and which operation of the table of rights each kind stands for."""

from app.controles.status import Gebeurtenissoort as Soort

LOS = frozenset({Soort.RONDE, Soort.VLAG, Soort.SIGNAAL, Soort.EXPLOITANTGESPREK})
"""Records of their own, which no control waits for; the event id is their id."""

ZONDER_CONTROLE = LOS | {Soort.ACUUT, Soort.BELMOMENT}
"""Kinds that may come without a control: danger and a gut feeling need none (RTE-01, RTE-24)."""

DRINGEND = frozenset({Soort.ACUUT, Soort.BELMOMENT, Soort.SIGNAAL})
"""Kinds that never wait for a bound, on the tablet nor at the service."""

_EIGEN = {
    Soort.RONDE: "rondes_toevoegen",
    Soort.VLAG: "vlaggen_toevoegen",
    Soort.SIGNAAL: "signalen_toevoegen",
    Soort.EXPLOITANTGESPREK: "exploitantgesprekken_toevoegen",
    # whoever may submit a signal may call for help, and tell when
    Soort.ACUUT: "signalen_toevoegen",
    Soort.BELMOMENT: "signalen_toevoegen",
}


def operation_of(soort: Soort) -> str:
    """The operation whose roles may send this kind of event; for all that is part of a control that is starting one."""
    return _EIGEN.get(soort, "controles_starten")
