"""Organisers' own account and the team of an event."""

from typing import Any

from flask import Blueprint, flash, g, render_template, url_for
from wtforms import PasswordField, SelectField

from eventsite.core import i18n
from eventsite.core.errors import Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.people import queries, rules, service
from eventsite.web import forms, pages
from eventsite.web.guard import account_only, organiser

blueprint = Blueprint("people_admin", __name__)
ROLE_LABELS = {
    "organiser": _l("Organiser"),
    "editor": _l("Editor"),
    "office": _l("Registration office"),
    "helper": _l("Helper"),
    "reviewer": _l("Reviewer of proposals"),
}


class AccountForm(forms.Form):
    """Name and language of one's own account."""

    name = forms.line(_l("Name"), required=True, render_kw={"autocomplete": "name"})
    language = SelectField(
        _l("Language of the organisers’ pages"), choices=forms.options([("de", "Deutsch"), ("en", "English")])
    )


class PasswordForm(forms.Form):
    """A new password, with the present one."""

    present = PasswordField(
        _l("Present password"), validators=[forms.Required()], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(
        _l("New password"),
        validators=[forms.Required()],
        description=_l("At least 12 characters; a sentence is a good password."),
        render_kw={"autocomplete": "new-password"},
    )


class TeamForm(forms.Form):
    """A further member of the team."""

    name = forms.line(_l("Name"), required=True)
    email = forms.email(_l("E-mail address"), required=True)
    role = SelectField(
        _l("Role"),
        choices=forms.options(ROLE_LABELS.items()),
        description=_l("Helpers may see names only; the registration office sees everything but answers about health."),
    )
    password = PasswordField(
        _l("First password"),
        description=_l("For a new account: at least 12 characters. Tell it by telephone, not by mail."),
        render_kw={"autocomplete": "new-password"},
    )


class RemovalForm(forms.Form):
    """Just the protection of the button."""


@blueprint.route("/admin/account", methods=["GET", "POST"])
@account_only
def account() -> Any:
    """Name and language."""
    form = AccountForm(obj=g.account)
    if form.validate_on_submit():
        service.change_account(g.account.id, name=form.name.data, language=form.language.data)
        i18n.set_language(form.language.data)
        flash(i18n._("Stored."))
        return pages.see_other("people_admin.account")
    title, submit = i18n._("My account"), i18n._("Store")
    status = 422 if form.is_submitted() else 200
    return render_template("people/admin/account.html", form=form, title=title, submit=submit), status


@blueprint.route("/admin/account/password", methods=["GET", "POST"])
@account_only
def password() -> Any:
    """A new password; all sign-ins end."""
    form = PasswordForm()
    if form.validate_on_submit():
        try:
            service.replace_password(g.account.id, form.present.data, form.new.data)
        except Refused as refusal:
            form.new.errors = [str(refusal)]
        else:
            flash(i18n._("Your password is changed. Please sign in with it."))
            return pages.see_other("people.sign_in")
    title, submit = i18n._("Change password"), i18n._("Change password")
    back = (i18n._("Back"), url_for("people_admin.account"))
    status = 422 if form.is_submitted() else 200
    return render_template("layouts/desk_form.html", form=form, title=title, submit=submit, back=back), status


@blueprint.route("/admin/<event>/team", methods=["GET", "POST"])
@organiser("team.manage")
def team(event: Any) -> Any:
    """Who works on this event, and in which role."""
    form = TeamForm()
    if form.validate_on_submit():
        try:
            service.add_to_team(
                event.id,
                name=form.name.data,
                email=form.email.data,
                role=form.role.data,
                password=form.password.data or "",
                actor=g.account.public_id,
            )
        except Refused as refusal:
            form.password.errors = [str(refusal)]
        else:
            flash(i18n._("%(name)s belongs to the team now.", name=form.name.data))
            return pages.see_other("people_admin.team", event=event.slug)
    members, status = queries.team(event.id), 422 if form.is_submitted() else 200
    context = {"members": members, "labels": ROLE_LABELS, "roles": rules.ROLES, "removal": RemovalForm()}
    return render_template("people/admin/team.html", form=form, **context), status


@blueprint.post("/admin/<event>/team/<account>/removal")
@organiser("team.manage")
def leave_team(event: Any, account: str) -> Any:
    """Takes somebody out of the team."""
    form = RemovalForm()
    if form.validate_on_submit():
        service.remove_member(event.id, account, actor=g.account.public_id)
        flash(i18n._("The person no longer belongs to the team."))
    return pages.see_other("people_admin.team", event=event.slug)
