"""The application object for any WSGI server."""

from eventsite.app import create_app

app = create_app()
