"""What can be deleted in a registry, and what goes with it. Each function blocks."""

from __future__ import annotations

from dockertui.engine.errors import NotInRegistry, RegistryCannot
from dockertui.engine.registry.browsing import scope_of
from dockertui.engine.registry.calls import Call
from dockertui.engine.registry.session import Question, Session
from dockertui.model.reference import Reference

_NOTHING = "sha256:" + "0" * 64


def untag(session: Session, call: Call, reference: Reference) -> bool:
    """Take a tag off, and leave the image to its other tags.

    Returns:
        Whether it could be done. Registries that keep to older rules delete whole images alone.

    Raises:
        RegistryCannot: When it lets nothing at all be deleted.
    """
    try:
        session.ask(call, _deletion(reference, reference.tag))
    except RegistryCannot:
        _check_deletion(session, call, reference)
        return False
    return True


def delete_image(session: Session, call: Call, reference: Reference) -> None:
    """Delete what a digest stands for, with every tag that points to it.

    Raises:
        RegistryCannot: When it lets nothing be deleted.
        NotInRegistry: When it is gone already.
    """
    try:
        session.ask(call, _deletion(reference, reference.digest))
    except RegistryCannot as error:
        raise _off(session) from error


def _check_deletion(session: Session, call: Call, reference: Reference) -> None:
    """Ask to delete what cannot be there, as there is no other way to see whether it may be."""
    try:
        session.ask(call, _deletion(reference, _NOTHING))
    except NotInRegistry:
        return
    except RegistryCannot as error:
        raise _off(session) from error


def _deletion(reference: Reference, version: str) -> Question:
    return Question(
        path=f"/v2/{reference.path}/manifests/{version}",
        what=reference.short,
        scope=scope_of(reference, "pull,delete"),
        method="DELETE",
    )


def _off(session: Session) -> RegistryCannot:
    return RegistryCannot(f"{session.name} lets nothing be deleted.")
