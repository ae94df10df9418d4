"""Signing in and out."""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from wtforms import PasswordField

from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import queries, service, session
from eventsite.web import forms, pages, security
from eventsite.web.guard import account_only, public

blueprint = Blueprint("people", __name__)


class SignInForm(forms.Form):
    """E-mail address and password."""

    email = forms.email(_l("E-mail address"), required=True, render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"), validators=[forms.Required()], render_kw={"autocomplete": "current-password"}
    )


@blueprint.route("/admin/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> Any:
    """The sign-in page; afterwards the page that was wanted."""
    if not queries.has_accounts():
        return redirect(url_for("site_setup.first_start"), 303)
    form = SignInForm()
    if form.validate_on_submit():
        security.limit("sign-in", times=60, minutes=10)
        try:
            secret = service.sign_in(form.email.data, form.password.data, request.remote_addr or "")
        except Refused as refusal:
            form.password.errors = [str(refusal)]
        else:
            target = pages.safe_target(request.args.get("next"), url_for("dashboard.home"))
            return session.remember(redirect(target, 303), secret)  # type: ignore[arg-type]
    status = 422 if form.is_submitted() else 200
    demo = current_app.config["SETTINGS"].demo
    return render_template("people/sign_in.html", form=form, is_demo=demo), status


@blueprint.post("/admin/sign-out")
@account_only
def sign_out() -> Any:
    """Ends the sign-in."""
    return session.forget(redirect(url_for("people.sign_in"), 303))  # type: ignore[arg-type]
