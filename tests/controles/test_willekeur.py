"""Whatever a tablet sends, the batch is answered, event by event; what the rules promise holds for any order."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.controles.rules.ontvangstbewijs import digest
from app.controles.rules.samenvoegen import Stand, Stempel
from app.controles.status import Gebeurtenissoort
from app.core.identifiers import new_id
from tests.controles.conftest import Field, Tablet

scalars = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
codes = st.sampled_from(["BEV-11", "ENT-12", "ENT-21", "ENT-22", "HUI-22", "ARB-04", "IDE-03", "ENT-01", "ZZZ-00"])
answers = st.sampled_from(["ja", "nee", "nvt", "niet vastgesteld"]) | values
kinds = st.sampled_from([soort.value for soort in Gebeurtenissoort])
fields = st.sampled_from(
    ["gebeurtenisId", "soort", "apparaatId", "volgnummer", "apparaatTijd", "klokVerschil", "inhoud"]
)
moments = st.sampled_from(["2026-11-20T10:00:00Z", "2026-11-20T11:00:00Z"]) | values
contents = st.one_of(
    st.fixed_dictionaries({"antwoorden": st.dictionaries(codes, answers, max_size=5)}),
    st.fixed_dictionaries({"keuze": st.sampled_from(["signaal", "geen-signaal"]), "reden": st.text(max_size=20)}),
    st.just({}),
    st.fixed_dictionaries({"toezichthouders": st.lists(st.uuids().map(str) | values, max_size=3)}),
    st.fixed_dictionaries({"hulpaanbod": st.booleans() | values}),
    st.fixed_dictionaries(
        {"gemeentecode": st.just("GM9901") | values}, optional={"tekst": st.text(max_size=30), "punt": values}
    ),
    st.fixed_dictionaries({"gebeldOp": moments}, optional={"signaalId": st.uuids().map(str)}),
    st.fixed_dictionaries({"gebied": st.text(max_size=20), "van": moments, "tot": moments}),
    st.fixed_dictionaries(
        {"objectId": st.uuids().map(str), "datum": st.just("2026-11-01"), "onderwerp": st.just("arbeid")}
    ),
    values,
)
drafts = st.tuples(kinds, contents, st.none() | st.tuples(fields, values), st.integers(0, 3))
STATUSES = {"verwerkt", "verwerkt-met-fouten", "al-verwerkt", "quarantaine"}


def test_a_batch_is_never_a_500(veld: Field, tablet: Tablet) -> None:
    controles = [veld.plan("SEKS"), veld.plan("BEDR"), new_id(), None]

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(drafts | values, min_size=1, max_size=8))
    def check(batch: list[Any]) -> None:
        events: list[Any] = []
        for draft in batch:
            if not isinstance(draft, tuple):
                events.append(draft)
                continue
            soort, inhoud, change, which = draft
            made = tablet.event(soort, new_id(), None)
            made["controleId"] = None if controles[which] is None else str(controles[which])
            made["inhoud"] = inhoud
            if change is not None:
                made[change[0]] = change[1]
            events.append(made)
        first = tablet.send(*events)
        assert {result["status"] for result in first} <= STATUSES
        again = tablet.send(*events)
        assert {result["status"] for result in again} <= {"al-verwerkt", "quarantaine"}

    check()


stamps = st.builds(
    Stempel, st.sampled_from("ab"), st.integers(1, 5), st.sampled_from([f"2026-01-01T00:00:0{n}" for n in range(3)])
)
entries = st.lists(
    st.tuples(stamps, st.dictionaries(codes, st.sampled_from(["ja", "nee", None]), max_size=3)), max_size=6
)


@given(entries, st.randoms())
def test_merging_does_not_depend_on_order(sent: list[tuple[Stempel, dict[str, Any]]], chance: Any) -> None:  # noqa: ANN401 - whatever a test sends
    sent = list({(s.apparaat, s.volgnummer): (s, a) for s, a in sent}.values())  # a device counts up
    outcomes = []
    for _ in range(2):
        chance.shuffle(sent)
        stand = Stand()
        for stempel, antwoorden in sent:
            stand.answer(stempel, antwoorden)
            stand = Stand.load(stand.dump())
        outcomes.append((stand.values(), {code: sorted(anders) for code, anders in stand.conflicts().items()}))
    assert outcomes[0] == outcomes[1]


@given(st.dictionaries(st.text(max_size=8), values, max_size=5))
def test_the_receipt_does_not_depend_on_the_order_of_fields(content: dict[str, Any]) -> None:
    again = json.loads(json.dumps(content))
    assert digest(content) == digest(dict(reversed(again.items())))
