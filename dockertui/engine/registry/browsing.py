"""What can be read of a registry. Each function blocks, and asks for one thing.

Source: https://github.com/opencontainers/distribution-spec and, for the catalogue,
https://distribution.github.io/distribution/spec/api/.
"""

from __future__ import annotations

import hashlib
import re
from itertools import islice
from urllib.parse import quote, urlencode

from dockertui.engine.errors import (
    LoginNeeded,
    NotInRegistry,
    RegistryCannot,
    RegistryDenied,
    RegistryError,
)
from dockertui.engine.payload.bodies import object_in
from dockertui.engine.payload.fields import text
from dockertui.engine.payload.manifest import (
    IMAGE_TYPES,
    INDEX_TYPES,
    parse_image_config,
    parse_manifest,
)
from dockertui.engine.payload.registry import next_page, parse_catalogue, parse_tags
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.session import Question, Session
from dockertui.engine.registry.transport import Answer
from dockertui.model.reference import Reference, is_digest
from dockertui.model.registry import Catalogue, RemoteDigest, Tags
from dockertui.model.remote_image import ImageConfig, Manifest, Platform, RemoteImage
from dockertui.model.tag_order import in_reading_order

_MANIFESTS = ", ".join((*INDEX_TYPES, *IMAGE_TYPES))
_MANIFEST_BYTES = 4 * 1024 * 1024
_CONFIG_BYTES = 8 * 1024 * 1024
_PAGE_BYTES = 8 * 1024 * 1024
_PAGE = 500
_MOST_PAGES = 100
_MOST_TAGS = 20_000
_LENGTH = re.compile(r"[0-9]{1,12}")


def repositories(session: Session, call: Call, *, after: str, room: int) -> Catalogue:
    """Repositories of a registry, in its order.

    Args:
        session: The registry.
        call: What it is asked for.
        after: Where to go on, as an earlier answer said; empty to begin.
        room: How many are wanted.

    Raises:
        RegistryCannot: When it does not let them be listed.
    """
    query = after or urlencode({"n": min(room, _PAGE)})
    found: dict[Reference, None] = {}
    seen: set[str] = set()
    while query and query not in seen and len(found) < room and len(seen) < _MOST_PAGES:
        seen.add(query)
        answer = _ask_for_catalogue(session, call, query)
        found |= dict.fromkeys(parse_catalogue(object_in(answer.body), session.host))
        query = next_page(answer.headers.get("Link", ""))
    return Catalogue(tuple(found), "" if query in seen else query)


def tags(session: Session, call: Call, repository: Reference) -> Tags:
    """Every tag of a repository, in reading order."""
    path = f"/v2/{repository.path}/tags/list"
    query = urlencode({"n": _PAGE})
    found: dict[str, None] = {}
    seen: set[str] = set()
    while query and query not in seen and len(found) < _MOST_TAGS and len(seen) < _MOST_PAGES:
        seen.add(query)
        question = _question(repository, f"{path}?{query}", _PAGE_BYTES)
        answer = session.ask(call, question)
        found |= dict.fromkeys(parse_tags(object_in(answer.body)))
        query = next_page(answer.headers.get("Link", ""))
    names = tuple(islice(found, _MOST_TAGS))
    is_complete = len(names) == len(found) and (not query or query in seen)
    return Tags(repository.repository, in_reading_order(names), is_complete)


def digest(session: Session, call: Call, reference: Reference) -> RemoteDigest:
    """What a tag points to now. No pull is counted for it by Docker Hub."""
    question = _question(reference, _manifest_path(reference), 0, "HEAD", _MANIFESTS)
    try:
        answer = session.ask(call, question)
        said = answer.headers.get("Docker-Content-Digest", "")
    except RegistryCannot:
        said = ""
    if not is_digest(said):
        found = manifest(session, call, reference)
        return RemoteDigest(found.digest, found.media_type, found.size_bytes)
    length = _LENGTH.fullmatch(answer.headers.get("Content-Length", ""))
    size_bytes = int(length[0]) if length else 0
    kind = text(answer.headers.get("Content-Type", "").partition(";")[0].strip())
    return RemoteDigest(said, kind, size_bytes)


