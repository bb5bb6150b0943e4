"""Reads the route tables of the content folder: the base table and a profile per region. All faults at once, in Dutch."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from app.core.errors import CannotGoOn
from app.core.http.problems import validation_faults
from app.signalen.rules.routeprofiel import Basisbestand, Inhoudsbestand, Profiel, Regiobestand, merge

MAP = "meldroute"
SLOT = "published.json"
BASIS = "basis"
B = TypeVar("B", bound=BaseModel)


class RoutebestandError(CannotGoOn, ValueError):
    """The route tables cannot be used; `fouten` holds every fault."""

    def __init__(self, fouten: list[str]) -> None:
        self.fouten = tuple(fouten)
        super().__init__("De meldroute is niet bruikbaar:\n- " + "\n- ".join(fouten))


@dataclass(frozen=True)
class Routeinhoud:
    """The route tables as they are published.

    Attributes:
        basis: the base table, and from when it holds.
        gemeenten: the merged profile of each municipality that a region names, and from when it holds.
    """

    basis: Profiel
    geldig_vanaf: date
    gemeenten: Mapping[str, tuple[Profiel, date]]
    profielen: Mapping[str, Profiel]


def read_routes(content: Path) -> Routeinhoud:
    """The highest version of the base table and of each region profile in `content/meldroute`.

    Raises:
        RoutebestandError: a file is absent, changed after it was published, or has faults.
    """
    folder = content / MAP
    faults: list[str] = []
    lock = _lock(content, faults)
    newest: dict[str, Path] = {}
    for path in sorted(folder.glob("*-[0-9]*.yaml"), key=_version):  # without a number: content of another kind
        newest[path.stem.rpartition("-")[0]] = path
        _check_lock(path, lock, faults)
    gone = [name for name in lock if name.startswith(f"{MAP}/") and not (content / name).is_file()]
    faults += [f"{name}: gepubliceerd, maar het bestand ontbreekt" for name in gone]
    files = {name: path for name, path in newest.items() if name != BASIS}
    base = _read(newest[BASIS], Basisbestand, BASIS, faults) if BASIS in newest else None
    if base is None:
        raise RoutebestandError([*faults, f"{MAP}/{BASIS}-1.yaml ontbreekt of is niet te lezen"])
    whole = Profiel.model_validate(base.model_dump(include=set(Profiel.model_fields)))
    profiles: dict[str, Profiel] = {}
    towns: dict[str, tuple[Profiel, date]] = {}
    for name, path in files.items():
        region = _read(path, Regiobestand, name, faults)
        merged = None if region is None else _merged(whole, region, path, faults)
        if region is None or merged is None:
            continue
        profiles[name] = merged
        faults += [f"{path.name}: {code} hoort al bij een ander profiel" for code in region.gemeenten if code in towns]
        towns |= dict.fromkeys(region.gemeenten, (merged, region.geldig_vanaf))
    if faults:
        raise RoutebestandError(faults)
    return Routeinhoud(whole, base.geldig_vanaf, towns, {BASIS: whole, **profiles})


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file as `published.json` holds it."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _version(path: Path) -> int:
    number = path.stem.rpartition("-")[2]
    return int(number) if number.isdigit() else 0


def _lock(content: Path, faults: list[str]) -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads((content / SLOT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        faults.append(f"{SLOT} ontbreekt of is niet leesbaar")
        return {}
    return found


def _check_lock(path: Path, lock: Mapping[str, str], faults: list[str]) -> None:
    name = f"{MAP}/{path.name}"
    if name not in lock:
        faults.append(f"{name}: staat niet in {SLOT}; publiceren met {fingerprint(path)}")
    elif lock[name] != fingerprint(path):
        faults.append(f"{name}: een gepubliceerde versie is veranderd; maak een nieuwe versie")


def _read(path: Path, kind: type[B], name: str, faults: list[str]) -> B | None:
    try:
        content: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
        found = kind.model_validate(content)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        faults.append(f"{path.name}: geen leesbare YAML ({type(error).__name__})")
        return None
    except ValidationError as error:
        faults += [f"{path.name}: {fault.veld} {fault.melding}" for fault in validation_faults(error.errors())]
        return None
    if isinstance(found, Inhoudsbestand) and (getattr(found, "profiel", None), found.versie) != (name, _version(path)):
        faults.append(f"{path.name}: de naam past niet bij profiel en versie in het bestand")
    return found


def _merged(base: Profiel, region: Regiobestand, path: Path, faults: list[str]) -> Profiel | None:
    try:
        return merge(base, region)
    except ValidationError as error:
        faults += [f"{path.name}: {fault.melding}" for fault in validation_faults(error.errors())]
    except ValueError as error:
        faults.append(f"{path.name}: {error}")
    return None
