"""What the demo identity provider keeps on disk: its signing key and the machine client's secret, so that a restart ends nothing."""

import json
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from joserfc.jwk import ECKey

FILE = "aanmelddienst.json"


@dataclass(frozen=True)
class DemoSecrets:
    """The secrets of one demo."""

    key: ECKey = field(repr=False)
    machine_secret: str = field(repr=False)


def load_secrets(folder: Path) -> DemoSecrets:
    """The secrets in this folder, made on first use in a file that only its owner can read."""
    path = folder / FILE
    if not path.exists():
        _create(path)
    stored = json.loads(path.read_text(encoding="utf-8"))
    return DemoSecrets(ECKey.import_key(stored["sleutel"]), stored["machineGeheim"])


def _create(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    key = ECKey.generate_key("P-256", {"use": "sig", "alg": "ES256"}, auto_kid=True)
    content = json.dumps({"sleutel": key.as_dict(private=True), "machineGeheim": secrets.token_urlsafe(32)})
    draft = path.with_name(f"{FILE}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)  # fails when another process was first; then its secrets count
    except FileExistsError:
        return
    finally:
        draft.unlink()
