"""The process that reads a spreadsheet or GeoPackage: `python -m app.objecten.adapters.lees xlsx|gpkg <file>`; see `leesproces`."""

import importlib
import sys
from typing import Final

from app.objecten.adapters.leesproces import serve

# Per kind its reader, and what its library looks for when it is loaded and reads as well without: the process stays half as large.
READERS: Final = {
    "xlsx": ("app.objecten.adapters.lees_xlsx", "Xlsx", ("numpy",)),
    "gpkg": ("app.objecten.adapters.lees_gpkg", "Gpkg", ("geopandas", "pandas", "pyarrow")),
}


def main() -> None:
    """Reads the file that the command names."""
    module, name, unused = READERS[sys.argv[1]]
    for library in unused:
        sys.modules[library] = None  # type: ignore[assignment]  # the documented way to say that a module is not there
    serve(getattr(importlib.import_module(module), name))


if __name__ == "__main__":
    main()
