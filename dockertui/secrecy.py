"""What not to show at first: which names mean a secret, and what stands for its value."""

from __future__ import annotations

import re
from functools import lru_cache

MASK = "•" * 8
"""What stands for any secret, so that not even its length is told."""

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_ENDINGS = (
    "password",
    "passwd",
    "passphrase",
    "secret",
    "secrets",
    "token",
    "tokens",
    "apikey",
    "credential",
    "credentials",
    "pwd",
)
_WHOLE = {"key", "keys", "pass", "dsn", "pat", "basicauth"}
_PATHS = {"pwd", "oldpwd"}
_ABOUT = re.compile(
    "files?|path|dir|length|size|count|ttl|age|days|expiry|timeout|policy|version|type|name|user"
    "|username|url|uri|host|endpoint|header|issuer|audience|algorithm|alg|enabled"
)
"""Last words that make a name tell of a secret without holding it."""
_OPEN = {"public", "pub", "primary", "foreign", "sort"}
"""Words that make a key one for everybody to see."""
_SWITCHES = {"", "0", "1", "true", "false", "yes", "no", "on", "off", "none", "null"}
_PASSWORD_IN_URL = re.compile(
    r"""(?P<before> \b [a-z][a-z0-9+.-]* :// [^\s/:@]* : )
        (?: [^\s/]+ | (?! \d+/ ) \S+ )  # a slash belongs to a password only if no port precedes it
        (?= @ )""",
    re.IGNORECASE | re.VERBOSE,
)


@lru_cache(4096)
def is_secret(name: str) -> bool:
    """Does a name look like that of something to keep to oneself?

    >>> [is_secret(it) for it in ("DB_PASSWORD", "githubToken", "API_KEY", "aws.secret-key")]
    [True, True, True, True]
    >>> [is_secret(it) for it in ("PWD", "KEYBOARD", "SSH_PUBLIC_KEY", "DB_PASSWORD_FILE")]
    [False, False, False, False]
    """
    words = [it.lower() for it in _WORD.findall(name)]
    if not words or name.lower() in _PATHS or _ABOUT.fullmatch(words[-1]):
        return False
    if any(it.endswith(_ENDINGS) for it in words):
        return True
    return bool(_WHOLE.intersection(words)) and not _OPEN.intersection(words)


def masked(name: str, value: str) -> str:
    """A value as it may be shown to anybody who looks over one's shoulder.

    Switches are shown whatever their name, since `ALLOW_EMPTY_PASSWORD=yes` gives nothing away.

    >>> masked("TOKEN", "abc"), masked("SHELL", "/bin/sh")
    ('••••••••', '/bin/sh')
    >>> masked("DATABASE_URL", "postgres://shop:s3cret@db:5432/shop")
    'postgres://shop:••••••••@db:5432/shop'
    """
    if is_secret(name) and value.lower() not in _SWITCHES:
        url = masked_url(value)
        return url if url != value else MASK
    return masked_url(value)


def masked_url(text: str) -> str:
    """Text without the passwords of the URLs in it."""
    return _PASSWORD_IN_URL.sub(rf"\g<before>{MASK}", text) if "://" in text else text


def masked_assignment(entry: str) -> str:
    """A `NAME=value` as it may be shown to anybody.

    >>> masked_assignment("API_KEY=abc"), masked_assignment("no assignment")
    ('API_KEY=••••••••', 'no assignment')
    """
    name, equals, value = entry.partition("=")
    return f"{name}={masked(name, value)}" if equals else masked_url(entry)


def dotted(entry: str) -> str:
    """A `NAME=value` with a dot for each letter of what is secret in it, so that one can edit it.

    >>> dotted("API_KEY=abc"), dotted("MODE=fast"), dotted("DB=pg://shop:abc@db")
    ('API_KEY=•••', 'MODE=fast', 'DB=pg://shop:•••@db')
    """
    in_place = _PASSWORD_IN_URL.sub(_dots, entry)
    if in_place != entry or masked_assignment(entry) == entry:
        return in_place
    name, equals, value = entry.partition("=")
    return name + equals + MASK[0] * len(value)


def _dots(found: re.Match[str]) -> str:
    return found["before"] + MASK[0] * (len(found[0]) - len(found["before"]))
