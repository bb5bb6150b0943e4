"""The KVK API (basisprofiel, version 1): what the business register tells of a business (B11).

Only what a comparison needs is read. The owner is a person as often as not, so of that block only the legal form is; a shielded
address (`indAfgeschermd`) does not leave this file.
"""

from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from app.objecten.adapters.uitgaand import Antwoord, BronOnbegrijpelijk, Uitgang, read_as
from app.objecten.rules.bedrijf import Bedrijf, Bedrijfsadres, Sbi

_NOT_FOUND = {"IPD0005", "IPD5200"}  # not deliverable by this number; nothing found


class _Registratie(BaseModel):
    einde: str | None = Field(default=None, alias="datumEinde", max_length=20)


class _Naam(BaseModel):
    naam: str = Field(max_length=700)


class _Sbi(BaseModel):
    code: str | None = Field(default=None, alias="sbiCode", max_length=10)
    omschrijving: str | None = Field(default=None, alias="sbiOmschrijving", max_length=500)
    hoofdactiviteit: Any = Field(default=None, alias="indHoofdactiviteit")


class _Adres(BaseModel):
    type: str | None = None
    afgeschermd: Any = Field(default="Nee", alias="indAfgeschermd")
    straatnaam: str | None = Field(default=None, max_length=200)
    huisnummer: int | None = None
    huisletter: str | None = Field(default=None, max_length=10)
    toevoeging: str | None = Field(default=None, alias="huisnummerToevoeging", max_length=20)
    postcode: str | None = Field(default=None, max_length=10)
    plaats: str | None = Field(default=None, max_length=200)


class _Deel(BaseModel):
    rechtsvorm: str | None = Field(default=None, max_length=200)
    afgeschermd: Any = Field(default="Nee", alias="indAfgeschermd")
    adressen: list[_Adres] = Field(default=[], max_length=20)
    registratie: _Registratie | None = Field(default=None, alias="materieleRegistratie")


class _Delen(BaseModel):
    hoofdvestiging: _Deel | None = None
    eigenaar: _Deel | None = None


class _Profiel(BaseModel):
    kvk_nummer: str = Field(alias="kvkNummer", pattern=r"^\d{8}$")
    afgeschermd: Any = Field(default="Nee", alias="indAfgeschermd")
    naam: str | None = Field(default=None, max_length=700)
    handelsnamen: list[_Naam] = Field(default=[], max_length=500)
    sbi: list[_Sbi] = Field(default=[], alias="sbiActiviteiten", max_length=100)
    registratie: _Registratie | None = Field(default=None, alias="materieleRegistratie")
    delen: _Delen = Field(default=_Delen(), alias="_embedded")


class _Foutregel(BaseModel):
    code: str


class _Fout(BaseModel):
    fout: list[_Foutregel] = Field(min_length=1, max_length=100)


class KvkApi:
    """Asks the KVK API."""

    def __init__(self, uitgang: Uitgang) -> None:
        self.uitgang = uitgang

    @property
    def naam(self) -> str:
        """The name for a screen."""
        return self.uitgang.toegang.naam

    def business(self, kvk_nummer: str) -> Bedrijf | None:
        """The business with this number; None when KVK has or gives none.

        Raises:
            Bronfout: the source did not answer.
        """
        answer = self.uitgang.ask(f"/v1/basisprofielen/{kvk_nummer}")
        if answer.status != 200:
            self._check_missing(answer)
            return None
        profile = read_as(_Profiel, answer.document, self.naam)
        if profile.kvk_nummer != kvk_nummer:
            raise BronOnbegrijpelijk(f"{self.naam} gaf een ander bedrijf dan gevraagd.")
        return _business(profile)

    def _check_missing(self, answer: Antwoord) -> None:
        told = {line.code for line in read_as(_Fout, answer.document, self.naam).fout}
        if not told & _NOT_FOUND:
            raise BronOnbegrijpelijk(f"{self.naam} begreep onze vraag niet.")


def _business(profile: _Profiel) -> Bedrijf:
    branch, owner = profile.delen.hoofdvestiging, profile.delen.eigenaar
    one_person = "eenmanszaak" in ((owner.rechtsvorm if owner else None) or "").lower()
    # Without a branch KVK tells the address of the legal entity; that of a person is none of ours.
    place = branch if branch is not None else (None if one_person else owner)
    address = next((one for one in place.adressen if one.type == "bezoekadres"), None) if place else None
    shielded = any(_is_shielded(part.afgeschermd) for part in (profile, branch, owner, address) if part is not None)
    ends = [part.registratie.einde for part in (profile, branch) if part is not None and part.registratie is not None]
    ended = next((end for end in ends if end), None)
    main = next((one for one in profile.sbi if _is_yes(one.hoofdactiviteit) and one.code), None)
    names = [profile.naam, *(one.naam for one in profile.handelsnamen)]
    return Bedrijf(
        namen=tuple(dict.fromkeys(name for name in names if name)),
        adres=None if address is None or shielded else _address(address),
        afgeschermd=shielded,
        eenmanszaak=one_person,
        opgeheven=ended is not None,
        opgeheven_op=_day(ended),
        sbi=None if main is None or main.code is None else Sbi(main.code, main.omschrijving or ""),
    )


def _address(told: _Adres) -> Bedrijfsadres:
    return Bedrijfsadres(
        straat=told.straatnaam or "",
        huisnummer=told.huisnummer,
        huisletter=(told.huisletter or "").upper(),
        toevoeging=(told.toevoeging or "").upper(),
        postcode=(told.postcode or "").replace(" ", "").upper(),
        woonplaats=told.plaats or "",
    )


def _is_yes(value: object) -> bool:
    return value is True or (isinstance(value, str) and value.strip().lower() == "ja")


def _is_shielded(value: object) -> bool:
    """Anything but a plain no is a yes: a shielded address may be a hiding place."""
    return not (value is None or value is False or (isinstance(value, str) and value.strip().lower() == "nee"))


def _day(text: str | None) -> date | None:
    """A `YYYYMMDD` date; None when month or day is unknown to KVK (00)."""
    try:
        return datetime.strptime(text or "", "%Y%m%d").date()  # noqa: DTZ007 - a day, no moment
    except ValueError:
        return None
