"""What every command does first: settings, a data folder that can be written, an up-to-date database, the application."""

from typing import Any

import click

from eventsite.config import BadSetting, Settings, load


class Fault(click.ClickException):
    """One clear sentence and exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Prints the sentence without any traceback."""
        click.echo(f"eventsite: {self.message}", err=True)


def settings(**overrides: Any) -> Settings:
    """The settings of this process, with a data folder that can be written; else one sentence."""
    try:
        found = load(**overrides)
        found.data_dir.mkdir(parents=True, exist_ok=True)
        probe = found.data_dir / ".writable"
        probe.touch()
        probe.unlink()
    except BadSetting as error:
        raise Fault(str(error)) from None
    except OSError as error:
        raise Fault(f"The folder {found.data_dir} cannot be written: {error.strerror}.") from None
    return found


def application(found: Settings) -> Any:
    """The application with an up-to-date database; every command passes here."""
    from sqlalchemy.exc import SQLAlchemyError

    from eventsite import schema
    from eventsite.app import create_app
    from eventsite.core.db import db

    app = create_app(found)
    with app.app_context():
        try:
            schema.upgrade(db.engine)
        except SQLAlchemyError as error:
            raise Fault(f"The database does not answer: {str(error).splitlines()[0]}") from None
    return app
