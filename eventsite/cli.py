"""The `eventsite` command: setup, demo, serve, worker, check, allocate, document, registrations, account."""

import os
import sys
from pathlib import Path
from typing import Any

import click

from eventsite.config import BadSetting, Settings
from eventsite.startup import Fault, application, settings


def _refuse_without_secret(settings: Settings) -> None:
    if not settings.demo and len(settings.secret_key) < 32:
        raise Fault(
            "EVENTSITE_SECRET_KEY must be set to at least 32 random characters, for example: "
            "python3 -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
def cli() -> None:
    """eventsite: the site a professional conference lives on."""


@cli.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, host: str) -> None:
    """Web server and background worker."""
    found = settings()
    _refuse_without_secret(found)
    application(found)
    from eventsite import server

    raise SystemExit(server.run(found, host=host, port=port))


@cli.command()
def worker() -> None:
    """The background worker alone."""
    from eventsite import server

    server.end_with_parent()
    found = settings()
    _refuse_without_secret(found)
    app = application(found)
    from eventsite.core import jobs

    os.nice(5)  # pages first, background work second
    with app.app_context():
        jobs.work()


@cli.command()
@click.option("--name", prompt="Name of the site", default="eventsite")
@click.option("--owner-name", prompt="Your name")
@click.option("--owner-email", prompt="Your e-mail address")
@click.option("--password", prompt="A password of at least 12 characters", hide_input=True, confirmation_prompt=True)
def setup(name: str, owner_name: str, owner_email: str, password: str) -> None:
    """First owner and name of the site; the start page in the browser asks for the same."""
    from eventsite.core.errors import Refused
    from eventsite.events import service as events
    from eventsite.people import service as people

    app = application(settings())
    with app.app_context():
        try:
            people.create_account(name=owner_name, email=owner_email, password=password, is_owner=True)
        except Refused as refusal:
            raise Fault(str(refusal)) from None
        events.set_up_site(name={"de": name, "en": name})
    click.echo("Done. Start the site with: ./run serve")


@cli.command()
@click.argument("email")
@click.option("--name", default="", help="name of a new account")
@click.option("--owner/--no-owner", default=False, help="may do everything on the site")
@click.password_option(help="at least 12 characters")
def account(email: str, name: str, owner: bool, password: str) -> None:
    """Creates an account, or sets the password of a known one."""
    from eventsite.core.errors import Refused
    from eventsite.people import queries, service

    app = application(settings())
    with app.app_context():
        known = queries.find_account(email)
        try:
            if known is not None:
                service.change_password(known.id, password)
            else:
                service.create_account(name=name or email, email=email, password=password, is_owner=owner)
        except Refused as refusal:
            raise Fault(str(refusal)) from None
    click.echo("The password is changed." if known else "The account is created.")


@cli.command()
def check() -> None:
    """Prints every setting with its source and meaning, and what is wrong."""
    from eventsite import checks

    raise SystemExit(checks.report(settings()))


@cli.command(context_settings={"ignore_unknown_options": True, "help_option_names": []}, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def allocate(arguments: tuple[str, ...]) -> None:
    """Seats people in parallel workshops from the files of a folder (see `eventsite allocate --help`)."""
    from eventsite.allocation.command import main as allocate_main

    raise SystemExit(allocate_main(list(arguments)))


@cli.command()
@click.argument("event")
@click.option("--excel", is_flag=True, help="with a byte order mark, as Excel wants it")
def registrations(event: str, excel: bool) -> None:
    """Prints the registrations of an event as CSV."""
    from eventsite.core.errors import NotFound
    from eventsite.site import exports_roster

    app = application(settings())
    with app.app_context():
        try:
            sys.stdout.buffer.write(exports_roster.registrations_csv(event, bom=excel))
        except NotFound:
            raise Fault(f"There is no event {event!r}.") from None


@cli.command()
@click.argument("reports", nargs=-1, type=click.File("rb"), required=True)
def bounces(reports: tuple[Any, ...]) -> None:
    """Takes in reports of undelivered mails (RFC 3464): files, or - for a mail server that pipes one in.

    Says per report: undeliverable, noted, unknown or ignored. Always ends well for mails that are no reports, so that
    a mail server never answers a report with a report.
    """
    from eventsite.mail.bounces import MOST_BYTES
    from eventsite.registration import service_addresses

    app = application(settings())
    with app.app_context():
        for report in reports:
            name = getattr(report, "name", "-")
            click.echo(f"{name}: {service_addresses.take_in_report(report.read(MOST_BYTES))}")


@cli.command()
@click.argument("event")
@click.option("--lang", default="de", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="file to write; default EVENT-documentation-LANG.pdf"
)
def document(event: str, lang: str, output: Path | None) -> None:
    """Writes the documentation of an event as PDF/UA."""
    from eventsite.core.errors import Problem
    from eventsite.documentation import service

    app = application(settings())
    with app.app_context():
        try:
            pdf = service.render_event(event, lang)
        except Problem as problem:
            raise Fault(str(problem) or f"There is no event {event!r}.") from None
    target = output or Path(f"{event}-documentation-{lang}.pdf")
    target.write_bytes(pdf)
    click.echo(str(target))


@cli.command()
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--data", type=click.Path(path_type=Path), help="folder of the demonstration; default var/demo")
@click.option("--reset", is_flag=True, help="builds it anew")
@click.option("--size", type=click.IntRange(0, 20_000), help="number of registrations of the coming event")
@click.option("--stage", type=click.Choice(["open", "allocated", "over"]), default="open", show_default=True)
@click.option("--seed", default=1, show_default=True)
@click.option("--build-only", is_flag=True, help="builds the data and stops")
def demo(port: int, data: Path | None, reset: bool, size: int | None, stage: str, seed: int, build_only: bool) -> None:
    """The Kassel meeting as a finished site, on this machine only."""
    from eventsite.demo import start

    raise SystemExit(
        start.run(port=port, data=data, reset=reset, size=size, stage=stage, seed=seed, build_only=build_only)
    )


def main() -> int:
    """Runs the command line; every failure is one sentence."""
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.exceptions.Abort:
        return 130
    except KeyboardInterrupt:
        return 130
    except BadSetting as error:
        click.echo(f"eventsite: {error}", err=True)
        return 2
    return 0
