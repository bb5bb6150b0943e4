"""Where a demo runs: folder, ports, settings of its processes."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from app.core.settings import Settings, Stempel


@dataclass(frozen=True)
class Plek:
    """Where a demo runs: its folder, its ports and the settings of its processes."""

    folder: Path
    port: int
    issuer_port: int

    @property
    def url(self) -> str:
        """Address of the service. The name, not the number: browsers trust it for secure cookies and keys."""
        return f"http://localhost:{self.port}"

    @property
    def issuer(self) -> str:
        """Address of the demo's sign-in."""
        return f"http://localhost:{self.issuer_port}"

    def environment(self) -> dict[str, str]:
        """The settings as environment variables for the processes."""
        return {
            "VELDWACHT_STEMPEL": str(Stempel.DEMO),
            "VELDWACHT_DATABASE_URL": f"sqlite:///{self.folder / 'veldwacht.db'}",
            "VELDWACHT_KEY_RING_FILE": str(self.folder / "sleutelbos.json"),
            "VELDWACHT_DEMO_FOLDER": str(self.folder),
            "VELDWACHT_BASE_URL": self.url,
            "VELDWACHT_OIDC_ISSUER": self.issuer,
            "VELDWACHT_OIDC_CLIENT_SECRET": self._secret(),
            "VELDWACHT_LOCATIESERVER_ENABLED": "false",  # nobody outside knows the addresses of a demo
            "VELDWACHT_BAG_API_KEY": "",
            "VELDWACHT_KVK_API_KEY": "",
        }

    def settings(self) -> Settings:
        """The settings for work in this process."""
        values = {name.removeprefix("VELDWACHT_").lower(): value for name, value in self.environment().items()}
        return Settings.model_validate(values)

    def _secret(self) -> str:
        path = self.folder / "aanmeldgeheim"
        if not path.exists():
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(secrets.token_urlsafe(32))
        return path.read_text(encoding="utf-8")
