"""What came of looking for newer images, in a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dockertui.model import DockerObject
from dockertui.model.registry import Freshness
from dockertui.model.update import Finding, silence_about
from dockertui.model.update_word import Update
from dockertui.text import counted

_NAMED = 3


def summary(findings: Sequence[Finding], nameless: Sequence[DockerObject] = ()) -> str:
    """What came of it.

    Args:
        findings: What was asked about.
        nameless: Objects of which nothing could be asked.
    """
    if not findings:
        name = nameless[0].name if len(nameless) == 1 else "None of them"
        return f"{name}: {silence_about(nameless[0])}" if nameless else "No image is in use."
    if len(findings) == 1 and not nameless:
        return _one(findings[0])
    images = {it.subject.image_id for it in findings}
    newer = _names(it for it in findings if it.update is Update.NEWER)
    told = {it.subject.image_id for it in findings if it.update is not Update.UNKNOWN}
    unknown = len(images - told) + len(nameless)
    parts = [f"{len(newer)} with an update{_named(newer)}"] if newer else ["no update"]
    if unknown:
        parts.append(f"{unknown} unknown")
    return f"Checked {counted(len(images) + len(nameless), 'image')}: {', '.join(parts)}."


def _names(findings: Iterable[Finding]) -> list[str]:
    """What images are called, each once, whatever other tags it has."""
    names: dict[str, str] = {}
    for each in findings:
        names.setdefault(each.subject.image_id, each.subject.reference.familiar)
    return list(names.values())


def _one(finding: Finding) -> str:
    name = finding.subject.reference.familiar
    if finding.problem and finding.check is not None:
        return f"{name}: not checked again. {finding.problem}"
    match finding.check.freshness if finding.check is not None else Freshness.UNKNOWN:
        case Freshness.NEWER:
            return f"{name}: there is a newer one in its registry."
        case Freshness.CURRENT:
            return f"{name} is current: its registry has no other."
        case _:
            return f"{name}: unknown. {finding.why}"


def _named(names: Sequence[str]) -> str:
    if not names:
        return ""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f" ({', '.join(names[:_NAMED])}{more})"
