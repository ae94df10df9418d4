"""What a browser does with a form, without a browser: fetch the page, keep the token, send what was filled in."""

import re
from html import unescape
from typing import Any

from flask.testing import FlaskClient

_TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def csrf_token(client: FlaskClient, page: str) -> str:
    """The token of the first form on a page."""
    found = _TOKEN.search(client.get(page).text)
    assert found, f"no form on {page}"
    return unescape(found[1])


def post_form(client: FlaskClient, path: str, data: dict[str, Any], *, page: str | None = None, **options: Any) -> Any:
    """Fills in a form and sends it; the form is on `page` where it is not on `path` itself."""
    return client.post(path, data={"csrf_token": csrf_token(client, page or path), **data}, **options)
