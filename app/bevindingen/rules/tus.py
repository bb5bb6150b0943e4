"""The parts of tus 1.0 (resumable uploads) that are text: the version, and the metadata of a new upload.

Implemented is the core protocol with the `creation` extension; a HEAD tells the offset at which to go on.
"""

import base64
import binascii
from collections.abc import Mapping

VERSION = "1.0.0"
EXTENSIONS = "creation"
PIECE_TYPE = "application/offset+octet-stream"
LONGEST = 4000


def read_metadata(text: str) -> Mapping[str, str]:
    """The pairs of an `Upload-Metadata` header: names with base64 values, between commas.

    Raises:
        ValueError: not of that form, or a name stands there twice.
    """
    found: dict[str, str] = {}
    for pair in filter(None, (part.strip() for part in text.split(","))):
        name, _, value = pair.partition(" ")
        if name in found:
            raise ValueError(name)
        try:
            found[name] = base64.b64decode(value.strip(), validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise ValueError(name) from None
    return found
