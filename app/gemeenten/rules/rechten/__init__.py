"""The one table of rights: every operation of the API has a row here, or nobody may call it (design section 2, ADR 0012).

A row says which roles may call the operation; which records they then see is decided by `readable_by` in each repository.
"""

from app.core.rights import Recht
from app.gemeenten.rules.rechten import planning, signalen, veld, voorraad

# One key twice would hide a row; the parts share no name (tests/test_rights.py).
RECHTEN: dict[str, Recht] = {**voorraad.RECHTEN, **signalen.RECHTEN, **veld.RECHTEN, **planning.RECHTEN}
