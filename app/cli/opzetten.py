"""Setting up: the database with its stamp and national values, and a municipality from a profile file."""

from pathlib import Path

from app.checklists.service import load_catalogue
from app.core.db import Database, check_schema
from app.core.migrate import migrate
from app.core.runtime import Runtime
from app.core.settings import ROOT, Settings
from app.core.stamp import check_stamp, write_stamp
from app.gemeenten.adapters.bestanden import read_profile, read_seeds
from app.gemeenten.service.profielen import Resultaat, load_files, seed_national
from app.objecten.service import zoekindex
from app.signalen.adapters.routebestanden import read_routes
from app.signalen.service.routeprofielen import seed_base, seed_gemeente

INHOUD = ROOT / "checklists"


def prepare_database(settings: Settings) -> None:
    """Brings the database to this code: schema, stamp, national norms, lists and the base route table. A repeat changes nothing.

    Raises:
        WrongStamp: the database was made for something else.
        UnreadableFile, RoutebestandError: the content is not usable.
    """
    migrate(settings)
    database = Database(settings)
    write_stamp(database, settings.stempel)
    database.dispose()
    runtime = Runtime.start(settings)
    with runtime.system_unit("landelijke_waarden") as uow:
        seed_national(uow, *read_seeds(INHOUD))
        seed_base(uow, read_routes(INHOUD))
    runtime.stop()


def rebuild_index(settings: Settings, *, only_when_behind: bool = False) -> int | None:
    """Makes words and map of the whole stock anew; None when it was asked for only if they were never made, and they were.

    Raises:
        StaleSchema: the database is older than the code.
    """
    runtime = Runtime.start(settings)
    check_schema(runtime.database)
    with runtime.system_unit("zoekindex", write=False) as uow:
        behind = zoekindex.is_behind(uow.session)
    done = None if only_when_behind and not behind else zoekindex.rebuild(runtime.system_unit, "zoekindex")
    runtime.stop()
    return done


def check_start(settings: Settings) -> None:
    """What the service checks at its start, before a web server turns a refusal into a stack trace.

    Raises:
        KeyRingMissing, StaleSchema, WrongStamp, InhoudError: what is wrong and how to mend it, in Dutch.
    """
    runtime = Runtime.start(settings)
    check_schema(runtime.database)
    check_stamp(runtime.database, settings)
    load_catalogue()
    runtime.stop()


def add_gemeente(settings: Settings, path: Path) -> Resultaat:
    """Reads a municipality profile with the area files beside it, and stores the route profile of its region.

    Raises:
        UnreadableFile, InvalidProfiel, RoutebestandError: the files have faults; all are named.
    """
    runtime = Runtime.start(settings)
    with runtime.system_unit("gemeente_toevoegen") as uow:
        result = load_files(uow, path, INHOUD)
        routes = read_routes(INHOUD)
        added = seed_base(uow, routes) + seed_gemeente(uow, read_profile(path).gemeente.code, routes)
        result.note("routeprofielen", added)
    runtime.stop()
    return result
