"""The sign-in cookie of organisers: a random secret of which the database holds only the hash."""

from flask import Response, current_app, request

from eventsite.people import queries, service
from eventsite.people.models import Account


def cookie_name() -> str:
    """`__Host-` binds the cookie to this host and to HTTPS (RFC 6265bis § 4.1.3.2)."""
    return "__Host-organiser" if current_app.config["SETTINGS"].is_secure else "organiser"


def load_account() -> Account | None:
    """The account of this request's cookie."""
    secret = request.cookies.get(cookie_name(), "")
    return queries.account_of_session(service.secret_hash(secret)) if secret else None


def remember(response: Response, secret: str) -> Response:
    """Sets the cookie for the life of the sign-in."""
    response.set_cookie(
        cookie_name(),
        secret,
        max_age=service.SESSION_DAYS * 86400,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SETTINGS"].is_secure,
        path="/",
    )
    return response


def forget(response: Response) -> Response:
    """Ends the sign-in in database and browser."""
    service.sign_out(request.cookies.get(cookie_name(), ""))
    response.delete_cookie(cookie_name(), path="/", secure=current_app.config["SETTINGS"].is_secure, httponly=True)
    return response
