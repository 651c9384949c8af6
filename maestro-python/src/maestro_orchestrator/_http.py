"""Requests to the server: time-outs, retries, problems as exceptions, event streams."""

from __future__ import annotations

import http.client
import json
import random
import socket
import ssl
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.response import addinfourl

from . import canonical, errors
from ._version import __version__
from .errors import ApiError, ConnectionFailed, Problem

_LOOPBACK = ("localhost", "127.0.0.1", "::1")
# The server sends a comment at least every 15 seconds.
_LONGEST_SILENCE = 60.0
_FIRST_DELAY = 0.2
_LONGEST_DELAY = 5.0
_MOST_ANSWER_CHARS_IN_MESSAGE = 500
_KINDS: dict[int, type[ApiError]] = {
    401: errors.Unauthorized,
    403: errors.Forbidden,
    404: errors.NotFound,
    408: errors.RequestTimeout,
    409: errors.Conflict,
    410: errors.NotFound,
    412: errors.Conflict,
}


class Clock(Protocol):
    """Time and chance, so that tests can stand in for both."""

    def now(self) -> float: ...

    def sleep(self, seconds: float) -> None: ...

    def jitter(self) -> float: ...


class SystemClock:
    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def jitter(self) -> float:
        """From 0.5 to 1, so that many clients don't come back at the same moment."""
        return random.uniform(0.5, 1.0)


@dataclass(frozen=True)
class Event:
    """A server-sent event."""

    id: str | None
    name: str
    data: str


class Transport:
    def __init__(
        self,
        url: str,
        token: str | None,
        user: str | None,
        timeout: float,
        retries: int,
        ssl_context: ssl.SSLContext | None,
        clock: Clock,
    ) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"expected a URL such as http://127.0.0.1:8080, found {url!r}")
        self.url = url.rstrip("/")
        self._timeout = timeout
        self._retries = retries
        self._clock = clock
        self._headers = {
            "Accept": "application/json, application/problem+json",
            "User-Agent": f"maestro-python/{__version__}",
        }
        if token:
            self._headers["Authorization"] = f"Bearer {token}"
        if user:
            self._headers["user"] = user
        self._opener = _opener(parts.scheme, parts.hostname, ssl_context)

    def call(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None = None,
        body: Any = None,
        repeatable: bool = True,
    ) -> Any:
        """The answer's JSON, None if it has none.

        ``repeatable`` requests are sent again after a broken connection and an answer that says so,
        the others only if the connection could not be made at all.
        """
        tried = 0
        while True:
            try:
                with self._open(method, path, query, body, {}, self._timeout) as answer:
                    content = answer.read()
                return json.loads(content) if content else None
            except ApiError as e:
                if not (e.retryable and repeatable) or tried >= self._retries:
                    raise
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as e:
                if not (repeatable or _never_sent(e)) or tried >= self._retries:
                    raise self._failed(method, path, e, repeatable) from e
            self._clock.sleep(self._delay(tried))
            tried += 1

    def events(self, path: str, query: Mapping[str, Any]) -> Iterator[Event]:
        """The events of a stream, which is opened again behind the last event when it breaks."""
        last: str | None = None
        tried = 0
        while True:
            headers = {"Accept": "text/event-stream"}
            if last is not None:
                headers["Last-Event-ID"] = last
            try:
                with self._open("GET", path, query, None, headers, _LONGEST_SILENCE) as answer:
                    for event in _events(answer):
                        tried = 0
                        last = event.id if event.id is not None else last
                        yield event
                        if event.name == "end":
                            return
                raise ConnectionResetError("the stream ended without an end")
            except ApiError as e:
                if not e.retryable or tried >= self._retries:
                    raise
            except (OSError, http.client.HTTPException) as e:
                if tried >= self._retries:
                    raise self._failed("GET", path, e) from e
            self._clock.sleep(self._delay(tried))
            tried += 1

    def _open(
        self,
        method: str,
        path: str,
        query: Mapping[str, Any] | None,
        body: Any,
        headers: Mapping[str, str],
        timeout: float,
    ) -> addinfourl:
        given = {key: _word(value) for key, value in (query or {}).items() if value is not None}
        url = self.url + path + ("?" + urllib.parse.urlencode(given) if given else "")
        content = None if body is None else canonical.compact(body).encode("utf-8")
        request = urllib.request.Request(url, content, {**self._headers, **headers}, method=method)
        if content is not None:
            request.add_header("Content-Type", "application/json")
        try:
            answer: addinfourl = self._opener.open(request, timeout=timeout)
            return answer
        except urllib.error.HTTPError as e:
            with e:
                raise _problem(e.code, e.headers.get("Content-Type", ""), e.read()) from None

    def _delay(self, tried: int) -> float:
        return min(_LONGEST_DELAY, _FIRST_DELAY * 2.0**tried) * self._clock.jitter()

    def _failed(self, method: str, path: str, error: Exception, repeatable: bool = True) -> ConnectionFailed:
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        text = f"{method} {self.url}{path}: {reason or type(error).__name__}"
        if not repeatable and not _never_sent(error):
            text += "; it may have happened all the same, so look before trying again"
        return ConnectionFailed(text)


