"""The public key with which a browser subscribes to web push."""

import logging

from app.core.settings import Settings
from app.gemeenten.adapters.webpush import public_key

log = logging.getLogger(__name__)


def push_key(settings: Settings) -> str | None:
    """The public key, base64url; None where web push is not set up or its key cannot be read."""
    if settings.vapid_private_key_file is None:
        return None
    try:
        return public_key(settings.vapid_private_key_file)
    except (ValueError, OSError):
        log.warning("the key of web push cannot be read")
        return None
