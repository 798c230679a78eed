"""What lists say of registries, repositories, search hits and tags."""

from __future__ import annotations

from dockertui.engine.registry.config_file import PLAIN_FILE
from dockertui.model.registry import Origin, Registry
from dockertui.resources.cells import age_of, styled
from dockertui.resources.registries.rows import HitRow, RepositoryRow, TagRow
from dockertui.resources.resource import Column
from dockertui.text import decimal_size

_DIGEST = 19
"""Of a digest so many characters are shown: its algorithm and twelve digits."""
_THOUSAND, _MILLION, _BILLION = 1_000, 1_000_000, 1_000_000_000
_PLAIN = "config.json, plain text"
_ORIGINS = {
    Origin.CONFIG: "configuration",
    Origin.HELPER: "credential store",
    Origin.ENVIRONMENT: "DOCKER_AUTH_CONFIG",
    Origin.IMAGES: "images",
    Origin.ADDED: "added by you",
}


def _mark(registry: Registry) -> str:
    if registry.problem:
        return "✖"
    return "●" if registry.is_logged_in else "○"


def _mark_style(registry: Registry) -> str:
    if registry.problem:
        return "$danger"
    return "$container-running" if registry.is_logged_in else "$dim"


def _who(registry: Registry) -> str:
    if not registry.is_logged_in:
        return ""
    return registry.username or "with a token"


def _store(registry: Registry) -> str:
    return _PLAIN if registry.store == PLAIN_FILE else registry.store


def _origins(registry: Registry) -> str:
    known = [words for origin, words in _ORIGINS.items() if origin in registry.origins]
    return ", ".join(known) or str(Origin.HUB)


def _short(count: int) -> str:
    for least, unit in ((_BILLION, "B"), (_MILLION, "M"), (_THOUSAND, "k")):
        if count >= least:
            return f"{count / least:.3g}{unit}"
    return str(count)


REGISTRIES: tuple[Column[Registry], ...] = (
    Column("", _mark, style=_mark_style, width=1, keep=100),
    Column("Registry", lambda it: it.name, width=20, most=44, keep=99, cut_middle=True),
    Column("Logged in as", _who, keep=98, most=24),
    Column(
        "Kept by",
        _store,
        style=lambda it: "$health-starting" if it.store == PLAIN_FILE else "$dim",
        keep=60,
        most=26,
    ),
    Column("Images", lambda it: it.images or None, right=True, keep=80, descending=True),
    Column(
        "Known from",
        lambda it: it.problem or _origins(it),
        style=lambda it: "$danger" if it.problem else "$dim",
        width=10,
        keep=85,
        flexible=True,
    ),
)
"""What is said of a registry."""

REPOSITORIES: tuple[Column[RepositoryRow], ...] = (
    Column("Repository", lambda it: it.reference.short, width=24, most=70, keep=99),
    Column(
        "Images here",
        lambda it: it.images or None,
        style=styled("$image-used"),
        right=True,
        keep=90,
        descending=True,
    ),
    Column(
        "As",
        lambda it: ", ".join(it.tags),
        style=styled("$dim"),
        width=12,
        keep=80,
        flexible=True,
    ),
)
"""What is said of a repository."""

HITS: tuple[Column[HitRow], ...] = (
    Column("Repository", lambda it: it.hit.repository.short, width=18, most=40, keep=99),
    Column(
        "Official",
        lambda it: "yes" if it.hit.is_official else "",
        style=styled("$container-running"),
        keep=80,
    ),
    Column(
        "Stars", lambda it: it.hit.stars, "{:,}".format, right=True, keep=90, descending=True
    ),
    Column(
        "Pulls",
        lambda it: it.hit.pulls,
        _short,
        style=styled("$dim"),
        right=True,
        keep=60,
        descending=True,
    ),
    Column(
        "Here",
        lambda it: it.images or None,
        style=styled("$image-used"),
        right=True,
        keep=50,
        descending=True,
    ),
    Column("Description", lambda it: it.hit.description, width=20, keep=85, flexible=True),
)  # fmt: skip
"""What is said of a repository that was found."""

TAGS: tuple[Column[TagRow], ...] = (
    Column("Tag", lambda it: it.reference.tag, width=16, most=48, keep=99, cut_middle=True),
    Column(
        "Here",
        lambda it: "here" if it.is_here else "",
        style=styled("$image-used"),
        keep=90,
    ),
    Column(
        "Download", lambda it: it.size_bytes, decimal_size, right=True, width=9, keep=85,
        descending=True,
    ),
    Column(
        "Age",
        lambda it: it.moment,
        live=age_of(lambda it: it.moment),
        right=True,
        width=4,
        keep=80,
        descending=True,
    ),
    Column("Digest", lambda it: it.digest[:_DIGEST], style=styled("$dim"), width=_DIGEST, keep=60),
    Column(
        "Platforms",
        lambda it: it.problem or ", ".join(it.platforms),
        style=lambda it: "$danger" if it.problem else "$dim",
        width=14,
        keep=70,
        flexible=True,
    ),
)  # fmt: skip
"""What is said of a tag."""
