"""A municipality from its profile: all parts land, a repeat changes nothing, all faults are told at once."""

import copy
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml

from app.core.errors import InvalidInput
from app.core.runtime import Runtime
from app.gemeenten.accounts import Accounts
from app.gemeenten.adapters.bestanden import UnreadableFile, read_areas, read_profile
from app.gemeenten.rules.gebiedscodes import AreaCodes
from app.gemeenten.rules.rollen import Rol
from app.gemeenten.schemas.profiel import GemeenteProfiel
from app.gemeenten.service import aanwijzingen, accounts, gebieden, lijsten, partners, piket, profielen
from app.gemeenten.service.normen import norm_value
from app.gemeenten.status import Wet
from geo.crs import Punt
from tests.gemeenten.queries import counted

HERE = Path(__file__).parent
PROFILE = HERE / "voorbeeldstad.yaml"
CONTENT = HERE.parents[1] / "checklists"
CODE = "GM9801"


def test_profile_lands_whole_and_a_repeat_changes_nothing(runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        first = profielen.load_files(uow, PROFILE, CONTENT)
    assert first.toegevoegd["accounts"] == 2
    assert first.toegevoegd["gebieden"] == 3
    with runtime.system_unit("test") as uow:
        second = profielen.load_files(uow, PROFILE, CONTENT)
    assert (second.toegevoegd, second.afwijkend) == ({}, [])
    today = date(2026, 12, 2)
    with runtime.system_unit("test", write=False) as uow:
        assert norm_value(uow, CODE, "CONTROLE_SEKS_PER_JAAR", today) == 6
        assert [p.naam for p in partners.partners_valid_on(uow, CODE, today)] == ["TMM Noord"]
        (af,) = accounts.accounts_with_role(uow, CODE, Rol.AF, today)
        on_call = piket.current_piket(uow, CODE, datetime(2026, 12, 2, 3, 0, tzinfo=UTC))
        assert on_call is not None
        assert on_call.account_id == af.id
        designated = aanwijzingen.designated_accounts(uow, CODE, today)
        assert list(designated.values()) == [{Wet.APV, Wet.HUISVESTINGSWET}]
        assert "binnenvaart" in lijsten.characteristics(uow, "sectoren", CODE)
        assert "binnenvaart" not in lijsten.characteristics(uow, "sectoren", "GM9802")
    caller = Accounts(runtime.database, 0).find_caller("nd-toezichthouder-1")
    assert caller is not None
    assert caller.gemeenten == {CODE}
    assert len(caller.teams) == 1


def test_what_was_changed_later_is_left_alone_and_named(runtime: Runtime) -> None:
    profile = read_profile(PROFILE)
    areas = {"gebieden.geojson": read_areas(HERE / "gebieden.geojson")}
    with runtime.system_unit("test") as uow:
        profielen.load_profile(uow, profile, areas)
    changed = profile.model_copy(deep=True)
    changed.teams[0].naam = "Team met een andere naam"
    with runtime.system_unit("test") as uow:
        result = profielen.load_profile(uow, changed, areas)
        assert result.afwijkend == ["teams toezicht"]
        assert result.toegevoegd == {}


def test_all_faults_at_once(tmp_path: Path) -> None:
    content = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    content["teams"][0]["soort"] = "voetbal"
    content["accounts"][0]["rollen"] = ["beheerder", "aandachtsfunctionaris"]
    content["accounts"][1]["voornaam"] = "X"
    content["partners"][0]["kanaal"] = "06" + "-12345678"
    path = tmp_path / "profiel.yaml"
    path.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        read_profile(path)
    assert {fault.veld for fault in caught.value.fouten} == {
        "teams.0.soort",
        "accounts.0",
        "accounts.1.voornaam",
        "partners.0.kanaal",
    }
    assert "12345678" not in caught.value.detail


def test_parts_that_do_not_fit_together_are_told_at_once(runtime: Runtime) -> None:
    content = yaml.safe_load(PROFILE.read_text(encoding="utf-8"))
    content["teams"] *= 2
    content["accounts"][1]["teams"] = ["onbekend"]
    content["piketdiensten"].append({**copy.deepcopy(content["piketdiensten"][0]), "sleutel": "week-1b"})
    profile = GemeenteProfiel.model_validate(content)
    with pytest.raises(InvalidInput) as caught, runtime.system_unit("test") as uow:
        profielen.load_profile(uow, profile)
    assert {fault.veld for fault in caught.value.fouten} == {
        "teams",
        "gebieden.0.bestand",
        "accounts.1.teams",
        "piketdiensten.week-1b",
    }


def test_every_place_gets_its_areas_also_on_a_border(runtime: Runtime) -> None:
    with runtime.system_unit("test") as uow:
        assert gebieden.assign_area(uow, CODE, 146_500, 511_500) == AreaCodes()
        profielen.load_files(uow, PROFILE, CONTENT)
    with runtime.system_unit("test", write=False) as uow:
        points = [Punt(146_500, 511_500), Punt(147_000, 511_500), Punt(148_500, 511_500), Punt(150_000, 511_500)]
        west, border, water, outside = gebieden.locate_all(uow, CODE, points)
        assert (west.wijk, west.buurt, west.buiten_gemeente) == ("WK980101", "BU98010100", False)
        assert border.buurt == "BU98010100"
        assert (water.buurt, water.buiten_gemeente) == (None, False)
        assert (outside.buurt, outside.buiten_gemeente) == (None, True)
        assert gebieden.areas_on(uow, CODE, 2026).count(points) == {"BU98010100": 2, "BU98010200": 0}
        with counted(runtime) as queries:
            gebieden.locate_all(uow, CODE, points)
        assert len(queries) == 1
