"""Where the rules of municipalities differ on a day: norms, settings, lists, and the partners that routes lead to (INS-14)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from app.core.unit_of_work import UnitOfWork
from app.gemeenten.repository import verschillen as repository
from app.gemeenten.rules.verschillen import Regelsoort, Waarde, compare, number_text
from app.gemeenten.schemas.verschillen import RegelvergelijkingRead, RegelverschillenRead, RegelwaardeRead
from app.gemeenten.service.gemeenten import GemeenteNotFound, region_of

Regels = dict[tuple[Regelsoort, str], dict[str, Waarde]]


def compare_rules(
    uow: UnitOfWork, gemeenten: Sequence[str], day: date, *, differing_only: bool
) -> RegelverschillenRead:
    """The rules of municipalities of the caller's region beside each other, in a fixed number of queries.

    Raises:
        GemeenteNotFound: one of them is unknown, or neither in the caller's region nor one in which he works.
    """
    codes = list(dict.fromkeys(gemeenten))
    allowed = {*uow.caller.gemeenten, *region_of(uow, uow.caller.gemeentecode)}
    if set(codes) - allowed:
        raise GemeenteNotFound("Een van deze gemeenten bestaat niet in deze dienst, of hoort niet bij uw regio.")
    rules: Regels = defaultdict(dict)
    _add_norms(uow, codes, day, rules)
    _add_lists(uow, codes, rules)
    _add_partners(uow, codes, day, rules)
    rows = [
        RegelvergelijkingRead(
            soort=row.soort,
            sleutel=row.sleutel,
            verschilt=row.verschilt,
            waarden=[
                RegelwaardeRead(gemeentecode=code, waarde=value.tekst, eigen=value.eigen)
                for code, value in row.waarden.items()
            ],
        )
        for row in compare(codes, rules)
        if row.verschilt or not differing_only
    ]
    return RegelverschillenRead(peildatum=day, gemeenten=codes, regels=rows)


def _add_norms(uow: UnitOfWork, codes: Sequence[str], day: date, rules: Regels) -> None:
    for norm in repository.norms_on(uow.session, codes, day):
        shown = Waarde(number_text(norm.waarde, norm.eenheid), eigen=norm.gemeentecode != "")
        rules[Regelsoort.NORM, norm.sleutel][norm.gemeentecode] = shown


def _add_lists(uow: UnitOfWork, codes: Sequence[str], rules: Regels) -> None:
    added: dict[tuple[str, str], list[str]] = defaultdict(list)
    for gemeentecode, lijst, code in repository.own_list_values(uow.session, codes):
        added[lijst, gemeentecode].append(code)
    for (lijst, gemeentecode), values in added.items():
        rules[Regelsoort.LIJST, lijst][gemeentecode] = Waarde(f"eigen waarden: {', '.join(values)}", eigen=True)


def _add_partners(uow: UnitOfWork, codes: Sequence[str], day: date, rules: Regels) -> None:
    """Whether a kind of partner is set, not under which name: names differ per region by nature (ROL-10)."""
    for partner in repository.partners_on(uow.session, codes, day):
        rules[Regelsoort.PARTNER, partner.soort.value][partner.gemeentecode] = Waarde("ingesteld", eigen=True)
