"""Every setting: its name, type, default and meaning, read from the environment once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PREFIX = "EVENTSITE_"
DEMO_SECRET = "demonstration-only-not-a-secret"


class BadSetting(Exception):
    """A setting has a value that cannot be used; the text names it and says what is expected."""


def _setting(default: Any, meaning: str, *, secret: bool = False) -> Any:
    return field(default=default, metadata={"meaning": meaning, "secret": secret})


_DATA_DIR = Path("var/data")


@dataclass(frozen=True)
class Settings:
    """All settings of one process, typed; `sources` says where each value came from."""

    data_dir: Path = _setting(_DATA_DIR, "folder for database, files and queue")  # noqa: RUF009 - a field
    database_url: str = _setting("", "database; empty means SQLite inside the data directory")
    secret_key: str = _setting("", "key for sessions and personal links; at least 32 characters", secret=True)
    base_url: str = _setting("http://127.0.0.1:8000", "address of the site as people type it")
    mail_url: str = _setting(
        "", "smtp://user:password@host:587 or smtps://…; empty: mail waits in the outbox", secret=True
    )
    mail_from: str = _setting("", "sender of mails; empty: the event's contact address")
    bounce_address: str = _setting(
        "", "where reports of undelivered mails go, as bounces@example.org; each mail gets bounces+NUMBER@example.org"
    )
    queue_url: str = _setting("", "queue of the background work; empty means SQLite inside the data directory")
    storage_url: str = _setting("", "where files lie: file:DIR or s3://bucket/prefix; empty: inside the data directory")
    rate_limits: str = _setting("on", "on, or off where a proxy limits requests")
    trusted_proxies: int = _setting(0, "number of reverse proxies in front whose forwarding headers are believed")
    web_threads: int = _setting(4, "threads of the web server in each process")
    web_workers: int = _setting(1, "web server processes")
    with_worker: bool = _setting(True, "serve also starts the background worker")
    max_upload_mb: int = _setting(25, "largest upload in megabytes")
    demo: bool = _setting(False, "the demonstration: sign-in and outbox are shown")
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def database(self) -> str:
        """The database address, with the default filled in."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'eventsite.sqlite'}"

    @property
    def storage(self) -> str:
        """The storage address, with the default filled in."""
        return self.storage_url or f"file:{self.data_dir.resolve() / 'files'}"

    @property
    def queue(self) -> str:
        """The queue address, with the default filled in."""
        return self.queue_url or f"sqlite:///{self.data_dir.resolve() / 'queue.sqlite'}"

    @property
    def is_secure(self) -> bool:
        """True when people reach the site over HTTPS."""
        return self.base_url.startswith("https://")


def setting_fields() -> list[tuple[str, str, Any, str, bool]]:
    """Name in the environment, attribute, default, meaning and secrecy of each setting."""
    return [
        (PREFIX + f.name.upper(), f.name, f.default, f.metadata["meaning"], f.metadata["secret"])
        for f in fields(Settings)
        if "meaning" in f.metadata
    ]


def _convert(name: str, text: str, default: Any) -> Any:
    if isinstance(default, bool):
        if text.lower() in {"1", "true", "yes", "on"}:
            return True
        if text.lower() in {"0", "false", "no", "off", ""}:
            return False
        raise BadSetting(f"{name} must be yes or no, not {text!r}.")
    if isinstance(default, int):
        try:
            number = int(text)
        except ValueError:
            raise BadSetting(f"{name} must be a whole number, not {text!r}.") from None
        if number < 0:
            raise BadSetting(f"{name} must not be negative.")
        return number
    if isinstance(default, Path):
        return Path(text)
    return text


def _check(settings: Settings) -> None:
    base = urlsplit(settings.base_url)
    if base.scheme not in {"http", "https"} or not base.netloc:
        raise BadSetting(f"{PREFIX}BASE_URL must be an address such as https://events.example.org.")
    schemes = {
        "DATABASE_URL": (settings.database_url, ("sqlite", "postgresql", "postgresql+psycopg")),
        "MAIL_URL": (settings.mail_url, ("smtp", "smtps", "console", "memory", "outbox")),
        "QUEUE_URL": (settings.queue_url, ("sqlite", "postgresql", "redis", "rediss")),
        "STORAGE_URL": (settings.storage_url, ("file", "s3")),
    }
    for name, (value, allowed) in schemes.items():
        if value and value.split(":", 1)[0] not in allowed:
            raise BadSetting(f"{PREFIX}{name} must start with one of: {', '.join(a + ':' for a in allowed)}.")
    if settings.bounce_address and settings.bounce_address.count("@") != 1:
        raise BadSetting(f"{PREFIX}BOUNCE_ADDRESS must be an address such as bounces@example.org.")
    if settings.rate_limits not in {"on", "off"}:
        raise BadSetting(f"{PREFIX}RATE_LIMITS must be on or off.")


def load(environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Reads the settings from the environment; raises BadSetting with a sentence for a value that cannot be used."""
    environ = os.environ if environ is None else environ
    values: dict[str, Any] = {}
    sources: dict[str, str] = {}
    for name, attribute, default, _meaning, _secret in setting_fields():
        if attribute in overrides:
            values[attribute], sources[attribute] = overrides[attribute], "command"
        elif environ.get(name, "") != "":
            values[attribute], sources[attribute] = _convert(name, environ[name], default), "environment"
        else:
            sources[attribute] = "default"
    settings = Settings(**values, sources=sources)
    _check(settings)
    return settings
