"""Reads the content folder; refuses it with one error that lists every fault (design section 5).

A file is recognised by its name: `bev-1.yaml` is list BEV in version 1; `rekenregel-1.yaml`, `bronnen-1.yaml`
and `normen-1.yaml` speak for themselves. Other files in the folder belong to others. `published.json` holds
the SHA-256 of every published file, so that a published version cannot change unnoticed.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

import yaml
from pydantic import ValidationError

from app.checklists.rules.checks import catalogue_faults
from app.checklists.rules.content import Bronnen, Checklist, Normen, Rekenregel, Status, Versie
from app.checklists.rules.library import Bibliotheek, current
from app.core.errors import CannotGoOn

SLOT: Final = "published.json"
OPEN_NA_STOP: Final = "blijftOpen"
_NAAM: Final = re.compile(r"(?P<soort>[a-z]{3}|rekenregel|bronnen|normen)-(?P<versie>[1-9]\d*)\.yaml")
_MELDING: Final = {"missing": "ontbreekt", "extra_forbidden": "is een onbekend veld"}
V = TypeVar("V", bound=Versie)


class InhoudError(CannotGoOn, ValueError):
    """The content cannot be used; `fouten` holds every fault in plain Dutch."""

    def __init__(self, fouten: Iterable[str]) -> None:
        self.fouten = tuple(fouten)
        super().__init__("De checklists zijn niet bruikbaar:\n- " + "\n- ".join(self.fouten))


def load_content(map_: Path) -> Bibliotheek:
    """Read and check all content of a folder.

    Raises:
        InhoudError: anything is wrong; lists every fault.
    """
    fouten: list[str] = []
    ruw: dict[str, dict[str, Any]] = {}
    for pad in sorted(map_.glob("*.yaml")):
        if _NAAM.fullmatch(pad.name):
            try:
                ruw[pad.name] = _read(pad)
            except (yaml.YAMLError, ValueError) as fout:
                fouten.append(f"{pad.name}: geen leesbare YAML ({' '.join(str(fout).split())})")
    _complete_rules(ruw)
    rekenregels = _parse(ruw, "rekenregel", Rekenregel, fouten)
    bronnen = _parse(ruw, "bronnen", Bronnen, fouten)
    normen = _parse(ruw, "normen", Normen, fouten)
    for inhoud in ruw.values():
        _expand_all(inhoud, rekenregels)
    checklists = _parse(ruw, "[a-z]{3}", Checklist, fouten)
    leesbaar = not fouten
    versies: dict[str, Versie] = {**checklists, **rekenregels, **bronnen, **normen}
    fouten += _name_faults(versies) + _lock_faults(map_, versies)
    bibliotheek = Bibliotheek(
        tuple(checklists.values()),
        tuple(rekenregels.values()),
        tuple(bronnen.values()),
        tuple(normen.values()),
    )
    if leesbaar:  # what a half-read set refers to would be reported as unknown
        fouten += _set_faults(bibliotheek)
    if fouten:
        raise InhoudError(fouten)
    return bibliotheek


def fingerprint(pad: Path) -> str:
    """The SHA-256 of a content file as `published.json` holds it."""
    return hashlib.sha256(pad.read_bytes()).hexdigest()


class _Lezer(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # C parser when it is there
    """YAML without double keys: the standard reader keeps the last one silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        """Build a mapping; a key that stands there twice is refused."""
        sleutels = [self.construct_object(sleutel, deep=True) for sleutel, _ in node.value]
        dubbel = {s for s in sleutels if sleutels.count(s) > 1}
        if dubbel:
            raise ValueError(f"regel {node.start_mark.line + 1}: {', '.join(map(str, dubbel))} staat er dubbel")
        inhoud: dict[Any, Any] = super().construct_mapping(node, deep)
        return inhoud


def _read(pad: Path) -> dict[str, Any]:
    inhoud = yaml.load(pad.read_text(encoding="utf-8"), Loader=_Lezer)  # noqa: S506  # a safe loader
    if not isinstance(inhoud, dict):
        raise ValueError("er staat geen lijst met velden in")  # noqa: TRY004  # a fault of the file, not of a type
    return inhoud


def _parse(ruw: Mapping[str, dict[str, Any]], soort: str, klasse: type[V], fouten: list[str]) -> dict[str, V]:
    gelezen: dict[str, V] = {}
    for naam, inhoud in ruw.items():
        if not re.fullmatch(rf"{soort}-\d+\.yaml", naam):
            continue
        try:
            gelezen[naam] = klasse.model_validate(inhoud)
        except ValidationError as fout:
            fouten += [f"{naam}: {_field(inhoud, f['loc'])} {_message(f)}" for f in fout.errors()]
    return gelezen


