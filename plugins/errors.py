"""How errors are logged."""

from datasette import handle_exception, hookimpl


@hookimpl
def startup() -> None:
    """No tracebacks with all local variables for every page that is not found.

    Datasette prints them where ``rich`` is installed, as it is here for the build's progress bar. They take seconds
    and put people's cookies into the log. Errors of the server itself keep their plain traceback.
    """
    handle_exception.rich = None
