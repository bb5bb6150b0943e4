"""Who receives a signal: the published tables against the vectors of the signal route, on pure rules."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.gemeenten.status import Partnersoort, Teamsoort
from app.objecten.status import Objecttype
from app.signalen.rules.routeprofiel import Intern, Voorwaarde, Wanneer
from app.signalen.rules.routering import Routefeiten, Voorstel, propose
from app.signalen.rules.sluitcodes import SLUITCODES, Telling
from app.signalen.status import Bronsoort, Classificatie, JaNeeOnbekend, Urgentie, Vorm, VtKlasse
from tests.support.routes import profile, published_routes

JA, NEE, ONBEKEND = JaNeeOnbekend
REGIOS = ["basis", "den-haag", "groningen", "drenthe", "utrechtse-heuvelrug"]
ZORG = {Partnersoort.ZORGCOORDINATOR, Partnersoort.ZORGCOORDINATOR_JEUGD, Partnersoort.VEILIG_THUIS}


def proposal(regio: str = "basis", *vormen: Vorm, items: str = "", **changes: object) -> Voorstel:
    """The proposal of a region for facts; `items` are hits."""
    changes.setdefault("minderjarig", NEE)
    feiten = Routefeiten(vormen=frozenset(vormen), treffers=frozenset(items.split()), **changes)  # type: ignore[arg-type]  # the tests say what they change
    return propose(profile(regio), feiten)


def kinds(voorstel: Voorstel) -> set[Partnersoort]:
    return {row.partnersoort for row in voorstel.ontvangers}


def name(voorstel: Voorstel, kind: Partnersoort) -> str:
    return next(row.naam for row in voorstel.ontvangers if row.partnersoort is kind)


def told(voorstel: Voorstel) -> str:
    return " ".join(notice.tekst for notice in voorstel.meldingen)


@pytest.mark.parametrize(
    ("vorm", "minderjarig", "expected"),
    [
        pytest.param(
            Vorm.SEKSUEEL,
            NEE,
            {Partnersoort.POLITIE, Partnersoort.ZORGCOORDINATOR},
            marks=pytest.mark.requirement("RTE-05"),
        ),
        (Vorm.SEKSUEEL, JA, {Partnersoort.POLITIE, Partnersoort.VEILIG_THUIS, Partnersoort.ZORGCOORDINATOR_JEUGD}),
        pytest.param(
            Vorm.ARBEID,
            NEE,
            {Partnersoort.ARBEIDSINSPECTIE, Partnersoort.ZORGCOORDINATOR},
            marks=pytest.mark.requirement("RTE-06"),
        ),
        (
            Vorm.ARBEID,
            JA,
            {
                Partnersoort.ARBEIDSINSPECTIE,
                Partnersoort.VEILIG_THUIS,
                Partnersoort.LEERPLICHT,
                Partnersoort.ZORGCOORDINATOR_JEUGD,
            },
        ),
        (Vorm.CRIMINEEL, NEE, {Partnersoort.POLITIE, Partnersoort.ZORGCOORDINATOR}),
        (Vorm.CRIMINEEL, JA, {Partnersoort.POLITIE, Partnersoort.VEILIG_THUIS, Partnersoort.ZORGCOORDINATOR_JEUGD}),
        (Vorm.ORGAANVERWIJDERING, NEE, {Partnersoort.POLITIE, Partnersoort.ZORGCOORDINATOR}),
        (
            Vorm.ORGAANVERWIJDERING,
            JA,
            {Partnersoort.POLITIE, Partnersoort.VEILIG_THUIS, Partnersoort.ZORGCOORDINATOR_JEUGD},
        ),
        (Vorm.ONBEKEND, NEE, {Partnersoort.ZORGCOORDINATOR}),
        (Vorm.ONBEKEND, JA, {Partnersoort.VEILIG_THUIS, Partnersoort.ZORGCOORDINATOR_JEUGD}),
    ],
)
def test_table_b_per_form(vorm: Vorm, minderjarig: JaNeeOnbekend, expected: set[Partnersoort]) -> None:
    found = proposal("basis", vorm, minderjarig=minderjarig)
    assert kinds(found) == expected
    assert all(row.waarom and row.regel in published_rule_ids("basis") for row in found.ontvangers)


def published_rule_ids(regio: str) -> set[str]:
    return {row.id for row in profile(regio).regels}


@pytest.mark.requirement("DEF-03")
def test_each_form_has_a_route_and_more_forms_give_the_union() -> None:
    both = proposal("den-haag", Vorm.SEKSUEEL, Vorm.ARBEID, Vorm.ONBEKEND)
    assert kinds(both) == {Partnersoort.POLITIE, Partnersoort.ARBEIDSINSPECTIE, Partnersoort.ZORGCOORDINATOR}
    assert Intern.DRIELUIK not in {step.soort for step in both.intern}, "a known form goes before 'onbekend'"
    for vorm in Vorm:
        assert proposal("basis", vorm).ontvangers


@pytest.mark.requirement("RTE-07", "DEF-05", "DEF-08")
@pytest.mark.parametrize("regio", REGIOS)
def test_criminal_form_shows_non_punishment_and_arb_22_alone_does_so(regio: str) -> None:
    """M6, and a money mule is looked at as a victim first."""
    assert Partnersoort.POLITIE in kinds(proposal(regio, Vorm.CRIMINEEL))
    for found in (proposal(regio, Vorm.CRIMINEEL), proposal(regio, Vorm.ARBEID, items="ARB-22")):
        assert "niet voor gestraft" in told(found)
        assert "Openbaar Ministerie" in told(found)
    assert "gestraft" not in told(proposal(regio, Vorm.ARBEID))


@pytest.mark.requirement("RTE-08")
def test_unknown_form_goes_to_the_drieluik_and_outside_only_when_urgent() -> None:
    calm = proposal("drenthe", Vorm.ONBEKEND)
    assert {step.soort for step in calm.intern} == {Intern.DRIELUIK}
    assert kinds(calm) == {Partnersoort.ZORGCOORDINATOR}
    assert kinds(proposal("drenthe", Vorm.ONBEKEND, urgentie=Urgentie.SPOED)) == {
        Partnersoort.ZORGCOORDINATOR,
        Partnersoort.POLITIE,
    }
    assert proposal("drenthe", minderjarig=NEE) == calm, "no form is an unknown form"


@pytest.mark.requirement("ROL-10")
@pytest.mark.parametrize(
    ("regio", "police"),
    [("groningen", "TMM"), ("drenthe", "TMM"), ("den-haag", "AVIM"), ("utrechtse-heuvelrug", "AVIM")],
)
def test_the_police_has_the_name_of_the_region(regio: str, police: str) -> None:
    assert name(proposal(regio, Vorm.SEKSUEEL), Partnersoort.POLITIE) == police


@pytest.mark.requirement("RTE-13", "RTE-14", "DEF-02")
@pytest.mark.parametrize("regio", REGIOS)
@pytest.mark.parametrize("classificatie", Classificatie)
def test_minor_and_sexual_forces_police_and_veilig_thuis_whatever_else(
    regio: str, classificatie: Classificatie
) -> None:
    """M2 and R6: no condition on coercion, none on classification, none on the class of Veilig Thuis."""
    for klasse in (None, *VtKlasse):
        found = proposal(regio, Vorm.SEKSUEEL, minderjarig=JA, classificatie=classificatie, vt_klasse=klasse)
        assert found.verplicht >= {"politie-mensenhandel", "veilig-thuis"}
        assert (
            next(r for r in found.ontvangers if r.partnersoort is Partnersoort.VEILIG_THUIS).voor_wanneer
            is Wanneer.ZELFDE_DAG
        )


@pytest.mark.requirement("RTE-13")
def test_m2_and_m29_shop_jeugd_in_den_haag() -> None:
    m2 = proposal("den-haag", Vorm.SEKSUEEL, items="IDE-06", minderjarig=JA, urgentie=Urgentie.ACUUT)
    assert {name(m2, kind) for kind in kinds(m2)} == {"AVIM", "Veilig Thuis Haaglanden", "SHOP Jeugd"}
    assert m2.urgentieregel is not None
    assert m2.urgentieregel.id == "A2"
    m29 = proposal("den-haag", Vorm.SEKSUEEL, items="IDE-07", objecttype=Objecttype.SEKS)
    assert {name(m29, kind) for kind in kinds(m29)} == {"SHOP Jeugd"}
    assert "exploitant" in told(m29)
    beside = proposal("den-haag", Vorm.SEKSUEEL, items="IDE-07 ARB-26", objecttype=Objecttype.SEKS)
    assert kinds(beside) == {Partnersoort.ZORGCOORDINATOR_JEUGD, Partnersoort.POLITIE, Partnersoort.ZORGCOORDINATOR}
    assert kinds(proposal("groningen", Vorm.SEKSUEEL, items="IDE-07", objecttype=Objecttype.SEKS)) == set()


@pytest.mark.parametrize("binnenlands", [JA, ONBEKEND])
@pytest.mark.parametrize("vorm", Vorm)
def test_m31_veilig_thuis_is_forced_in_utrecht(vorm: Vorm, binnenlands: JaNeeOnbekend) -> None:
    found = proposal("utrechtse-heuvelrug", vorm, binnenlands=binnenlands)
    row = next(row for row in found.ontvangers if row.partnersoort is Partnersoort.VEILIG_THUIS)
    assert (row.verplicht, row.voor_wanneer, row.nummer, row.naam) == (
        True,
        Wanneer.ZELFDE_DAG,
        "0800-2000",
        "Veilig Thuis Utrecht",
    )
    assert Partnersoort.VEILIG_THUIS not in kinds(proposal("utrechtse-heuvelrug", vorm, binnenlands=NEE))
    assert Partnersoort.VEILIG_THUIS not in kinds(proposal("den-haag", vorm, binnenlands=binnenlands))
    assert name(proposal("den-haag", Vorm.SEKSUEEL, binnenlands=JA), Partnersoort.ZORGCOORDINATOR) == "SHOP"


@pytest.mark.requirement("ROL-05", "ROL-06")
def test_the_teams_of_heit_have_a_default_route() -> None:
    found = proposal("den-haag", Vorm.ONBEKEND, teams=frozenset({Teamsoort.PROSTITUTIE}))
    assert name(found, Partnersoort.POLITIE) == "AVIM"
    assert Partnersoort.ARBEIDSINSPECTIE in kinds(
        proposal("den-haag", Vorm.ARBEID, teams=frozenset({Teamsoort.MALAFIDE}))
    )
    assert Partnersoort.ARBEIDSINSPECTIE in kinds(
        proposal("den-haag", Vorm.ONBEKEND, teams=frozenset({Teamsoort.MALAFIDE}))
    )
    assert Partnersoort.ARBEIDSINSPECTIE not in kinds(proposal("den-haag", Vorm.ONBEKEND))


@pytest.mark.requirement("RTE-16")
@pytest.mark.parametrize("regio", REGIOS)
def test_undermining_goes_to_the_riec_through_who_plays_that_part(regio: str) -> None:
    found = proposal(regio, Vorm.ARBEID, ondermijning=True)
    row = next(row for row in found.ontvangers if row.partnersoort is Partnersoort.RIEC)
    asks = "wie namens de gemeente naar het RIEC gaat" in told(found)
    assert (row.via is None, asks) == ((True, True) if regio == "den-haag" else (False, False))
    assert Partnersoort.RIEC not in kinds(proposal(regio, Vorm.ARBEID))
    assert SLUITCODES["C5"].nieuw_signaal is False, "M17: apart from the new signals"


@pytest.mark.requirement("PLN-06", "PLN-07")
def test_abuse_and_smuggling_are_no_trafficking() -> None:
    """M21."""
    for kind in (Classificatie.BENADELING, Classificatie.WERKGEVERSCHAP):
        found = proposal("den-haag", Vorm.ARBEID, classificatie=kind)
        assert kinds(found) == {Partnersoort.ARBEIDSINSPECTIE}
        assert "rechten" in told(found)
        assert Partnersoort.VEILIG_THUIS in kinds(proposal("den-haag", Vorm.ARBEID, classificatie=kind, minderjarig=JA))
    assert kinds(proposal(classificatie=Classificatie.SMOKKEL)) == {Partnersoort.POLITIE, Partnersoort.KMAR}
    assert Partnersoort.NIDOS in kinds(proposal(classificatie=Classificatie.SMOKKEL, minderjarig=JA))
    assert SLUITCODES["C12"].telling is Telling.BENADELING
    assert SLUITCODES["C14"].nieuw_signaal is False
    assert proposal("basis", Vorm.ARBEID, classificatie=Classificatie.OVERTREDING).ontvangers == ()


@pytest.mark.requirement("RTE-11")
def test_m10_class_1_proposes_the_social_team_or_who_belongs_to_the_source() -> None:
    found = proposal("utrechtse-heuvelrug", Vorm.ARBEID, binnenlands=NEE, vt_klasse=VtKlasse.GEEN)
    assert kinds(found) == {Partnersoort.SOCIAAL_TEAM}
    assert "C7" in told(found)
    school = proposal("basis", Vorm.ARBEID, vt_klasse=VtKlasse.GEEN, bronpartner=Partnersoort.LEERPLICHT)
    assert kinds(school) == {Partnersoort.LEERPLICHT}


@pytest.mark.requirement("RTE-10")
@pytest.mark.parametrize("klasse", [VtKlasse.RISICO, VtKlasse.MOGELIJK, VtKlasse.SPRAKE])
def test_class_2_to_4_without_contact_with_the_zorgcoordinator_is_flagged(klasse: VtKlasse) -> None:
    missing = proposal("basis", Vorm.ARBEID, vt_klasse=klasse)
    assert "contact met de zorgcoördinator is niet gezien" in told(missing)
    seen = proposal("basis", Vorm.ARBEID, vt_klasse=klasse, zc_geinformeerd=True)
    assert "niet gezien" not in told(seen)
    assert (Partnersoort.POLITIE in kinds(seen)) == (klasse is VtKlasse.SPRAKE)


def test_what_comes_beside_the_form() -> None:
    steps = {step.soort for step in proposal("den-haag", Vorm.ARBEID, items="HUI-04 ENT-03").intern}
    assert steps == {Intern.PANDBRIGADE, Intern.BURGERZAKEN}
    desk = proposal("groningen", Vorm.ONBEKEND, items="ENT-21", bron=Bronsoort.BALIE)
    assert Intern.BURGERZAKEN in {step.soort for step in desk.intern}, "M7"
    assert "voordat u dat vrijgeeft" in told(desk)
    building = proposal("basis", Vorm.ARBEID, naleving=frozenset({"HUI-10"}))
    assert Partnersoort.BRANDWEER in kinds(building)
    assert "opvang geregeld" in told(building), "M26"
    closed = proposal("basis", Vorm.ARBEID, gesloten_route=True)
    assert Intern.ANDERE_AF in {step.soort for step in closed.intern}
    m32 = proposal("basis", Vorm.ONBEKEND, items="HUI-21", objecttype=Objecttype.WON)
    assert (m32.ontvangers, m32.intern) == ((), ())
    licence = proposal("basis", Vorm.SEKSUEEL, naleving=frozenset({"ARB-11"}), objecttype=Objecttype.MASS)
    assert ({step.soort for step in licence.intern}, kinds(licence)) == ({Intern.TEAM_PROSTITUTIE}, set())
    m34 = proposal("basis", Vorm.SEKSUEEL, items="ARB-27", urgentie=Urgentie.SPOED)
    assert Partnersoort.ZORGCOORDINATOR in kinds(m34)
    assert "hulpkaart" in told(m34)
    m35 = proposal("basis", Vorm.ARBEID, items="IDE-08", urgentie=Urgentie.SPOED, minderjarig=JA)
    assert kinds(m35) >= {Partnersoort.ARBEIDSINSPECTIE, Partnersoort.VEILIG_THUIS, Partnersoort.LEERPLICHT}
    assert m35.urgentieregel is not None
    assert m35.urgentieregel.id == "A4"


def test_signals_of_care_organisations_reach_the_house_of_the_region() -> None:
    assert Partnersoort.ZORG_EN_VEILIGHEIDSHUIS in kinds(
        proposal("groningen", Vorm.ARBEID, bron=Bronsoort.VEILIG_THUIS)
    )
    assert Partnersoort.ZORGCOORDINATOR in kinds(proposal("den-haag", Vorm.ONBEKEND, bron=Bronsoort.VEILIG_THUIS))


def test_the_lead_partner_is_the_most_urgent_one() -> None:
    found = proposal("basis", Vorm.ARBEID, Vorm.SEKSUEEL, minderjarig=JA)
    assert found.leidend in {Partnersoort.POLITIE, Partnersoort.VEILIG_THUIS}
    assert proposal("basis", Vorm.ARBEID, urgentie=Urgentie.ACUUT).leidend is Partnersoort.ARBEIDSINSPECTIE


def test_rules_never_look_at_who_somebody_is() -> None:
    """Meldroute R12: a new input of the rules is a decision, so it fails here first."""
    assert {one.name for one in fields(Routefeiten)} == {
        "vormen", "minderjarig", "urgentie", "objecttype", "treffers", "naleving", "ondermijning", "binnenlands",
        "classificatie", "teams", "bron", "bronpartner", "vt_klasse", "zc_geinformeerd", "gesloten_route",
    }  # fmt: skip
    inputs = set(Voorwaarde.model_fields) - {"alleen_treffers", "zonder_treffers"}
    singular = {"vormen", "minderjarig", "treffers", "ondermijning", "binnenlands", "zc_geinformeerd", "gesloten_route"}
    assert inputs - singular == {"urgenties", "objecttypen", "classificaties", "teams", "bronnen", "vt_klassen"}


ALL_ITEMS = sorted(
    {item for regio in REGIOS for row in profile(regio).regels for als in row.als for item in als.treffers or []}
)


@pytest.mark.requirement("RTE-23")
@given(
    regio=st.sampled_from(REGIOS),
    feiten=st.builds(
        Routefeiten,
        vormen=st.frozensets(st.sampled_from(Vorm)),
        minderjarig=st.sampled_from(JaNeeOnbekend),
        urgentie=st.sampled_from(Urgentie),
        objecttype=st.sampled_from([None, *Objecttype]),
        treffers=st.frozensets(st.sampled_from(ALL_ITEMS), max_size=4),
        ondermijning=st.booleans(),
        binnenlands=st.sampled_from(JaNeeOnbekend),
        bron=st.sampled_from(Bronsoort),
        zc_geinformeerd=st.booleans(),
    ),
)
def test_whatever_the_facts_care_is_proposed_and_nothing_comes_twice(regio: str, feiten: Routefeiten) -> None:
    """The least suspicion is enough for care: no threshold, no score stands before it; each kind of partner once."""
    found = propose(profile(regio), feiten)
    listed = [row.partnersoort for row in found.ontvangers]
    assert len(listed) == len(set(listed))
    alone = {"B-leeftijdsgrens", "R-DH-alleen-leeftijdsgrens", "B-exploitatie-derde", "B-sekszonder-vergunning"}
    if not alone & found.regels:
        assert ZORG & set(listed)
    assert found.urgentieregel is not None
    assert found.urgentieregel.urgentie == feiten.urgentie
    if feiten.minderjarig is JA and Vorm.SEKSUEEL in feiten.vormen:
        assert found.verplicht >= {"politie-mensenhandel", "veilig-thuis"}
    assert all(row.waarom for row in found.ontvangers)


def test_every_region_says_what_its_rules_rest_on() -> None:
    for regio, found in published_routes().profielen.items():
        assert all(row.bron and row.waarom for row in found.regels), regio
    assert published_routes().gemeenten["GM0518"][0].profiel == "den-haag"