def _message(fout: Mapping[str, Any]) -> str:
    return _MELDING.get(fout["type"], f"heeft een waarde die niet mag ({fout['msg']})")


def _field(inhoud: Mapping[str, Any], plek: tuple[int | str, ...]) -> str:
    """Name a field as a reader finds it: the code of the item instead of its number."""
    if len(plek) > 1 and plek[0] == "items" and isinstance(plek[1], int):
        item = inhoud["items"][plek[1]]
        code = item.get("code", f"item {plek[1] + 1}") if isinstance(item, dict) else f"item {plek[1] + 1}"
        return " ".join([str(code), *(str(deel) for deel in plek[2:])])
    return " ".join(str(deel) for deel in plek)


def _complete_rules(ruw: Mapping[str, dict[str, Any]]) -> None:
    """A rule from before `blijftOpen` stood in it takes the list of the next one that has it: nothing was decided otherwise since."""
    regels = sorted(
        (naam for naam in ruw if naam.startswith("rekenregel-")), key=lambda naam: int(naam[11:-5]), reverse=True
    )
    later: object = None
    for naam in regels:
        later = ruw[naam].get(OPEN_NA_STOP, later)
        if later is not None:
            ruw[naam].setdefault(OPEN_NA_STOP, later)


def _expand_all(inhoud: dict[str, Any], rekenregels: Mapping[str, Rekenregel]) -> None:
    """Write out the short form `alle` with the codes of the rekenregel in force."""
    vanaf = inhoud.get("geldigVanaf")
    regels = [r for r in rekenregels.values() if not isinstance(vanaf, date) or r.geldig_vanaf <= vanaf]
    if not regels or not isinstance(inhoud.get("items"), list):
        return
    regel = max(regels, key=lambda r: (r.geldig_vanaf, r.versie))
    voluit = {
        "objecttypen": list(regel.objecttypen),
        "kern": list(regel.objecttypen),
        "vormen": list(regel.vormen),
    }
    for item in inhoud["items"]:
        if isinstance(item, dict):
            item.update({veld: codes for veld, codes in voluit.items() if item.get(veld) == "alle"})


def _name_faults(versies: Mapping[str, Versie]) -> list[str]:
    fouten = []
    for naam, inhoud in versies.items():
        soort = inhoud.code.lower() if isinstance(inhoud, Checklist) else naam.split("-")[0]
        if naam != f"{soort}-{inhoud.versie}.yaml":
            fouten.append(f"{naam}: de naam past niet bij code en versie in het bestand")
    return fouten


def _lock_faults(map_: Path, versies: Mapping[str, Versie]) -> list[str]:
    try:
        slot: dict[str, str] = json.loads((map_ / SLOT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return [f"{SLOT} ontbreekt of is niet leesbaar"]
    fouten = [f"{naam}: gepubliceerd, maar het bestand ontbreekt" for naam in slot if not (map_ / naam).is_file()]
    for naam, inhoud in versies.items():
        hash_ = fingerprint(map_ / naam)
        if inhoud.status is Status.CONCEPT and naam in slot:
            fouten.append(f"{naam}: gepubliceerd volgens {SLOT}, maar het bestand zegt concept")
        elif inhoud.status is Status.GEPUBLICEERD and naam not in slot:
            fouten.append(f"{naam}: staat niet in {SLOT}; publiceren met {hash_}")
        elif naam in slot and slot[naam] != hash_:
            fouten.append(f"{naam}: een gepubliceerde versie is veranderd; maak een nieuwe versie")
    return fouten


def _set_faults(bibliotheek: Bibliotheek) -> list[str]:
    """Check each set that is used together: one per date of change, concepts as if published."""
    alles: tuple[Versie, ...] = (*bibliotheek.checklists, *bibliotheek.rekenregels)
    bronnen = frozenset(bron.code for lijst in bibliotheek.bronnen for bron in lijst.bronnen)
    sleutels = frozenset(
        norm.sleutel
        for normen in bibliotheek.normen
        for groep in (normen.landelijk, *normen.gemeenten.values())
        for norm in groep
    )
    fouten: list[str] = []
    for datum in sorted({versie.geldig_vanaf for versie in alles}):
        regels = current(_as_published(bibliotheek.rekenregels), datum)
        lijsten = current(_as_published(bibliotheek.checklists), datum)
        if not regels:
            fouten.append(f"op {datum:%d-%m-%Y} geldt nog geen rekenregel")
            continue
        fouten += catalogue_faults(regels[0], lijsten, bronnen, sleutels)
    if not bibliotheek.rekenregels or not bibliotheek.checklists:
        fouten.append("er is geen rekenregel of geen enkele checklist")
    return list(dict.fromkeys(fouten))


def _as_published(versies: Iterable[V]) -> list[V]:
    return [versie.model_copy(update={"status": Status.GEPUBLICEERD}) for versie in versies]