def manifest(session: Session, call: Call, reference: Reference) -> Manifest:
    """What a tag or a digest stands for: an image, or an index of images.

    Raises:
        RegistryError: When what comes is not what its digest says, or of a kind that we do not
            know.
    """
    path = _manifest_path(reference)
    answer = session.ask(call, _question(reference, path, _MANIFEST_BYTES, accept=_MANIFESTS))
    wanted = reference.digest or answer.headers.get("Docker-Content-Digest", "")
    found = parse_manifest(
        object_in(answer.body),
        repository=reference.repository,
        digest=_checked(answer, wanted, session, reference.familiar),
        media_type=answer.headers.get("Content-Type", "").partition(";")[0].strip(),
        size_bytes=len(answer.body),
    )
    if found is None:
        raise RegistryError(
            f"{reference.familiar} is in a format that cannot be read here: either it is of before "
            "2016, or not an image at all."
        )
    return found


def image(
    session: Session, call: Call, reference: Reference, platform: Platform | None
) -> RemoteImage:
    """All there is to know of an image, in at most three requests.

    Args:
        session: The registry.
        call: What it is asked for.
        reference: The image.
        platform: Which of several to look at; `None` for the first.

    Raises:
        NotInRegistry: When there is none for that platform.
        RegistryError: When it is no image.
    """
    first = one = manifest(session, call, reference)
    if first.is_index:
        one = manifest(session, call, _for_platform(first, reference, platform))
    if one.artifact_type or one.is_index or not one.config_digest:
        kind = one.artifact_type or one.media_type
        raise RegistryError(f"{reference.familiar} is no image, but {kind}.")
    return RemoteImage(
        reference=reference,
        digest=first.digest,
        manifest=one,
        index=first if first.is_index else None,
        config=_config(session, call, reference, one),
    )


def _for_platform(index: Manifest, reference: Reference, platform: Platform | None) -> Reference:
    """The one image for a platform among several."""
    chosen = index.image_for(platform)
    if chosen is None:
        there = ", ".join(str(it.platform) for it in index.images) or "no platform"
        raise NotInRegistry(f"{reference.familiar} is there for {there}, not for {platform}.")
    return reference.with_digest(chosen.digest)


def _config(session: Session, call: Call, reference: Reference, one: Manifest) -> ImageConfig:
    path = f"/v2/{reference.path}/blobs/{one.config_digest}"
    answer = session.ask(call, _question(reference, path, _CONFIG_BYTES))
    _checked(answer, one.config_digest, session, f"the configuration of {reference.familiar}")
    return parse_image_config(object_in(answer.body), one.layers)


def scope_of(repository: Reference, what: str = "pull") -> str:
    """What a token must allow for a repository."""
    return f"repository:{repository.path}:{what}"


def _ask_for_catalogue(session: Session, call: Call, query: str) -> Answer:
    question = Question(
        path=f"/v2/_catalog?{query}",
        what="the list of its repositories",
        scope="registry:catalog:*",
        limit=_PAGE_BYTES,
    )
    try:
        return session.ask(call, question)
    except (LoginNeeded, RegistryDenied, NotInRegistry, RegistryCannot) as error:
        if isinstance(error, LoginNeeded) and session.asks_for_password:
            raise
        raise RegistryCannot(
            f"{session.name} does not let its repositories be listed. Name one to see its tags.",
            (str(error),),
        ) from error


def _question(
    reference: Reference, path: str, limit: int, method: str = "GET", accept: str = ""
) -> Question:
    return Question(
        path=path,
        what=reference.short,
        scope=scope_of(reference),
        limit=limit,
        method=method,
        accept=accept,
    )


def _manifest_path(reference: Reference) -> str:
    return f"/v2/{reference.path}/manifests/{quote(reference.version, safe=':')}"


def _checked(answer: Answer, wanted: str, session: Session, what: str) -> str:
    """The digest of what came, which must be the one that was asked for or promised."""
    algorithm = wanted.partition(":")[0] if is_digest(wanted) else "sha256"
    digest = f"{algorithm}:{hashlib.new(algorithm, answer.body).hexdigest()}"
    if is_digest(wanted) and digest != wanted:
        raise RegistryError(f"{session.name} sent something else than {what}: its digest differs.")
    return digest
