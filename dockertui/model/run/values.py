"""Single values of flags, taken apart as the Docker CLI does.

Source: https://github.com/docker/cli, `opts/` and `cli/command/container/opts.go`.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from dockertui.model.run.mistakes import BadValue

_SIZE = re.compile(r"(?P<number>\d+(?:\.\d+)?) ?(?:(?P<unit>[kmgtp])i?)?b?", re.IGNORECASE)
_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40, "p": 1 << 50}
_DURATION = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h)")
_NS = {
    **{"ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000},
    **{"s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000},
}
_NANO = 1_000_000_000
_LEAST_MEMORY = 6 << 20
_LARGEST = (1 << 63) - 1
_ULIMITS = (
    *("core", "cpu", "data", "fsize", "locks", "memlock", "msgqueue", "nice", "nofile", "nproc"),
    *("rss", "rtprio", "rttime", "sigpending", "stack"),
)
_RESTARTS = ("no", "always", "unless-stopped", "on-failure")
_CPUSET = re.compile(r"\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*")
_CDI = re.compile(r"[a-zA-Z][\w.-]*/[a-zA-Z][\w.-]*=[\w.:-]+")
NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_.-]+")
"""What an engine takes for a container's name."""


def size(text: str) -> int:
    """Bytes, from `512m`, `1.5g` or a plain number.

    >>> size("512m"), size("1.5g"), size("64MiB"), size("100")
    (536870912, 1610612736, 67108864, 100)

    Raises:
        BadValue: When it is no size.
    """
    found = _SIZE.fullmatch(text.strip())
    if found is None:
        raise BadValue(f"{text} is no size: a number with b, k, m or g after it, such as 512m.")
    amount = int(Decimal(found["number"]) * _UNITS[(found["unit"] or "").lower()])
    if amount > _LARGEST:
        raise BadValue(f"{text} is more than there can be.")
    return amount


def memory(text: str) -> int:
    """A memory limit in bytes.

    Raises:
        BadValue: When it is no size, or less than any engine lets a container have.
    """
    amount = size(text)
    if 0 < amount < _LEAST_MEMORY:
        raise BadValue("A container needs 6m of memory at least.")
    return amount


def swap(text: str) -> int:
    """Memory and swap together in bytes; -1 for as much as there is.

    Raises:
        BadValue: When it is neither.
    """
    return -1 if text.strip() == "-1" else size(text)


def size_text(amount: int) -> str:
    """Bytes as one would type them, without losing one.

    >>> size_text(536870912), size_text(1610612736), size_text(1000), size_text(-1)
    ('512m', '1536m', '1000', '-1')
    """
    for unit, factor in reversed(_UNITS.items()):
        if unit and amount > 0 and amount % factor == 0:
            return f"{amount // factor}{unit}"
    return str(amount)


def nano_cpus(text: str) -> int:
    """Processors, in thousand millionths.

    >>> nano_cpus("1.5")
    1500000000

    Raises:
        BadValue: When it is no number, or finer than can be told.
    """
    try:
        amount = Decimal(text.strip()) * _NANO
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0 or amount > _LARGEST:
        raise BadValue(f"{text} is no number of processors, such as 0.5 or 2.")
    if amount != int(amount):
        raise BadValue(f"{text} is finer than an engine can tell.")
    return int(amount)


