"""Which places can have a certificate for housing workers (REG-14)."""

from app.objecten.status import Objecttype

MET_CERTIFICAAT = frozenset({Objecttype.BEDR, Objecttype.LOG})
"""Where checklist item HUI-20 asks for it. Not a dwelling: a number would link dwellings of one owner (REG-05)."""

GEEN_CERTIFICAAT = "hoort alleen bij een bedrijf of een logies"
