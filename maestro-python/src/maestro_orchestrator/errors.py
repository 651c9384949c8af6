"""Everything that this package raises on purpose. All of it is a :class:`MaestroError`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ._source import Source

if TYPE_CHECKING:
    from .views import Instance


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a definition or a request.

    ``pointer`` is an RFC 6901 pointer into the JSON that was or would have been sent (empty if the
    problem belongs to no place), ``suggestion`` the spelling that was probably meant, ``source``
    the line of Python that built the place, if it is known.
    """

    message: str
    pointer: str = ""
    suggestion: str | None = None
    source: Source | None = None

    def __str__(self) -> str:
        where = self.source or self.pointer
        text = f"{where}: {self.message}" if where else self.message
        if self.suggestion and self.suggestion not in self.message:
            text += f" (did you mean {self.suggestion}?)"
        return text


class MaestroError(Exception):
    """The root of all errors of this package."""


class DefinitionError(MaestroError):
    """A definition is not valid. ``errors`` has every problem that was found, in order."""

    def __init__(self, errors: Problem | list[Problem] | tuple[Problem, ...]) -> None:
        self.errors: tuple[Problem, ...] = (errors,) if isinstance(errors, Problem) else tuple(errors)
        super().__init__(_lines(self.errors))


class ApiError(MaestroError):
    """The server refused a request or failed.

    ``http_status`` is the number, ``code`` the stable word that programs should look at
    (``workflow-not-found``), ``errors`` has at least one problem, ``retryable`` tells whether the
    same request may succeed later.
    """

    def __init__(
        self,
        http_status: int,
        code: str,
        detail: str,
        errors: tuple[Problem, ...] = (),
        retryable: bool = False,
    ) -> None:
        self.http_status = http_status
        self.code = code
        self.detail = detail
        self.errors = errors or (Problem(detail),)
        self.retryable = retryable
        text = f"HTTP {http_status} {code}: {detail}"
        if errors and [str(error) for error in errors] != [detail]:
            text += "".join(f"\n  {error}" for error in errors)
        # Not super(): a rejected definition is also a DefinitionError, which builds its own text.
        Exception.__init__(self, text)


class BadRequest(ApiError):
    """400, 413, 415, 422: the request itself is wrong."""


class Unauthorized(ApiError):
    """401: no token, or one that the server does not know."""


class Forbidden(ApiError):
    """403: the caller may not do this."""


class NotFound(ApiError):
    """404, 410: there is no such thing, or no longer."""


class RequestTimeout(ApiError):
    """408: the server took the request, but its effect did not come in time. It may still come."""


class Conflict(ApiError):
    """409, 412: the request does not fit the current state."""


class ServerError(ApiError):
    """5xx: the server failed, or cannot answer now."""


class RejectedDefinition(BadRequest, DefinitionError):
    """The server refused a definition; its ``errors`` carry the Python lines they came from."""

    def located(self, find: Callable[[str], Source | None]) -> RejectedDefinition:
        """The same error with the line of Python for each problem's pointer."""
        errors = tuple(replace(error, source=find(error.pointer)) for error in self.errors)
        return RejectedDefinition(self.http_status, self.code, self.detail, errors, self.retryable)


class ConnectionFailed(MaestroError):
    """The server could not be reached, or the connection broke; retries did not help."""


class WaitTimeout(MaestroError):
    """The run had not ended when the time was over. It goes on; ``instance`` shows how it stood."""

    def __init__(self, instance: Instance, seconds: float) -> None:
        self.instance = instance
        super().__init__(
            f"expected {instance.name} to end within {seconds:g} s, found it {instance.status};"
            " it is still running"
        )


class RunFailed(MaestroError):
    """A run that was waited for ended, but not as SUCCEEDED. ``instance`` has the details, ``cause``
    says what failed first, where, why, and what can be done; None if that isn't known."""

    def __init__(self, instance: Instance, cause: str | None = None) -> None:
        self.instance = instance
        self.cause = cause
        failed = ", ".join(f"{step} {status}" for step, status in instance.failed_steps())
        text = f"{instance.name} ended as {instance.status}" + (f": {failed}" if failed else "")
        super().__init__(f"{text}\n{cause}" if cause else text)


def _lines(errors: tuple[Problem, ...]) -> str:
    if len(errors) == 1:
        return str(errors[0])
    return f"{len(errors)} problems\n" + "\n".join(f"  {error}" for error in errors)
