"""The first-start page: first owner, site name, imprint, mail; open until the first account exists."""

from typing import Any

from flask import Blueprint, current_app, flash, g, redirect, render_template, request, url_for
from wtforms import PasswordField

from eventsite.core import i18n
from eventsite.core.errors import NotFound, Refused
from eventsite.core.i18n import lazy_gettext as _l
from eventsite.events import queries as event_queries
from eventsite.events import service as events
from eventsite.mail import outbox, transport
from eventsite.people import queries, service, session
from eventsite.site import founding
from eventsite.web import forms, pages, security
from eventsite.web.guard import owner_only, public

blueprint = Blueprint("site_setup", __name__)


class FirstStartForm(forms.Form):
    """What a new site needs before anything else."""

    site_name = forms.words(_l("Name of the site"), required=True, most=80)
    host_name = forms.words(_l("Organisation"), required=True)
    imprint = forms.words(
        _l("Imprint"), several_lines=True, most=10_000, description=_l("It can be written later, before publishing.")
    )
    name = forms.line(_l("Your name"), required=True, render_kw={"autocomplete": "name"})
    email = forms.email(_l("Your e-mail address"), required=True, render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("Password"),
        validators=[forms.Required()],
        description=_l("At least 12 characters; a sentence is a good password."),
        render_kw={"autocomplete": "new-password"},
    )


class SiteForm(forms.Form):
    """The site's own words, and its mail server."""

    name = forms.words(_l("Name of the site"), required=True, most=80)
    intro = forms.words(_l("Introduction"), several_lines=True, most=2000)
    privacy = forms.words(_l("Privacy notice of the site"), several_lines=True, most=20_000)
    accessibility = forms.words(_l("Accessibility statement"), several_lines=True, most=20_000)
    mail_url = forms.line(
        _l("Mail server"),
        description=_l(
            "smtp://mail.example.org:587, without a password; one with a password is set as EVENTSITE_MAIL_URL."
        ),
    )

    def validate_mail_url(self, field: Any) -> None:
        """A server without a password: passwords are not stored in the database."""
        value = field.data or ""
        if value and not value.startswith(("smtp://", "smtps://")):
            raise forms.ValidationError(_l("A mail server begins with smtp:// or smtps://"))
        if "@" in value:
            raise forms.ValidationError(_l("Please set a mail server with a password as EVENTSITE_MAIL_URL."))


class TestMailForm(forms.Form):
    """Just the protection of the button."""


@blueprint.route("/admin/first-start", methods=["GET", "POST"])
@public
def first_start() -> Any:
    """The first owner; gone as soon as there is one."""
    if queries.has_accounts():
        raise NotFound
    form = FirstStartForm()
    if form.validate_on_submit():
        security.limit("first start", times=20, minutes=10)
        try:
            _set_up(form)
        except Refused as refusal:
            form.password.errors = [str(refusal)]
        else:
            secret = service.sign_in(form.email.data, form.password.data, request.remote_addr or "")
            return session.remember(redirect(url_for("dashboard.home"), 303), secret)  # type: ignore[arg-type]
    status = 422 if form.is_submitted() else 200
    title, submit = i18n._("Welcome to eventsite"), i18n._("Set up the site")
    intro = i18n._("Six answers, and the site is yours. Everything can be changed later.")
    return render_template("layouts/desk_form.html", form=form, title=title, submit=submit, intro=intro), status


def _set_up(form: FirstStartForm) -> None:
    owner = {"name": form["name"].data, "email": form.email.data, "password": form.password.data}
    host = {"name": form.host_name.data, "imprint": form.imprint.data, "email": form.email.data}
    founding.found_site(form.site_name.data, owner, host, language=i18n.current_language())


@blueprint.route("/admin/site", methods=["GET", "POST"])
@owner_only
def site() -> Any:
    """What the site says about itself."""
    form = SiteForm(obj=event_queries.find_site())
    if form.validate_on_submit():
        events.set_up_site(**{f.name: f.data for f in form if f.name != "csrf_token"})
        transport.use_server(form.mail_url.data or "")
        flash(i18n._("Stored."))
        return pages.see_other("site_setup.site")
    is_ready, status = transport.is_ready(), 422 if form.is_submitted() else 200
    env_mail = bool(current_app.config["SETTINGS"].mail_url)
    more = {"title": i18n._("Site"), "submit": i18n._("Store"), "test": TestMailForm(), "is_ready": is_ready}
    return render_template("site/settings.html", form=form, env_mail=env_mail, **more), status


@blueprint.post("/admin/site/test-mail")
@owner_only
def test_mail() -> Any:
    """Puts a test mail to oneself into the outbox, where its state can be seen."""
    if TestMailForm().validate_on_submit():
        text = i18n._("This is the test mail of your site. It arrived, so mails are sent.")
        mail = outbox.Mail(subject=i18n._("Test mail"), text=text, html=f"<p>{text}</p>")
        outbox.send_test(mail, to_address=g.account.email, to_name=g.account.name, language=i18n.current_language())
        flash(i18n._("A test mail is on its way to you; its state stands in the list of mails."))
    return pages.see_other("outbox.everything")
