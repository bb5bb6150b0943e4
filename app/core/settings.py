"""All settings of the service in one place; each is an environment variable with the prefix ``VELDWACHT_``."""

from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parents[2]


class Stempel(StrEnum):
    """What a database was made for; a demo database never serves production and the other way round."""

    DEMO = "demo"
    PRODUCTIE = "productie"


class Smtptls(StrEnum):
    """How the connection to the mail server is protected."""

    STARTTLS = "starttls"
    TLS = "tls"
    GEEN = "geen"


class Settings(BaseSettings):
    """Settings read once at start-up.

    Secrets are `SecretStr`, so that neither a log line nor a traceback shows them.
    """

    model_config = SettingsConfigDict(env_prefix="VELDWACHT_", extra="ignore", frozen=True)

    stempel: Stempel = Stempel.PRODUCTIE
    database_url: SecretStr = SecretStr(f"sqlite:///{ROOT / '.demo' / 'veldwacht.db'}")
    database_pool: int = Field(default=16, ge=1, le=200, description="connections, and requests at work, per process")
    intake_at_once: int = Field(
        default=2, ge=1, le=200, description="deliveries of tablets at work, per process; the others wait in order"
    )
    key_ring_file: Path = ROOT / ".demo" / "sleutelbos.json"
    demo_folder: Path = Field(default=ROOT / ".demo", description="where the demo identity provider keeps its key")
    base_url: str = Field(default="http://localhost:8000", description="address under which browsers see the service")
    allowed_origins: list[str] = Field(default=[], description="other web origins that may call the API (CORS)")

    oidc_issuer: str = "http://localhost:8001"
    oidc_client_id: str = "veldwacht"
    oidc_client_secret: SecretStr = SecretStr("")
    oidc_client_key_file: Path | None = Field(
        default=None, description="private key (PEM or JWK) for private_key_jwt; goes before the secret (OIDC NL GOV)"
    )
    oidc_acr_values: list[str] = Field(
        default=[], description="levels of assurance, one of which a browser sign-in must have; empty means any"
    )
    token_audience: str = "veldwacht-api"  # noqa: S105 - a name, not a secret
    session_idle_minutes: int = Field(default=30, ge=1, le=720)
    session_hours: int = Field(default=12, ge=1, le=24)
    account_cache_seconds: float = Field(
        default=30, ge=0, le=30, description="at most 30: an ended account must stop working at once"
    )

    locatieserver_enabled: bool = Field(default=True, description="whether PDOK may be asked where an address lies")
    locatieserver_url: str = "https://api.pdok.nl/bzk/locatieserver/search/v3_1"
    locatieserver_per_second: float = Field(
        default=5, gt=0, le=50, description="of all processes together; PDOK asks for fair use and names no number"
    )
    bag_api_url: str = "https://api.bag.kadaster.nl/lvbag/individuelebevragingen/v2"
    bag_api_key: SecretStr = Field(default=SecretStr(""), description="without it this source is off")
    bag_api_per_second: float = Field(default=40, gt=0, le=50, description="Kadaster allows 50 per key (B3)")
    bag_api_per_day: int = Field(default=45_000, ge=1, le=50_000, description="Kadaster allows 50,000 per key (B3)")
    kvk_api_url: str = "https://api.kvk.nl/api"
    kvk_api_key: SecretStr = Field(default=SecretStr(""), description="without it this source is off")
    kvk_api_per_second: float = Field(default=5, gt=0, le=50)
    outside_seconds: float = Field(default=6, gt=0, le=60, description="the longest that one call to a source may take")
    outside_attempts: int = Field(default=3, ge=1, le=10, description="calls before background work gives up for now")
    outside_max_bytes: int = Field(default=2 * 1024 * 1024, ge=1024, description="the largest answer that is read")
    outside_failures: int = Field(default=5, ge=1, le=100, description="failures in a row after which a source rests")
    outside_rest_seconds: float = Field(
        default=30, gt=0, le=3600, description="the first rest; it doubles up to half an hour"
    )
    outside_proxy: SecretStr = Field(default=SecretStr(""), description="proxy for calls to sources, where needed")

    background_map_url: str = Field(
        default="",
        description="tiles of the map behind the tablet's plan, with {z}, {x} and {y}, PNG in EPSG:3857; empty: no background",
    )
    background_map_folder: Path = Field(
        default=ROOT / ".demo" / "achtergrondkaart", description="where tiles are kept; may be emptied at any time"
    )
    background_map_bytes: int = Field(default=200 * 1024 * 1024, ge=1024 * 1024)
    background_map_days: int = Field(default=30, ge=1, le=366, description="after which a tile is asked for anew")

    requests_per_minute: int = Field(
        default=1_800,
        ge=0,
        le=1_000_000,
        description="of one sign-in, at what a tablet asks by itself, as a burst and as a pace; 0: no bound. Danger and signals are never bound",
    )
    sealed_per_day: int = Field(
        default=10_000,
        ge=1,
        le=1_000_000,
        description="sealed events of one tablet in a day, of 10 kB each on average, per process; what is more waits. Danger and signals have a reserve",
    )
    max_body_bytes: int = Field(default=8 * 1024 * 1024, ge=1024)
    max_photo_bytes: int = Field(
        default=15 * 1024 * 1024, ge=1024, description="the largest photo as a tablet sends it"
    )
    max_photo_pixels: int = Field(default=50_000_000, ge=10_000, description="larger images are refused unread")
    photo_side: int = Field(default=2560, ge=320, le=8000, description="longest side in pixels of what is kept")
    virus_scan_command: list[str] = Field(
        default=[], description="reads a file from standard input; ends with 0 for clean and 1 for a find; empty: none"
    )
    tablet_key_days: int = Field(
        default=30, ge=2, le=400, description="how long tablets seal to one key before they get another"
    )
    tablet_key_keep_days: int = Field(
        default=400, ge=30, le=4000, description="how long an old key opens what was sealed to it"
    )
    delivery_proof_days: int = Field(
        default=14,
        ge=1,
        le=90,
        description="how long a tablet that is signed out can deliver in the name of an account",
    )
    tablet_min_version: str = Field(
        default="", pattern=r"^[0-9A-Za-z.+-]{0,40}$", description="older apps are told to update, never refused"
    )
    clamd: str = Field(
        default="",
        pattern=r"^(|unix:/.+|tcp:.+:\d{1,5})$",
        description="socket of a clamd, unix:/run/clamav/clamd.ctl or tcp:host:3310; empty: none",
    )
    max_import_bytes: int = Field(
        default=500 * 1024 * 1024,
        ge=1024,
        description="the addresses of the largest municipality as GeoPackage fit in it; the stock of one is a tenth",
    )
    preview_hours: int = Field(default=24, ge=1, le=168, description="how long a preview can be made real")
    rejected_rows_days: int = Field(default=30, ge=1, le=90, description="how long rejected rows are kept")
    log_level: str = "INFO"
    message_timeout_seconds: float = Field(default=10, gt=0, le=60, description="how long one delivery may take")
    smtp_host: str = Field(default="", description="mail server; empty: no e-mail")
    smtp_port: int = Field(default=587, ge=1, le=65535)
    smtp_tls: Smtptls = Field(default=Smtptls.STARTTLS, description="'geen' is for a mail server on this machine only")
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = Field(default="", description="functional sender address")
    smtp_ca_file: Path | None = Field(default=None, description="own certificate authority of the mail server")
    sms_webhook_url: str = Field(default="", description="SMS gateway: takes a POST with JSON; empty: no SMS")
    sms_webhook_secret: SecretStr = SecretStr("")
    vapid_private_key_file: Path | None = Field(default=None, description="PEM, P-256; absent: no web push")
    vapid_contact: str = Field(default="", description="mailto: or https: address for the push service")
    push_hosts: list[str] = Field(
        default=[
            "fcm.googleapis.com",
            "push.services.mozilla.com",
            "push.apple.com",
            "notify.windows.com",
        ],
        description="hosts, and what lies under them, to which a browser may let a push be sent",
    )
    cloudevents_url: str = Field(default="", description="webhook for CloudEvents (NL GOV); empty: none")
    cloudevents_secret: SecretStr = SecretStr("")
    cloudevents_oin: str = Field(default="", description="OIN of the municipality or service, twenty digits")
    worker_id: str = Field(
        default="worker-1", description="stable, so that a restarted worker takes its running jobs back"
    )


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process."""
    return Settings()
