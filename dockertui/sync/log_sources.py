"""Names for the sources of a merged log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dockertui.model import Container
from dockertui.store.log_record import tag_of
from dockertui.store.log_source import LogSource

_WORD = re.compile(r"[^-_.]+[-_.]?")
_NUMBER = re.compile(r"(\d+)")


def natural(name: str) -> tuple[tuple[int, int, str], ...]:
    """What to sort names by, so that `web-9` comes before `web-10`.

    >>> sorted(["web-10", "web-9"], key=natural)
    ['web-9', 'web-10']
    """
    parts = _NUMBER.split(name)
    return tuple((1, int(it), "") if it.isdigit() else (0, 0, it) for it in parts if it)


def sources_of(containers: Sequence[Container]) -> dict[bytes, LogSource]:
    """The sources that containers are, by tag; the first is number 0."""
    shorts = short_names([it.name for it in containers])
    twice = {name for name, count in Counter(shorts).items() if count > 1}
    sources = [
        LogSource(
            tag=tag_of(number),
            number=number,
            name=it.name,
            short=f"{short}@{it.engine}" if short in twice and it.engine else short,
            service=it.service,
            project=it.project,
            image=it.image,
            engine=it.engine,
        )
        for number, (it, short) in enumerate(zip(containers, shorts, strict=True))
    ]
    return {it.tag: it for it in sources}


def short_names(names: Sequence[str]) -> list[str]:
    """As much of each name as tells it from the others: all words but the common first ones.

    >>> short_names(["shop-web-1", "shop-web-2", "shop-db-1"])
    ['web-1', 'web-2', 'db-1']
    >>> short_names(["web", "web-admin"]), short_names(["shop-web-1"])
    (['web', 'web-admin'], ['shop-web-1'])
    """
    words = [_WORD.findall(it) for it in names]
    if len(set(names)) < 2 or not all(words):  # noqa: PLR2004 - nothing to tell apart
        return list(names)
    common = 0
    while all(len(it) > common + 1 for it in words) and len({it[common] for it in words}) == 1:
        common += 1
    while common and any("".join(it[common:]).isdigit() for it in words):
        common -= 1
    return ["".join(it[common:]) for it in words]
