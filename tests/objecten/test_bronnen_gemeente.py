"""The sources by name: the registers of Amsterdam and Den Haag, files of KVK, permits of objects that stand."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import shapely

from app.objecten.adapters.bestand import UnreadableFile
from app.objecten.adapters.indelingen import open_file, recognise
from app.objecten.adapters.kvk import sector_of
from app.objecten.adapters.velden import personal_kind
from app.objecten.rules.importrij import AfgewezenRij
from app.objecten.rules.teksten import clean_cell
from app.objecten.status import Importindeling, Objecttype, Vergunningsoort, Vergunningstatus
from tests.objecten.bestanden import as_csv, features, read, table, write_gpkg, write_xlsx
from tests.objecten.test_bestanden import HORECA

AMSTERDAM, HAAG, KVK = Importindeling.AMSTERDAM_HORECA, Importindeling.DEN_HAAG_HORECA, Importindeling.KVK
PERMIT: dict[str, Any] = {
    "FID": 1, "ID": 11, "JAAR": 2024, "DOSSIER": "2024-0007", "STATUS": "Actueel", "OMSCHRIJVI": "", "STRAAT": "Voorbeeldstraat",
    "HUISNR": 12, "HUISLT": "a", "TOEV": "2", "POSTCODE": "2599 ZZ", "STADSDEEL": "Centrum", "TYPEBEDRIJ": "cafÃ©", "CATEGORIE": "1",
    "AANVRAGER": "Iemand", "KVKNUMMER": "90000001", "RECHTSVORM": "Eenmanszaak",
}  # fmt: skip
PROFILE: dict[str, Any] = {
    "kvkNummer": "90000001",
    "naam": "Voorbeeld",
    "sbiActiviteiten": [{"sbiCode": "78201", "indHoofdactiviteit": "Ja"}],
    "_embedded": {
        "hoofdvestiging": {
            "vestigingsnummer": "000090000001",
            "eersteHandelsnaam": "Voorbeeld Uitzendbureau",
            "adressen": [
                {"type": "correspondentieadres", "indAfgeschermd": "Nee", "straatnaam": "Postbus"},
                {
                    "type": "bezoekadres", "indAfgeschermd": "Nee", "straatnaam": "Voorbeeldlaan", "huisnummer": 17,
                    "huisletter": "M", "postcode": "9901ZZ", "plaats": "Voorbeeldstad", "land": "Nederland",
                },
            ],
        },
        "eigenaar": {"rechtsvorm": "Besloten Vennootschap", "adressen": [{"type": "bezoekadres", "straatnaam": "Geheimlaan"}]},
    },
}  # fmt: skip


def _json(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value))
    return path


def test_the_dirty_register_of_amsterdam_lands(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(HORECA)
    good, bad, file = read(AMSTERDAM, path)
    assert file.opmerkingen == [
        "Kolommen over personen zijn niet gelezen: aanvrager, telefoon.",
        "Tekst met verkeerde tekens (zoals Ã©) is hersteld in 1 velden.",
    ]
    assert [(row.regel, [fault.veld for fault in row.fouten]) for row in bad] == [
        (7, ["adres", "postcode"]),
        (8, ["locatie"]),
    ]
    by_line = {row.regel: row for row in good}
    first, odd = by_line[1], by_line[3]
    assert first.naam == "Eetzaal Eén"
    assert (first.adres.huisnummer, first.adres.toevoeging, first.adres.postcode) == (27, "H", "1099ZZ")
    assert first.openingstijden is not None
    assert (first.openingstijden["7"], first.openingstijden["6"]) == ([[420, 1500]], [[420, 1620]])
    assert by_line[5].nummer == first.nummer
    assert odd.openingstijden is None
    assert [remark.veld for remark in odd.opmerkingen] == [
        "openingstijdenZoDoVan",
        "openingstijdenZoDoTot",
        "openingstijdenVrZaVan",
    ]
    assert (by_line[2].openingstijden, by_line[2].opmerkingen) == (None, ())
    assert by_line[4].vergunning is not None
    assert by_line[4].vergunning.status is Vergunningstatus.INGETROKKEN
    assert (by_line[2].type, by_line[6].type) == (Objecttype.HOR, Objecttype.MASS)
    assert by_line[6].vergunning is not None
    assert by_line[6].vergunning.soort is Vergunningsoort.MASSAGE
    assert by_line[9].naam == '=HYPERLINK("x")'


def test_the_register_of_amsterdam_as_csv_in_rd_reads_the_same(tmp_path: Path) -> None:
    (tmp_path / "json").write_bytes(HORECA)
    rows = [
        {
            "".join(part.title() if at else part for at, part in enumerate(name.split("_"))): value
            for name, value in feature["properties"].items()
        }
        | {"locatie": "SRID=28992;POINT (121000.5 487000.5)"}
        for feature in json.loads(HORECA)["features"][:6]
    ]
    (tmp_path / "csv").write_text(as_csv(*rows, delimiter=",", columns=tuple(rows[1])))
    good, bad, _ = read(AMSTERDAM, tmp_path / "csv")
    assert bad == []
    assert [row.adres.x for row in good] == [121000.5] * 6
    assert [row.nummer for row in good] == [row.nummer for row in read(AMSTERDAM, tmp_path / "json")[0][:6]]


@pytest.mark.parametrize("cut", [1, 200, 3000])
def test_a_half_written_register_gives_one_sentence(tmp_path: Path, cut: int) -> None:
    (tmp_path / "a").write_bytes(HORECA[:-cut])
    with pytest.raises(UnreadableFile, match="afgebroken"):
        open_file(AMSTERDAM, tmp_path / "a")


def _haag(folder: Path, container: str, *rows: dict[str, Any]) -> Path:
    path = folder / f"a.{container}"
    points = [shapely.Point(81000 + at, 455000) for at in range(len(rows))]
    if container == "csv":
        path.write_text(as_csv(*rows, columns=tuple(rows[0])))
    elif container == "xlsx":
        write_xlsx(path, ("Blad", table(*rows)))
    elif container == "gpkg":
        write_gpkg(path, "Horeca_nieuw", rows, points)
    else:
        path.write_bytes(features(rows, [[4.31, 52.08]] * len(rows)))
    return path


@pytest.mark.parametrize("container", ["csv", "xlsx", "gpkg", "geojson"])
def test_the_register_of_den_haag_in_every_container(tmp_path: Path, container: str) -> None:
    other = PERMIT | {
        "DOSSIER": "2025-0008",
        "STATUS": "In behandeling",
        "TYPEBEDRIJ": "seksinrichting",
        "RECHTSVORM": "BV",
    }
    rows = [PERMIT, other, PERMIT | {"DOSSIER": "M-1", "STATUS": "Melding"}, PERMIT | {"STATUS": "Anders"}]
    path = _haag(tmp_path, container, *[row | {"FID": at} for at, row in enumerate(rows)])
    good, bad, file = read(HAAG, path)
    assert recognise(path) is HAAG
    assert [(row.fouten[0].veld, len(row.fouten)) for row in bad] == [("STATUS", 1)]
    cafe, sekshuis, notified = good
    assert (cafe.naam, cafe.adres.key, cafe.adres.woonplaats) == (
        "Café Voorbeeldstraat 12A-2",
        ("2599ZZ", 12, "A", "2"),
        "'s-Gravenhage",
    )
    assert cafe.vergunning is not None
    assert (cafe.vergunning.vanaf, cafe.vergunning.tot, cafe.vergunning.status) == (
        date(2024, 1, 1),
        None,
        Vergunningstatus.VERLEEND,
    )
    assert any(remark.veld == "JAAR" for remark in cafe.opmerkingen)
    assert (sekshuis.type, sekshuis.vergunning and sekshuis.vergunning.status) == (
        Objecttype.SEKS,
        Vergunningstatus.AANGEVRAAGD,
    )
    assert notified.vergunning is None
    assert all(row.kvk_nummer is None for row in good)
    assert file.opmerkingen[0] == "Kolommen over personen zijn niet gelezen: aanvrager, rechtsvorm."
    assert not {"AANVRAGER", "KVKNUMMER", "RECHTSVORM"} & set(cafe.bron)


def test_profiles_of_kvk_without_owner_and_without_numbers_of_people(tmp_path: Path) -> None:
    alone = json.loads(json.dumps(PROFILE))
    alone["_embedded"]["eigenaar"]["rechtsvorm"] = "Eenmanszaak"
    branch = PROFILE["_embedded"]["hoofdvestiging"] | {"kvkNummer": "90000001"}
    path = _json(tmp_path / "a", [PROFILE, alone, branch])
    good, bad, file = read(KVK, path)
    assert (recognise(path), bad, file.formaat.value) == (KVK, [], "json")
    assert [row.kvk_nummer for row in good] == ["90000001", None, None]
    assert (good[0].type, good[0].sector, good[0].naam) == (Objecttype.BEDR, "uitzend", "Voorbeeld Uitzendbureau")
    assert good[0].adres.key == ("9901ZZ", 17, "M", "")
    assert {row.nummer for row in good} == {good[0].nummer}
    assert "90000001" not in str(good[1].bron) + str(good[2].bron)
    assert "Geheimlaan" not in str([row.bron for row in good])


def test_what_kvk_shields_is_not_stored(tmp_path: Path) -> None:
    shielded = json.loads(json.dumps(PROFILE))
    shielded["_embedded"]["hoofdvestiging"]["adressen"][1]["indAfgeschermd"] = "Ja"
    flat = "kvkNummer;naam;straatnaam;plaats;huisnummer;postcode;indAfgeschermd\n90000001;Zaak;Geheimlaan;Stad;1;9901ZZ;Ja\n"
    (tmp_path / "csv").write_text(flat)
    for path in (_json(tmp_path / "a", shielded), tmp_path / "csv"):
        good, bad, _ = read(KVK, path)
        assert (good, [row.fouten[0].veld for row in bad], dict(bad[0].bron)) == ([], ["indAfgeschermd"], {})


def test_a_search_result_of_kvk_says_what_misses(tmp_path: Path) -> None:
    found = {
        "kvkNummer": "90000001",
        "naam": "Zaak",
        "adres": {"binnenlandsAdres": {"type": "bezoekadres", "straatnaam": "Laan", "plaats": "Stad"}},
    }
    path = _json(tmp_path / "a", {"pagina": 1, "resultaten": [found, found], "totaal": 2})
    good, bad, file = read(KVK, path)
    assert (good, file.aantal) == ([], 2)
    assert [fault.veld for fault in bad[0].fouten] == ["huisnummer", "postcode"]
    path.write_text("\n".join(json.dumps(PROFILE) for _ in range(3)))
    assert len(read(KVK, path)[0]) == 3


def test_sectors_follow_the_longest_code() -> None:
    assert [sector_of(code) for code in ("10.11", "1071", "56101", "96022", "")] == [
        "slachterij",
        "industrie",
        "horeca",
        None,
        None,
    ]


def test_permits_of_objects_that_stand(tmp_path: Path) -> None:
    row = {
        "objectnummer": "O-1",
        "vergunningsoort": "alcohol",
        "vergunningnummer": "A-1",
        "vergunningVanaf": "1-3-2026",
    }
    at = {"straat": "Laan", "huisnummer": "1", "postcode": "9901ZZ", "woonplaats": "Stad"}
    sex = {"vergunningsoort": "seksinrichting", "type": "WON"}
    (tmp_path / "a").write_text(
        as_csv(
            row,
            row | at | {"objectnummer": "", "vergunningstatus": "ingetrokken"},
            row | sex,
            row | {"objectnummer": ""},
            columns=(*row, *at, "vergunningstatus", "type"),
        )
    )
    good, bad, _ = read(Importindeling.VERGUNNINGEN, tmp_path / "a")
    assert recognise(tmp_path / "a") is Importindeling.VERGUNNINGEN
    assert [(one.nummer, one.adres.postcode, one.vergunning and one.vergunning.status.value) for one in good] == [
        ("O-1", "", "verleend"),
        (None, "9901ZZ", "ingetrokken"),
    ]
    assert [[fault.veld for fault in one.fouten] for one in bad] == [
        ["vergunningsoort"],
        ["huisnummer", "straat", "postcode", "woonplaats"],
    ]
    assert all(isinstance(one, AfgewezenRij) for one in bad)


@pytest.mark.parametrize(
    "name",
    ["Café Ñandú", "Şükrü", "Łódź", "Çağlar Döner", "Ãlvaro", "SÃO PAULO", "’t Höekje", "Żabka", "Öğüt Kebap", "Â la carte", "Plaça Â",
     "Señor", "Škoda", "Ægir", "Dvořák", "İstanbul", "coöperatie", "reünie Ë", "Ã", "5 € menu"],
)  # fmt: skip
def test_names_stay_and_come_back_from_a_wrong_encoding(name: str) -> None:
    assert clean_cell(name) == name
    for encoding in ("latin-1", "cp1252"):
        try:
            broken = name.encode().decode(encoding)
        except UnicodeDecodeError:
            continue
        assert clean_cell(broken) == name


def test_columns_about_people_are_known_by_many_names() -> None:
    people = (
        "Aanvrager",
        "NAAM_EIGENAAR",
        "exploitant naam",
        "leidinggevenden",
        "Tel.",
        "phone_number",
        "E-mail adres",
        "DOB",
        "Geboorte datum",
        "last name",
        "Contactpersoon",
        "behandelaar",
        "RSIN",
        "kenteken",
    )
    assert [name for name in people if personal_kind(name) is None] == []
    places = (
        "naam",
        "straat",
        "objectnummer",
        "vergunningnummer",
        "bron",
        "titel",
        "hotelnaam",
        "stadsdeel",
        "wijk",
        "oppervlakte",
    )
    assert [name for name in places if personal_kind(name) is not None] == []
