"""Writes the README's tables of settings and libraries from the code: `python -m tools.readme`."""

import re
import sys
import tomllib
from pathlib import Path

from eventsite.config import setting_fields

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

# Library: licence, the one reason, the door.
LIBRARIES: dict[str, tuple[str, str, str]] = {
    "alembic": ("MIT", "upgrades the database step by step", "`schema.py`"),
    "argon2-cffi": ("MIT", "keeps passwords as hashes that are slow to guess", "`people/service.py`"),
    "babel": ("BSD-3-Clause", "dates, numbers and countries as each language writes them", "`core/i18n.py`"),
    "brotli": ("MIT", "smaller pages on the way", "`web/assets.py`"),
    "email-validator": ("Unlicense", "judges the shape of e-mail addresses", "`web/forms.py`"),
    "flask": ("BSD-3-Clause", "requests, routes, templates", "`app.py`, pages"),
    "flask-sqlalchemy": ("BSD-3-Clause", "one database session per request", "`core/db.py`"),
    "flask-wtf": ("BSD-3-Clause", "protects forms against being sent by others", "`web/forms.py`"),
    "granian": ("BSD-3-Clause", "the web server", "`server.py`"),
    "highspy": ("MIT", "the exact solver of the allocation", "`allocation/highs.py`"),
    "huey": ("MIT", "rings for background work", "`core/jobs.py`"),
    "icalendar": ("BSD-2-Clause", "judges foreign calendars strictly", "`core/ical.py`"),
    "markdown-it-py": ("MIT", "Markdown of organisers into HTML", "`core/text.py`"),
    "nh3": ("MIT", "lets only harmless HTML through", "`core/text.py`"),
    "numpy": ("BSD-3-Clause", "hands the solver its numbers", "`allocation/highs.py`"),
    "pikepdf": ("MPL-2.0", "checks and finishes PDFs", "`core/pdf.py`"),
    "pillow": ("MIT-CMU", "checks pictures and makes their sizes", "`core/images.py`"),
    "psycopg": ("LGPL-3.0-only", "speaks to PostgreSQL", "`core/db.py`, by address"),
    "python-calamine": ("MIT", "reads Excel tables", "`core/tables.py`"),
    "segno": ("BSD-3-Clause", "QR codes", "`core/qr.py`"),
    "sqlalchemy": ("MIT", "tables and queries, the same on SQLite and PostgreSQL", "models, queries, services"),
    "tzdata": ("Apache-2.0", "time zones where the system has none", "Python’s `zoneinfo`"),
    "weasyprint": ("BSD-3-Clause", "HTML into tagged PDF", "`core/pdf.py`"),
    "wtforms": ("BSD-3-Clause", "forms and what is wrong with them", "forms and pages"),
    "xlsxwriter": ("BSD-2-Clause", "writes Excel tables", "`core/tables.py`"),
    "redis": ("MIT", "optional: a queue in Redis", "`core/jobs.py`"),
    "obstore": ("MIT", "optional: files in S3", "`core/storage.py`"),
}


def settings_table() -> str:
    """One row for each setting."""
    rows = [f"| `{name}` | {_shown(default)} | {meaning} |" for name, _, default, meaning, _ in setting_fields()]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "yes" if default else "no"
    return f"`{default}`" if str(default) else "empty"


def direct_dependencies() -> list[str]:
    """The names that pyproject.toml asks for, the optional ones last."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for group in project["optional-dependencies"].values() for d in group)]
    return [re.split(r"[\[<>=!~; ]", dependency)[0] for dependency in wanted]


def libraries_table() -> str:
    """One row for each direct dependency; fails for one without a reason."""
    rows = ["| {} | {} | {} | {} |".format(name, *LIBRARIES[name]) for name in direct_dependencies()]
    return "\n".join(["| library | licence | what for | door |", "|---|---|---|---|", *rows])


def between(text: str, mark: str) -> str:
    """What stands between the two comments of this name."""
    found = re.search(rf"<!-- {mark}: [^>]*-->\n(.*?)\n?<!-- end of {mark} -->", text, re.DOTALL)
    if found is None:
        raise SystemExit(f"README.md: the comments around {mark} are missing.")
    return found[1]


def main() -> int:
    """Puts both tables between their comments."""
    text = README.read_text(encoding="utf-8")
    for mark, table in (("settings", settings_table()), ("libraries", libraries_table())):
        start, end = re.search(rf"<!-- {mark}: [^>]*-->\n", text), text.index(f"<!-- end of {mark} -->")
        if start is None:
            raise SystemExit(f"README.md: the comment before {mark} is missing.")
        text = text[: start.end()] + table + "\n" + text[end:]
    README.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
