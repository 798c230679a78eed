"""What is asked before images are pruned, and what would follow from the answers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

from dockertui.actions.question import Answers, Check, Entry, Preview, Question
from dockertui.model.prune import Belongings, Freed, PrunePlan, PruneWish
from dockertui.text import age, counted, decimal_size, middle_cut

_AGE = re.compile(r"(\d+)\s*([hdw])")
_HOURS = {"h": 1, "d": 24, "w": 24 * 7}
_LONGEST_AGE_H = 24 * 365 * 100
_NAME = 40


def prune_question(belongings: Belongings) -> Question:
    """What to ask, and what would follow from the answers.

    Args:
        belongings: All that there is.
    """

    def preview(answers: Answers) -> Preview:
        if problem_of_age(str(answers["age"])):
            return Preview(problem="Nothing goes while the age is not clear.")
        plan = belongings.plan(wish_of(answers))
        if not plan:
            return Preview(problem="Nothing fits that: nothing would go.")
        return Preview(
            sentence=_consequence(plan),
            gone=tuple(_lines(plan, belongings)),
            verb=f"Remove {_what(plan)}",
        )

    return Question(
        title="Prune images",
        fields=tuple(_fields(belongings)),
        preview=preview,
        verb="Remove",
        refusal="Keep everything",
        destroys=True,
    )


def _fields(belongings: Belongings) -> Iterator[Check | Entry]:
    yield Check("dangling", "Dangling images: nothing points to them", ticked=True)
    yield Check("unused", "Unused images: no container was made from them")
    if idle := [it for it in belongings.cache if not it.is_used]:
        size = sum(it.size_bytes for it in idle)
        yield Check("cache", f"Build cache: {decimal_size(size)}")
    yield Entry("age", "Older than", hint="any age; else 24h, 7d, 2w", problem=problem_of_age)
    yield Entry("label", "With label", hint="any; else name or name=value")


def wish_of(answers: Answers) -> PruneWish:
    """What the person would like to be rid of."""
    return PruneWish(
        dangling=bool(answers["dangling"]),
        unused=bool(answers["unused"]),
        older_than=age_in(str(answers["age"])),
        label=str(answers["label"]).strip(),
        build_cache=bool(answers.get("cache")),
    )


def age_in(text: str) -> timedelta | None:
    """The age that a text names; `None` for none.

    >>> age_in("7d"), age_in("")
    (datetime.timedelta(days=7), None)
    """
    found = _AGE.fullmatch(text.strip())
    return timedelta(hours=int(found[1]) * _HOURS[found[2]]) if found else None


def problem_of_age(text: str) -> str:
    """What is wrong with an age, in a sentence; empty when it will do."""
    found = _AGE.fullmatch(text.strip())
    if not text.strip() or (found and int(found[1]) * _HOURS[found[2]] <= _LONGEST_AGE_H):
        return ""
    return "A number and h, d or w: 24h, 7d, 2w."


def freed_words(freed: Freed) -> str:
    """How much room there would be, in words.

    >>> freed_words(Freed(1_000_000, 1_000_000)), freed_words(Freed(0, 2_000_000))
    ('1.0 MB is freed', 'up to 2.0 MB is freed')
    """
    most = decimal_size(freed.most_bytes)
    if freed.least_bytes == freed.most_bytes:
        return f"{most} is freed"
    least = f"between {decimal_size(freed.least_bytes)} and " if freed.least_bytes else "up to "
    return f"{least}{most} is freed"


def _what(plan: PrunePlan) -> str:
    images = [counted(len(plan.images), "image")] if plan.images else []
    return " and ".join([*images, *(["the build cache"] if plan.cache else [])])


def _consequence(plan: PrunePlan) -> str:
    images = counted(len(plan.images), "image")
    count = f"{images} {'goes' if len(plan.images) == 1 else 'go'}, exactly these. "
    cache = "Of the build cache goes what BuildKit does not use by then. " if plan.cache else ""
    return f"{count if plan.images else ''}{cache}{_first_up(freed_words(plan.freed))}."


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lines(plan: PrunePlan, belongings: Belongings) -> list[str]:
    lines = []
    for it in plan.images:
        old = age((belongings.at - it.created).total_seconds()) if it.created else ""
        more = f"  and {len(it.tags) - 1} more tags" if len(it.tags) > 1 else ""
        name = middle_cut(it.name, _NAME)
        lines.append(f"{name:<{_NAME}} {decimal_size(it.size_bytes):>9} {old:>4}{more}")
    if plan.cache:
        size = decimal_size(sum(it.size_bytes for it in plan.cache))
        name = f"build cache, {counted(len(plan.cache), 'record')}"
        lines.append(f"{name:<{_NAME}} {size:>9}")
    return lines
