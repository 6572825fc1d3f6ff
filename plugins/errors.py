"""What errors say: to the log everything, to the reader nothing about how the server is made."""

import secrets
import sqlite3
import sys
from typing import Any

from datasette import Response, handle_exception, hookimpl
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError

API = "/-/api/"


@hookimpl
def startup() -> None:
    """No tracebacks with all local variables for every page that is not found.

    Datasette prints them where ``rich`` is installed, as it is here for the build's progress bar. They take seconds
    and put people's cookies into the log. Errors of the server itself keep their plain traceback.
    """
    handle_exception.rich = None


@hookimpl(tryfirst=True, specname="handle_exception")
def answer_fault(datasette: Any, request: Any, exception: Exception) -> Response | None:
    """A fault of the server's own, without the message of the exception, which may hold a path or a query.

    Datasette answers refusals, and logs the traceback of what is answered here under the number that the reader gets.
    """
    if isinstance(exception, Base400 | DatasetteError):
        return refusal(exception) if API in request.path else None
    if isinstance(exception, sqlite3.OperationalError) and any(name.startswith("_facet") for name in request.args):
        # Datasette 1.0a41 asks for whatever column the address names.
        return Response.json({"ok": False, "error": "There is no such column to facet by.", "status": 400}, status=400)
    number = secrets.token_hex(4)
    print(f"Fault {number} at {request.method} {request.path!r}:", file=sys.stderr)
    status, error = told(exception)
    headers = {"retry-after": "5"} if status == 503 else {}
    error = f"{error} Whoever runs this site finds it in the log under {number}."
    return Response.json({"ok": False, "error": error, "status": status}, status=status, headers=headers)


def refusal(exception: Any) -> Response:
    """As JSON, because a program asked."""
    return Response.json({"ok": False, "error": str(exception)}, status=exception.status)


def told(exception: Exception) -> tuple[int, str]:
    if isinstance(exception, sqlite3.OperationalError) and {"locked", "busy"} & set(str(exception).lower().split()):
        return 503, "The database is busy. Try again in a few seconds; nothing was changed."
    return 500, "Something went wrong here."
