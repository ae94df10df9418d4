"""`eventsite check`: every setting with source and meaning, and in a sentence each what is wrong."""

import sys
from collections.abc import Iterator

from eventsite.config import Settings, setting_fields


def report(settings: Settings) -> int:
    """Prints settings and problems; 0 when a site could be run with them, 1 when not."""
    write = sys.stdout.write
    for name, attribute, _default, meaning, is_secret in setting_fields():
        value = getattr(settings, attribute)
        shown = ("(set)" if value else "(empty)") if is_secret else str(value) or "(empty)"
        write(f"{name} = {shown}\n    {meaning} [{settings.sources.get(attribute, 'default')}]\n")
    faults, advice = list(_faults(settings)), list(_advice(settings))
    write("\n")
    for sentence in faults:
        write(f"WRONG    {sentence}\n")
    for sentence in advice:
        write(f"ADVICE   {sentence}\n")
    if not faults and not advice:
        write("Everything is as it should be.\n")
    return 1 if faults else 0


def _faults(settings: Settings) -> Iterator[str]:
    if len(settings.secret_key) < 32 and not settings.demo:
        yield "EVENTSITE_SECRET_KEY is missing or shorter than 32 characters; serve and worker will not start."
    yield from _database_faults(settings)
    yield from _storage_faults(settings)


def _database_faults(settings: Settings) -> Iterator[str]:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    url = settings.database.replace("postgresql://", "postgresql+psycopg://")
    try:
        with create_engine(url).connect() as connection:
            connection.exec_driver_sql("SELECT 1")
    except SQLAlchemyError as error:
        yield f"The database does not answer: {str(error).splitlines()[0]}"


def _storage_faults(settings: Settings) -> Iterator[str]:
    from eventsite.core import storage
    from eventsite.core.errors import Problem

    try:
        storage.configure(settings.storage)
        key = storage.put(b"eventsite check")
        storage.delete(key)
    except (Problem, OSError, ImportError) as error:
        yield f"The storage cannot be written: {error}"


def _advice(settings: Settings) -> Iterator[str]:
    from eventsite.core import pdf

    if not settings.mail_url:
        yield "EVENTSITE_MAIL_URL is empty: mails wait in the outbox until a mail server is named."
    if not settings.is_secure and "127.0.0.1" not in settings.base_url:
        yield "EVENTSITE_BASE_URL does not begin with https://; cookies and links are then not protected on the way."
    problem = pdf.engine_problem()
    if problem:
        yield problem