def _opener(scheme: str, host: str, context: ssl.SSLContext | None) -> urllib.request.OpenerDirector:
    """Knows no redirects, since the token is for this server only, and no other schemes."""
    opener = urllib.request.OpenerDirector()
    # What runs on this machine is not asked for through a proxy.
    opener.add_handler(urllib.request.ProxyHandler({} if host in _LOOPBACK else None))
    if scheme == "https":
        trusted = context or ssl.create_default_context()
        opener.add_handler(urllib.request.HTTPSHandler(context=trusted))
    else:
        opener.add_handler(urllib.request.HTTPHandler())
    opener.add_handler(urllib.request.HTTPDefaultErrorHandler())
    opener.add_handler(urllib.request.HTTPErrorProcessor())
    return opener


def path(*segments: str | int) -> str:
    """A path of the API from ids, which can't leave their places."""
    return "/api/v3/" + "/".join(urllib.parse.quote(str(segment), safe="") for segment in segments)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _never_sent(error: Exception) -> bool:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    return isinstance(reason, (ConnectionRefusedError, socket.gaierror))


def _problem(status: int, content_type: str, content: bytes) -> ApiError:
    kind = _KINDS.get(status) or (errors.ServerError if status >= 500 else errors.BadRequest)
    body: Any = None
    if "json" in content_type:
        try:
            body = json.loads(content)
        except ValueError:
            body = None
    if not isinstance(body, dict):
        said = content.decode("utf-8", "replace").strip()[:_MOST_ANSWER_CHARS_IN_MESSAGE]
        return kind(status, f"http-{status}", said or "no explanation", (), status == 503)
    problems = tuple(
        Problem(p.get("message", ""), p.get("pointer", ""), p.get("suggestion"))
        for p in body.get("problems") or ()
    ) or tuple(Problem(str(line)) for line in body.get("errors") or ())
    code = str(body.get("code") or body.get("status") or f"http-{status}")
    detail = str(body.get("detail") or body.get("message") or "no explanation")
    if code == "invalid-definition" or code == "owner-required":
        kind = errors.RejectedDefinition
    return kind(status, code, detail, problems, bool(body.get("retryable", status == 503)))


def _events(lines: Iterator[bytes] | addinfourl) -> Iterator[Event]:
    id: str | None = None
    name = "message"
    data: list[str] = []
    for raw in lines:
        line = raw.decode("utf-8").rstrip("\r\n")
        if not line:
            if data:
                yield Event(id, name, "\n".join(data))
            name, data = "message", []
            continue
        key, _, value = line.partition(":")
        value = value[1:] if value.startswith(" ") else value
        if key == "id":
            id = value
        elif key == "event":
            name = value
        elif key == "data":
            data.append(value)


__all__ = ["Clock", "Event", "SystemClock", "Transport", "path"]
