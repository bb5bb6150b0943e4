"""References that a task or message can point at where a record has no id of its own."""

from uuid import NAMESPACE_URL, UUID, uuid5


def municipality_reference(gemeentecode: str) -> UUID:
    """A stable id for a municipality, which has a code and no id."""
    return uuid5(NAMESPACE_URL, f"urn:veldwacht:gemeente:{gemeentecode}")
