"""Durations, numbers and moments as people give them, in the form in which they are sent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Union

from ._names import wrong

Duration = Union[int, str, timedelta]
"""Seconds as a number, a :class:`~datetime.timedelta`, or text such as ``"1d 2h 30min 10s 5ms"``;
as a time-out it may contain ``${param}``."""

Number = Union[int, str]
"""A whole number, or text with a ``${param}`` of the workflow."""

Moment = Union[int, str, date, datetime]
"""Epoch milliseconds, ISO 8601, a date or a datetime. Without a zone it is read in the trigger's."""

_WHOLE = re.compile(r"0|-?[1-9][0-9]{0,17}")


def duration(value: Duration | None, what: str) -> int | str | None:
    if value is None:
        return None
    if isinstance(value, timedelta):
        millis = value // timedelta(milliseconds=1)
        value = millis // 1000 if millis % 1000 == 0 else f"{millis}ms"
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise wrong(f'expected {what} as seconds, a timedelta or text such as "2h", found {value!r}')
    if value == "" or (isinstance(value, int) and value < 0):
        raise wrong(f"expected {what} of zero or more, found {value!r}")
    return _plain(value)


def number(value: Number | None, what: str, least: int, most: int) -> int | str | None:
    if value is None:
        return None
    text = isinstance(value, str) and "$" in value
    plain = value if text else _plain(value)
    if text or (isinstance(plain, int) and not isinstance(plain, bool) and least <= plain <= most):
        return plain
    raise wrong(f"expected {what} from {least} to {most} or a ${{parameter}}, found {value!r}")


def whole(value: int | None, what: str, least: int, most: int) -> int | None:
    if value is None or (isinstance(value, int) and least <= value <= most and value is not True):
        return value
    raise wrong(f"expected {what} from {least} to {most}, found {value!r}")


def max_failures(value: int | str | None, what: str) -> int | str | None:
    """How many of several may fail: ``all``, a count or a percentage."""
    if value is None or (isinstance(value, int) and value >= 0 and not isinstance(value, bool)):
        return value
    text = value.strip().lower() if isinstance(value, str) else ""
    share = re.fullmatch(r"(\d{1,3}(?:\.\d{1,4})?)%", text)
    if text == "all" or (share and float(share[1]) <= 100):
        return text
    if re.fullmatch(r"\d{1,9}", text):
        return int(text)
    raise wrong(f"expected {what} as all, a whole number such as 20 or a percentage such as 10%, found {value!r}")


def moment(value: Moment | None, what: str) -> str | None:
    if value is None:
        return None
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, bool) or not isinstance(value, (int, str)):
        raise wrong(f"expected {what} as ISO 8601, epoch milliseconds or a datetime, found {value!r}")
    return str(value)


def choice(value: str | None, what: str, known: Sequence[str]) -> str | None:
    """One of the known words, in upper case."""
    if value is None:
        return None
    if isinstance(value, str) and value.upper() in known:
        return value.upper()
    raise wrong(f"expected {what} to be one of {', '.join(known)}, found {value!r}")


def _plain(value: int | str) -> int | str:
    """Text that is a plain number is sent as one."""
    return int(value) if isinstance(value, str) and _WHOLE.fullmatch(value) else value