def cpus_text(nano: int) -> str:
    """Processors as one would type them.

    >>> cpus_text(1_500_000_000), cpus_text(20_000_000_000)
    ('1.5', '20')
    """
    return (
        f"{Decimal(nano) / _NANO:f}".rstrip("0").rstrip(".") if nano % _NANO else str(nano // _NANO)
    )


def whole(text: str, least: int | None = None, most: int | None = None) -> int:
    """A whole number within bounds.

    Raises:
        BadValue: When it is none.
    """
    cleaned = text.strip()
    if not re.fullmatch(r"[+-]?[0-9]{1,19}", cleaned):
        raise BadValue(f"{text} is no whole number.")
    number = int(cleaned)
    if (least is not None and number < least) or (most is not None and number > most):
        bounds = f"from {least} to {most}" if most is not None else f"of {least} at least"
        raise BadValue(f"It has to be a whole number {bounds}.")
    return number


def duration_ns(text: str) -> int:
    """Nanoseconds, from what Go takes for a duration.

    >>> duration_ns("1m30s"), duration_ns("1.5s"), duration_ns("0")
    (90000000000, 1500000000, 0)

    Raises:
        BadValue: When it is none.
    """
    cleaned = text.strip()
    parts = _DURATION.findall(cleaned)
    if cleaned != "0" and (not parts or "".join(parts) != cleaned):
        raise BadValue(f"{text} is no duration: a number with ms, s, m or h after it, as in 30s.")
    total = 0
    for part in parts:
        unit = part.lstrip("0123456789.")
        total += int(Decimal(part.removesuffix(unit).rstrip(".") or "0") * _NS[unit])
    if total > _LARGEST:
        raise BadValue(f"{text} is too long.")
    return total


def probe_time(text: str) -> int:
    """A duration of a health check: none, or a millisecond at least.

    Raises:
        BadValue: When it is none.
    """
    amount = duration_ns(text)
    if 0 < amount < _NS["ms"]:
        raise BadValue("It has to be 1ms at least.")
    return amount


def duration_text(amount_ns: int) -> str:
    """A duration as one would type it.

    >>> duration_text(90_000_000_000), duration_text(1_500_000_000), duration_text(0)
    ('1m30s', '1500ms', '0s')
    """
    rest, parts = amount_ns, []
    for unit in ("h", "m", "s"):
        if unit == "s" and rest % _NS["s"]:
            break
        count, rest = divmod(rest, _NS[unit])
        parts += [f"{count}{unit}"] if count else []
    for unit in ("ms", "us", "ns"):
        if rest and rest % _NS[unit] == 0:
            parts.append(f"{rest // _NS[unit]}{unit}")
            break
    return "".join(parts) or "0s"


def restart(text: str) -> tuple[str, int]:
    """A restart policy, and how often it tries at most; 0 is without end.

    >>> restart("on-failure:3"), restart("always")
    (('on-failure', 3), ('always', 0))

    Raises:
        BadValue: When it is none.
    """
    name, colon, most = text.strip().partition(":")
    if name not in _RESTARTS:
        raise BadValue(f"A policy is one of {', '.join(_RESTARTS)}.")
    if colon and name != "on-failure":
        raise BadValue(f"Only on-failure takes a number; {name} has none.")
    return name, whole(most, 0, 1 << 31) if colon else 0


def ulimit(text: str) -> tuple[str, int, int]:
    """A limit of a process: its name, soft and hard.

    >>> ulimit("nofile=1024:2048"), ulimit("core=-1")
    (('nofile', 1024, 2048), ('core', -1, -1))

    Raises:
        BadValue: When it is none.
    """
    name, equals, limits = text.strip().partition("=")
    if not equals:
        raise BadValue("It is a name and one or two numbers, such as nofile=1024:2048.")
    if name not in _ULIMITS:
        raise BadValue(f"There is no limit called {name}; there is {', '.join(_ULIMITS)}.")
    soft, colon, hard = limits.partition(":")
    low = whole(soft, -1)
    high = whole(hard, -1) if colon else low
    if high != -1 and (low > high or low == -1):
        raise BadValue("The soft limit, which comes first, is above the hard one.")
    return name, low, high


def device(text: str) -> tuple[str, str, str]:
    """A device of the host, where it is in the container, and what may be done with it.

    >>> device("/dev/fuse"), device("/dev/sda:/dev/xvda:r")
    (('/dev/fuse', '/dev/fuse', 'rwm'), ('/dev/sda', '/dev/xvda', 'r'))

    Raises:
        BadValue: When it is none.
    """
    source, *rest = text.strip().split(":")
    target, rights = source, "rwm"
    if len(rest) == 1:
        target, rights = (source, rest[0]) if is_rights(rest[0]) else (rest[0], rights)
    elif rest:
        target, rights = rest[0], ":".join(rest[1:])
    if not source.startswith("/") or not target.startswith("/"):
        raise BadValue("A device is a path, such as /dev/fuse or /dev/sda:/dev/xvda:r.")
    if not is_rights(rights):
        raise BadValue(f"{rights} is none of r, w and m, or of some of them.")
    return source, target, rights


def is_rights(text: str) -> bool:
    """Are these rights on a device, each once?"""
    return bool(text) and set(text) <= set("rwm") and len(set(text)) == len(text)


def is_cdi(text: str) -> bool:
    """Is it the name of a device of a vendor, `vendor.com/class=name`?"""
    return _CDI.fullmatch(text.strip()) is not None


def device_or_cdi(text: str) -> None:
    """Check either kind of device.

    Raises:
        BadValue: When it is neither.
    """
    if not is_cdi(text):
        device(text)


def pair(text: str, example: str, separator: str = "=") -> tuple[str, str]:
    """A name and a value.

    Raises:
        BadValue: When there is no name or nothing between them.
    """
    name, found, value = text.strip().partition(separator)
    if not name or not found:
        raise BadValue(f"It is a name and a value, such as {example}.")
    return name, value


def weight(text: str) -> int:
    """A share of the disks.

    Raises:
        BadValue: When it is none.
    """
    amount = whole(text, 0, 1_000)
    if 0 < amount < 10:  # noqa: PLR2004 - the kernel's
        raise BadValue("It has to be from 10 to 1000, or 0.")
    return amount


def device_weight(text: str) -> tuple[str, int]:
    """A device and its share.

    Raises:
        BadValue: When it is none.
    """
    path, amount = _of_device(text, "/dev/sda:300")
    return path, weight(amount)


def device_bps(text: str) -> tuple[str, int]:
    """A device and bytes a second.

    Raises:
        BadValue: When it is none.
    """
    path, amount = _of_device(text, "/dev/sda:1mb")
    return path, size(amount)


def device_iops(text: str) -> tuple[str, int]:
    """A device and operations a second.

    Raises:
        BadValue: When it is none.
    """
    path, amount = _of_device(text, "/dev/sda:1000")
    return path, whole(amount, 0)


def cpuset(text: str) -> str:
    """Numbers of processors or memory nodes.

    Raises:
        BadValue: When it is none.
    """
    if not _CPUSET.fullmatch(text.strip()):
        raise BadValue(f"{text} is no list of numbers, such as 0-2,4.")
    return text.strip()


def extra_host(text: str) -> tuple[str, str]:
    """A name and an address, which may be told apart by `=` as well.

    Raises:
        BadValue: When it is none.
    """
    separator = "=" if "=" in text else ":"
    return pair(text, "db:10.0.0.7", separator)


def log_opt(text: str) -> tuple[str, str]:
    """An option of a log driver.

    Raises:
        BadValue: When it is none.
    """
    return pair(text, "max-size=10m")


def assignment(text: str) -> tuple[str, str | None]:
    """A variable and its value, which is `None` where it is to be taken from the environment.

    Raises:
        BadValue: When it has no name.
    """
    name, equals, value = text.partition("=")
    if not name.strip():
        raise BadValue("A variable has a name: NAME=value.")
    if any(it.isspace() for it in name):
        raise BadValue(f"A variable's name has no spaces: {name.split()[0]}=value.")
    return name, value if equals else None


def label(text: str) -> tuple[str, str]:
    """A label and its value.

    Raises:
        BadValue: When it has no name.
    """
    name, _, value = text.partition("=")
    if not name.strip():
        raise BadValue("A label has a name: name=value.")
    return name, value


def _of_device(text: str, example: str) -> tuple[str, str]:
    path, colon, amount = text.strip().rpartition(":")
    if not colon or not path.startswith("/dev/"):
        raise BadValue(f"It is a device and a number, such as {example}.")
    return path, amount
