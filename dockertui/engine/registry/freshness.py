"""Is there a newer one? What a container runs, compared with what its tag points to now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from dockertui.engine.registry.browsing import digest, image
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.session import Session
from dockertui.model.reference import Reference, reference_in
from dockertui.model.registry import Freshness, UpdateCheck
from dockertui.model.remote_image import Platform


def check(
    session: Session,
    call: Call,
    reference: Reference,
    image_id: str,
    digests: Iterable[str],
    platform: Platform | None,
) -> UpdateCheck:
    """Compare an image with its tag.

    As long as the digests are equal, one question without a body is enough, for which Docker Hub
    counts no pull. When they differ, the image itself is looked at: the index changes, too, when
    only those of other platforms were built anew.

    Args:
        session: The registry.
        call: What it is asked for.
        reference: The tag.
        image_id: What runs: the ID of the image.
        digests: What it is known by in registries, as the engine lists it.
        platform: What it runs on; `None` if that is not known.
    """
    known = (reference_in(it) for it in digests)
    ours = {it.digest for it in known if it and it.repository == reference.repository}
    remote = digest(session, call, reference).digest
    if remote in ours or remote == image_id:
        return _outcome(reference, Freshness.CURRENT, remote)
    found = image(session, call, reference, platform)
    if {found.manifest.config_digest, found.manifest.digest} & {image_id, *ours}:
        return _outcome(reference, Freshness.CURRENT, found.digest)
    # What was built here, or loaded from a file, may just as well be the newer one.
    state = Freshness.NEWER if ours else Freshness.UNKNOWN
    return UpdateCheck(
        reference=reference,
        freshness=state,
        digest=found.digest,
        checked=datetime.now(UTC),
        newer=found if ours else None,
    )


def _outcome(reference: Reference, freshness: Freshness, digest: str) -> UpdateCheck:
    return UpdateCheck(
        reference=reference, freshness=freshness, digest=digest, checked=datetime.now(UTC)
    )
