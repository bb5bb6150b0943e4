"""The text filter finds what must not be stored, and leaves ordinary observations alone."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.nl import bsn

from app.core.text_filter import Filteroordeel, Filterreden, Treffer, check_text, refuse_or_warn

YEAR = 2026
FOUND = {
    "bsn": [
        "bsn 111222333",
        "BSN: 111.222.333",
        "nummer 1112 22 333 stond op het bord",
        "１１１２２２３３３",
        "١١١٢٢٢٣٣٣",
        "111\u200b222\u200b333",
        "1 1 1 2 2 2 3 3 3",
        "1-1-1-2-2-2-3-3-3",
        "1️⃣1️⃣1️⃣2️⃣2️⃣2️⃣3️⃣3️⃣3️⃣",
        "een een een twee twee twee drie drie drie",
    ],
    "documentnummer": [
        "paspoort SPECI2014 gezien",
        "XR1001R58",
        "paspoortnummer: nw1234567",
        "rijbewijs nummer 5123456789",
        "V-nummer 2801234567",
        "NPR5K7L42",
    ],
    "telefoonnummer": [
        "bel 0#12345678",
        "0#-12345678",
        "0# 12 34 56 78",
        "0#.12.34.56.78",
        "0 6 1 2 3 4 5 6 7 8",
        "0,6,1,2,3,4,5,6,7,8",
        "0#, 12, 34, 5#, 78",
        "nul zes een twee drie vier vijf zes zeven acht",
        "nul zes, 12 34 vijf zes 78",
        "+31 # 12345678",
        "+31 (0)# 12345678",
        "0031#12345678",
        "(070) 123 45 67",
        "0113-123456",
        "085 123 4567",
        "+32 470 12 34 56",
        "+359 88 123 4567",
        "0049 151 23456789",
        "kamer 3, 0#12345678",
        "kamer 3 0# 12345678",
        "０６１２３４５６７８",
        "0#\u00ad1234\u20605678",
        "0#_1234_5678",
        "tel0#12345678",
    ],
    "e-mailadres": [
        "info@voorbeeld.nl",
        "info @ voorbeeld . nl",
        "info(at)voorbeeld.nl",
        "iemand at voorbeeld punt nl",
        "ｉｎｆｏ＠ｖｏｏｒｂｅｅｌｄ．ｎｌ",
    ],
    "iban": [
        "NL91ABNA0417164300",
        "nl91 abna 0417 1643 00",
        "BE68 5390 0754 7034",
        "N L 9 1 A B N A 0 4 1 7 1 6 4 3 0 0",
    ],
    "kenteken": [
        "TX-12-DB",
        "12-TX-34",
        "TX-DB-12",
        "12-TXD-3",
        "3-TXD-12",
        "TX-123-D",
        "T-123-TX",
        "txd-12-t",
        "1-TX-123",
        "123-TX-1",
        "busje T123TX",
        "auto TX 123 D",
        "kenteken 12 ab 34",
        "kenteken: db1234x",
    ],
    "link": [
        "https://voorbeeld.test/x",
        "hxxps://voorbeeld",
        "www.voorbeeld.be",
        "voorbeeld.nl",
        "advertentie op voorbeeld.com/123",
        "t.me/voorbeeld",
        "voorbeeld punt nl",
        "voorbeeld(dot)com",
        "account @voorbeeld_x",
    ],
    "geboortedatum": [
        "geboren op 3 mei 2009",
        "geb. 03-05-99",
        "geboortedatum: 2024-01-31",
        "3-5-1998",
        "03/05/1998",
        "12 september 1985",
        "1998-05-03",
        "geb 03051998",
    ],
}
INNOCENT = [
    "",
    "Vier matrassen op de vloer, twee mensen gaven antwoord.",
    "Voorbeeldstraat 12-A, 14, 16, 18 en 20 bekeken.",
    "Voorbeeldlaan 101 t/m 109, huisnummer 12a-3",
    "2513 AB 12",
    "2513AB 123",
    "1234 AB",
    "kamers 1, 2, 3, 4, 5, 6, 7, 8 en 9",
    "kamers 1 2 3 4 5 6 7 8 9",
    "Vergunning 2024/001234",
    "Vergunning VB2024001",
    "vergunningnummer V-2023-0456789",
    "Zaak Z/24/123456, besluit van 12-05-2016",
    "zaaknummer 2025-0123456",
    "vergund sinds 12-05-2008",
    "vergunning verleend op 3 mei 2011",
    "Controle op 21-11-2026 om 20:30 uur",
    "open van 08.30 - 12.00, 13.00 - 17.30",
    "van 07.00 tot 15.00 en van 23.00 tot 07.00 uur",
    "om 9uur30 en om 10u15",
    "07:00 15:00 23:00 06:30",
    "huur € 1.234.567,50 en borg € 750,-",
    "€ 450 per maand, 12.500 euro borg",
    "EUR 111.222.333",
    "96 m2 gebruiksoppervlakte, 6,9 m2 per persoon, norm 12",
    "BAG 0518010000123456",
    "KvK 12345678",
    "vestiging 000012345678",
    "3 km 120 en 80 dB",
    "temperatuur 12,5 graden, 240 V, 16 A",
    "Bel 112, of 0900-8844 (politie) of 0800-2000",
    "lijn 1 22 333",
    "deur 12 B 3",
    "o.a. koken, e.d. en bijv. slapen; blz.12, art.5:16 Awb",
    "Twee stapelbedden gezien.De deur zat op slot.",
    "een, twee, drie, vier kamers",
    "16 of 17 jaar oud, vermoedelijk",
    "minimumloon 14,71 per uur vanaf 01-01-2026",
    "Norm NEN 1775 en NEN-EN 81-20",
    "SNF-keurmerk, nummer 2025-118",
    "HUIS12 GRACHT34",
    "contract van 12-03-2015 t/m 11-03-2017",
    "Ruimten 3.12, 3.14 en 3.16; huisnummers 101, 103, 105",
]


@pytest.mark.parametrize(("soort", "text"), [(soort, text) for soort, texts in FOUND.items() for text in texts])
def test_finds(soort: str, text: str) -> None:
    text = text.replace("#", "6")  # no mobile number may stand in the repository, not even an invented one
    hits = check_text(text, this_year=YEAR)
    assert soort in [hit.soort for hit in hits]
    assert all(text not in hit.melding for hit in hits)


@pytest.mark.parametrize("text", INNOCENT)
def test_leaves_alone(text: str) -> None:
    assert check_text(text, this_year=YEAR) == []


def test_numbers_of_the_object_itself_are_exempt() -> None:
    assert check_text("RSIN 111222333 van de exploitant") != []
    assert check_text("RSIN 111222333 van de exploitant", frozenset({"111.222.333"})) == []
    assert check_text("RSIN 111222333, bsn 123456782", frozenset({"111222333"}))[0].soort == "bsn"


def test_strict_places_refuse_and_others_warn_until_a_reason_is_given() -> None:
    hits = check_text("bel 070 123 45 67")
    assert refuse_or_warn([], strict=True) is Filteroordeel.GOED
    assert refuse_or_warn(hits, strict=True) is Filteroordeel.WEIGEREN
    assert refuse_or_warn(hits, strict=True, reden=Filterreden.VALS_ALARM) is Filteroordeel.WEIGEREN
    assert refuse_or_warn(hits, strict=False) is Filteroordeel.WAARSCHUWEN
    assert refuse_or_warn(hits, strict=False, reden=Filterreden.GEGEVEN_VAN_BEDRIJF) is Filteroordeel.GOED


@given(st.integers(0, 99_999_999), st.sampled_from(["", " ", ".", "-", "\u200b", " - "]))
def test_every_mobile_number_is_found_however_it_is_spaced(number: int, separator: str) -> None:
    digits = f"06{number:08}"
    if digits[2] in "079":
        digits = digits[:2] + "1" + digits[3:]
    assert "telefoonnummer" in [hit.soort for hit in check_text(f"tel {separator.join(digits)} gezien")]


@given(st.integers(10_000_000, 99_999_999))
def test_every_valid_bsn_of_nine_digits_is_found(stem: int) -> None:
    for last in range(10):
        number = f"{stem}{last}"
        assert bsn.is_valid(number) == ("bsn" in [hit.soort for hit in check_text(number)])


@given(st.text(max_size=300))
def test_takes_any_text_and_never_repeats_it(text: str) -> None:
    for hit in check_text(text):
        assert isinstance(hit, Treffer)
        assert len(text) < 12 or text not in hit.melding


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "12 ",
        "1234 ",
        "a.",
        "a-",
        "a@",
        "a1 ",
        "AB12 ",
        "een ",
        "kenteken a ",
        "paspoort nr ",
        "1:",
        "(",
        "€ 1",
        "N L 9 1 ",
    ],
)
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    started = time.process_time()
    check_text(piece * (4000 // len(piece)), this_year=YEAR)
    assert time.process_time() - started < 1.0
