"""What is known of each public set beforehand: its licence and where it is published; an import may say otherwise.

By the value of the layout. A set of the municipality itself has no public licence, so it is not here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Herkomst:
    """Licence (SPDX) and place of publication of a set; None where the publisher says nothing that holds for every edition."""

    licentie: str | None
    bron_url: str | None


# BAG: the download service of PDOK says CC0. CBS: source must be named, published as CC BY 4.0. Amsterdam: data set `horeca`
# of the city's open data. Den Haag (layer `Horeca_nieuw`) names no licence with its file, so whoever uploads it gives one.
HERKOMST: dict[str, Herkomst] = {
    "bag": Herkomst("CC0-1.0", "https://service.pdok.nl/lv/bag/atom/"),
    "cbs-gebieden": Herkomst("CC-BY-4.0", "https://www.cbs.nl/nl-nl/dossier/nederland-regionaal/geografische-data"),
    "amsterdam-horeca": Herkomst("CC0-1.0", "https://api.data.amsterdam.nl/v1/horeca/"),
    "den-haag-horeca": Herkomst(None, None),
}
UNKNOWN = Herkomst(None, None)
