"""The base of table B: kinds of partner per form of exploitation, before a region adds its own (sources S-DH, S-UH)."""

from collections.abc import Collection

from app.signalen.status import Classificatie, Vorm

_POLICE, _LABOUR, _SAFE_HOME = "politie-mensenhandel", "arbeidsinspectie", "veilig-thuis"
_CARE = frozenset({"zorgcoordinator", "zorgcoordinator-jeugd"})
_PER_FORM: dict[Vorm, frozenset[str]] = {
    Vorm.SEKSUEEL: frozenset({_POLICE}),
    Vorm.ARBEID: frozenset({_LABOUR}),
    Vorm.CRIMINEEL: frozenset({_POLICE}),
    Vorm.ORGAANVERWIJDERING: frozenset({_POLICE}),
    Vorm.ONBEKEND: frozenset(),
}
_PER_CLASS: dict[Classificatie, frozenset[str]] = {
    Classificatie.BENADELING: frozenset({_LABOUR}),
    Classificatie.WERKGEVERSCHAP: frozenset({_LABOUR}),
    Classificatie.SMOKKEL: frozenset({_POLICE, "kmar"}),
}


def base_recipients(vormen: Collection[Vorm], minor: bool, classificatie: Classificatie | None) -> frozenset[str]:
    """The kinds of partner that the base table proposes; the union over the forms.

    Args:
        vormen: forms of exploitation.
        minor: possibly under 18.
        classificatie: what it turned out to be about.
    """
    found = _CARE.union(*(_PER_FORM[vorm] for vorm in vormen))
    if classificatie is not None:
        found |= _PER_CLASS.get(classificatie, frozenset())
    if minor:
        found |= {_SAFE_HOME}
        if Vorm.ARBEID in vormen:
            found |= {"leerplicht"}
    return found
