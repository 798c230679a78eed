"""What the Update tab says: is there a newer image, since when, and what is different in it?"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from shlex import join

from dockertui.engine.errors import EngineError
from dockertui.model import Container, Image
from dockertui.model.image_detail import ImageDetail
from dockertui.model.remote_image import ImageConfig
from dockertui.model.update import Finding, Subject, silence_about
from dockertui.model.update_word import Update
from dockertui.resources.moments import duration, moment, moment_and_age
from dockertui.resources.tab import Fact
from dockertui.secrecy import masked, masked_url
from dockertui.store.update_notes import digests_in
from dockertui.sync import Member
from dockertui.text import decimal_size

_NOTHING = "none"
_KEPT = {
    Update.NONE: "Nobody has looked yet: U asks the registry, W asks about all in use.",
    Update.CHECKING: "The registry is being asked.",
    Update.CURRENT: "It is what the registry has.",
    Update.NEWER: "There is a newer one in the registry: p pulls it.",
}
_RUN = {
    **_KEPT,
    Update.NEWER: "There is a newer one: M goes to the image, p pulls it; then create this again.",
    Update.OLDER: "It runs an older one: the newer one is here. Create it again to run that.",
}


Configured = ImageDetail | ImageConfig
"""How containers of an image are made: of one that is here, or in a registry."""


async def update_facts(member: Member, target: Container | Image) -> Sequence[Fact]:
    """What is known of newer images than the one of an object."""
    subjects = member.updates.notes.subjects_of(target)
    if not subjects:
        return (Fact("Update", f"Unknown. {silence_about(target)}", "$dim"),)
    facts: list[Fact] = []
    for each in subjects:
        if len(subjects) > 1:
            facts.append(Fact(each.reference.familiar, heading=True))
        facts += await _facts(member, target, each)
    return tuple(facts)


async def _facts(member: Member, target: Container | Image, subject: Subject) -> list[Fact]:
    notes, is_run = member.updates.notes, isinstance(target, Container)
    finding = notes.finding(subject)
    word = notes.update_of(subject) if is_run else finding.update
    facts = [Fact("Update", _sentence(word, finding, is_run=is_run), _style(word))]
    if finding.problem and finding.check is not None:
        facts.append(Fact("Last time", finding.problem, "$dim"))
    if finding.check is not None:
        facts.append(Fact("Checked", moment_and_age(finding.check.checked, datetime.now(UTC))))
    facts += _identities(member, subject, finding)
    try:
        pair = await _pair(member, subject, finding, word)
    except EngineError:
        return facts  # All of it but what changes is known without the engine.
    if pair is not None:
        facts += (Fact("What changes", heading=True), *differences(*pair))
    return facts


async def _pair(
    member: Member, subject: Subject, finding: Finding, word: Update
) -> tuple[Configured, Configured] | None:
    """The image that is here, or runs, and the newer one; `None` if there is none."""
    other = member.updates.notes.meant_here(subject)
    newer = finding.check.newer if finding.check is not None else None
    if other is not None and word is Update.OLDER:
        theirs: Configured = await member.study.detail(other.id)
    elif newer is not None:
        theirs = newer.config
    else:
        return None
    return await member.study.detail(subject.image_id), theirs


def _sentence(word: Update, finding: Finding, *, is_run: bool) -> str:
    if word is Update.UNKNOWN:
        return f"Unknown. {finding.why}"
    return (_RUN if is_run else _KEPT)[word]


def _style(word: Update) -> str:
    return "$update-there" if word in {Update.NEWER, Update.OLDER} else ""


def _identities(member: Member, subject: Subject, finding: Finding) -> Iterator[Fact]:
    """The digests here and there, and how large both are."""
    check, image = finding.check, member.store.snapshot(Image).get(subject.image_id)
    here = sorted(digests_in(image, subject.reference)) if image is not None else ()
    yield Fact("Tag", subject.reference.familiar)
    for place, digest in enumerate(here):
        yield Fact("" if place else "Digest here", digest)
    if check is not None and check.digest:
        yield Fact("Digest there", check.digest)
    if check is not None and check.newer is not None:
        bytes_ = check.newer.manifest.download_bytes
        size = f"{decimal_size(image.size_bytes)} here; " if image is not None else ""
        yield Fact("Size", f"{size}{decimal_size(bytes_)} to download there, compressed")
    limit = member.updates.limit(subject.reference.host)
    if limit is not None:
        yield Fact("Pulls left", f"{limit.remaining:,} of {limit.limit:,} that the registry allows")


def differences(ours: Configured, theirs: Configured) -> Iterator[Fact]:
    """What is different in two images, as `before → after`."""
    yield _created(ours.created, theirs.created)
    for label, read in _PARTS:
        if (before := read(ours)) != (after := read(theirs)):
            yield Fact(label, f"{before or _NOTHING} → {after or _NOTHING}")
    yield from _changed(dict(ours.env), dict(theirs.env), "Environment")
    yield from _changed(ours.labels, theirs.labels, "Labels")


def _created(before: datetime | None, after: datetime | None) -> Fact:
    words = f"{moment(before) or 'unknown'} → {moment(after) or 'unknown'}"
    later_s = (after - before).total_seconds() if before and after else 0.0
    if abs(later_s) >= 1:
        words += f", {duration(abs(later_s))} {'later' if later_s > 0 else 'earlier'}"
    return Fact("Created", words)


def _changed(before: Mapping[str, str], after: Mapping[str, str], heading: str) -> Iterator[Fact]:
    names = [it for it in dict.fromkeys((*before, *after)) if before.get(it) != after.get(it)]
    if names:
        yield Fact(heading, heading=True)
    for name in sorted(names):
        plain = _arrow(before.get(name), after.get(name))
        shown = _arrow(_masked(name, before.get(name)), _masked(name, after.get(name)))
        yield Fact(name, plain, masked=shown if shown != plain else "")


def _masked(name: str, value: str | None) -> str | None:
    return None if value is None else masked(name, value)


def _arrow(before: str | None, after: str | None) -> str:
    if before is None:
        return f"new: {after}"
    return f"{before} → {after}" if after is not None else f"gone, was {before}"


_PARTS: tuple[tuple[str, Callable[[Configured], str]], ...] = (
    ("Entrypoint", lambda it: masked_url(join(it.entrypoint))),
    ("Command", lambda it: masked_url(join(it.command))),
    ("User", lambda it: it.user),
    ("Folder", lambda it: it.working_dir),
    ("Exposes", lambda it: ", ".join(sorted(it.ports))),
    ("Volumes", lambda it: ", ".join(sorted(it.volumes))),
)
"""What is compared of two images, beside their environments and labels."""
