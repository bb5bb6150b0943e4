"""Reads the files that set up a municipality: profile, seeds of norms and lists, areas. All faults at once, in Dutch."""

import json
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from app.core.errors import InvalidInput
from app.core.http.problems import validation_faults
from app.gemeenten.schemas.profiel import GemeenteProfiel, LijstRegel, NormRegel, NormSeeds

_LISTS = TypeAdapter(list[LijstRegel])


class UnreadableFile(InvalidInput):
    """A file that is absent, no YAML or JSON, or has faults; `fouten` names each with its place."""

    code = "bestand"


def read_profile(path: Path) -> GemeenteProfiel:
    """The profile in a YAML file.

    Raises:
        UnreadableFile: absent, no YAML, or with faults.
    """
    try:
        return GemeenteProfiel.model_validate(_read_yaml(path))
    except ValidationError as error:
        raise _faults(path, error) from None


def read_norm_seeds(*paths: Path) -> NormSeeds:
    """The first values of norms in files such as `checklists/normen-1.yaml`, put together; only the two groups of values are read.

    A file names municipalities by four digits; here they get the CBS form GM0518.

    Raises:
        UnreadableFile: absent, no YAML, or with faults.
    """
    landelijk: list[NormRegel] = []
    gemeenten: dict[str, list[NormRegel]] = {}
    for path in paths:
        content = _read_yaml(path)
        own = _group(path, content.get("gemeenten") or {})
        coded = {str(code) if str(code).startswith("GM") else f"GM{code}": rows for code, rows in own.items()}
        try:
            read = NormSeeds.model_validate({"landelijk": content.get("landelijk") or [], "gemeenten": coded})
        except ValidationError as error:
            raise _faults(path, error) from None
        landelijk += read.landelijk
        for code, rows in read.gemeenten.items():
            gemeenten.setdefault(code, []).extend(rows)
    return NormSeeds(landelijk=landelijk, gemeenten=gemeenten)


def read_list_seeds(path: Path) -> list[LijstRegel]:
    """The national values of shared lists in a file such as `checklists/lijsten-1.yaml`: a value per code, per list.

    Raises:
        UnreadableFile: absent, no YAML, or with faults.
    """
    lists = _read_yaml(path).get("lijsten")
    if not isinstance(lists, dict) or not all(isinstance(values, list) for values in lists.values()):
        raise UnreadableFile(f"{path.name}: 'lijsten' is geen groep van lijsten.")
    rows = [{"lijst": name, **_group(path, value)} for name, values in lists.items() for value in values]
    try:
        return _LISTS.validate_python(rows)
    except ValidationError as error:
        raise _faults(path, error) from None


def read_areas(path: Path) -> dict[str, Any]:
    """A GeoJSON document; what stands in it is judged when it is stored.

    Raises:
        UnreadableFile: absent or no JSON object.
    """
    try:
        return _group(path, json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise UnreadableFile(f"{path.name} is niet te lezen als GeoJSON ({type(error).__name__}).") from None


LIST_FILES = ("lijsten", "interventies")
NORM_FILES = ("normen", "termijnen", "planinstellingen", "veldinstellingen", "bewaartermijnen")


def read_seeds(content: Path) -> tuple[NormSeeds, list[LijstRegel]]:
    """The first values of norms and lists in the content folder; of each file the highest version.

    Raises:
        UnreadableFile: a file is absent or has faults.
    """
    norms = read_norm_seeds(*(newest(content, name) for name in NORM_FILES))
    return norms, [row for name in LIST_FILES for row in read_list_seeds(newest(content, name))]


def newest(folder: Path, name: str) -> Path:
    """The file of the highest version: `normen-2.yaml` goes before `normen-1.yaml`.

    Raises:
        UnreadableFile: there is none.
    """
    versions = {int(path.stem.rpartition("-")[2]): path for path in folder.glob(f"{name}-[0-9]*.yaml")}
    if not versions:
        raise UnreadableFile(f"Er is geen bestand {name}-1.yaml in de map {folder.name}.")
    return versions[max(versions)]


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        return _group(path, yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path.name} is niet te lezen ({type(error).__name__}).") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = "" if mark is None else f" bij regel {mark.line + 1}"
        raise UnreadableFile(f"{path.name} is geen geldige YAML{line}.") from None


def _group(path: Path, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise UnreadableFile(f"{path.name}: hier hoort een groep velden te staan.")
    return value


def _faults(path: Path, error: ValidationError) -> UnreadableFile:
    faults = validation_faults(error.errors())
    count = "1 fout" if len(faults) == 1 else f"{len(faults)} fouten"
    told = "; ".join(f"{fault.veld} {fault.melding}" for fault in faults)
    return UnreadableFile(f"{path.name} heeft {count}: {told}.", faults)
