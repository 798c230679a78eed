"""Whether there is a newer image than the one that is here, or that a container runs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from dockertui.model.base import DockerObject
from dockertui.model.image import Image
from dockertui.model.reference import Reference
from dockertui.model.registry import Freshness, UpdateCheck
from dockertui.model.update_word import Update


class Silence(StrEnum):
    """Why nobody needs to be asked about an image: it could not be told by any answer."""

    PINNED = "It is pinned to a digest, which never means another image."
    NEVER_THERE = (
        "It was built here, or loaded from a file: as far as the engine knows, it has never been "
        "in that repository."
    )
    NO_NAME = "It was created from the ID of an image: no tag says what would be newer."
    NO_TAG = "It has no tag, and nothing runs it: nobody knows what would be newer."
    GONE = "The engine does not list the image any more."


def silence_about(target: DockerObject) -> Silence:
    """Why nothing can be compared with an object that has no name to compare it by."""
    return Silence.NO_TAG if isinstance(target, Image) else Silence.NO_NAME


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What is compared: an image that is here, with what a tag means in its registry."""

    reference: Reference
    """The tag."""
    image_id: str
    """The image."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is known of a subject."""

    subject: Subject
    """What was compared."""
    check: UpdateCheck | None = None
    """The registry's last answer, kept when it cannot be asked again; `None` if there is none."""
    problem: str = ""
    """Why the registry did not answer last, or was not asked, in sentences; empty if it did."""
    tried: datetime | None = None
    """When it was last asked, or would have been, in UTC; `None` if it never was."""
    is_asking: bool = False
    """Is it being asked now?"""

    @property
    def update(self) -> Update:
        """What it comes to, in a word."""
        if self.is_asking:
            return Update.CHECKING
        if self.check is None:
            return Update.UNKNOWN if self.problem else Update.NONE
        return _WORDS[self.check.freshness]

    @property
    def why(self) -> str:
        """Why it is unknown, in sentences; empty where it is known."""
        if self.check is not None and self.check.freshness is Freshness.UNKNOWN:
            return self.problem or Silence.NEVER_THERE
        return self.problem if self.check is None else ""

    def asked(self) -> Finding:
        """The same, while the registry is asked."""
        return replace(self, is_asking=True)

    def answered(self, check: UpdateCheck, now: datetime) -> Finding:
        """What there is after an answer."""
        return Finding(subject=self.subject, check=check, tried=now)

    def failed(self, problem: str, now: datetime) -> Finding:
        """What there is when nobody answered: what was known, and why it is not known better."""
        return replace(self, problem=problem, tried=now, is_asking=False)


_WORDS = {
    Freshness.CURRENT: Update.CURRENT,
    Freshness.NEWER: Update.NEWER,
    Freshness.UNKNOWN: Update.UNKNOWN,
}
