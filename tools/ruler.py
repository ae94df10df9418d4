"""The ruler of `./run bench`: a bare Flask page of a given size under the same server, without any of our code."""

import os

from flask import Flask, Response, request


def create_app() -> Flask:
    """One page of RULER_BYTES octets with an entity tag, which is what any page costs at least."""
    app = Flask("ruler")
    body = b"x" * int(os.environ.get("RULER_BYTES", "20000"))

    @app.get("/")
    def page() -> Response:
        response = Response(body, content_type="text/html; charset=utf-8")
        response.set_etag("ruler")
        response.make_conditional(request)
        return response

    return app
