"""Which step of an image's history made which of its layers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dockertui.model import Layer

EMPTY_LAYER = "sha256:5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"
"""The digest of a layer with nothing in it: a kilobyte of zeros."""

_SHELL = re.compile(r"^(?:\|\d+ .*?)?/bin/(?:ba)?sh -c\s+")
_NO_OPERATION = "#(nop)"
_BUILDKIT = re.compile(r"\s*# buildkit$")
_MAKE_LAYERS = ("RUN ", "COPY ", "ADD ", "WORKDIR ")
_IMPOSSIBLE = 1_000_000
_MOST_PAIRS = 200_000
"""Steps times layers; no builder makes as many."""


def instruction(created_by: str) -> str:
    """What a layer was made by, as it stood in the Dockerfile as far as that is known.

    >>> instruction('/bin/sh -c #(nop)  CMD ["sh"]')
    'CMD ["sh"]'
    >>> instruction("/bin/sh -c apt-get update")
    'RUN apt-get update'
    >>> instruction("RUN /bin/sh -c make # buildkit")
    'RUN make'
    """
    text = _BUILDKIT.sub("", created_by.strip())
    run = text.startswith("RUN ")
    bare = _SHELL.sub("", text.removeprefix("RUN "), count=1)
    if bare.startswith(_NO_OPERATION):
        return bare.removeprefix(_NO_OPERATION).strip()
    return f"RUN {bare}" if run or bare != text else text


def layers_of_steps(history: Sequence[Layer], digests: Sequence[str]) -> tuple[int | None, ...]:
    """The place among an image's layers of what each step of its history made.

    The engine does not say which steps made a layer: one of no size may be a layer all the same,
    with a folder in it, or with the word that a file is gone. So the steps are laid beside the
    layers in the way that asks for the fewest unlikely things.

    Args:
        history: The steps, newest first, as an engine lists them.
        digests: What each layer holds, the lowest first.

    Returns:
        A place for each step; `None` for one that made no layer. None at all for any step if
        steps and layers do not go together.
    """
    steps = list(reversed(history))
    if len(steps) * len(digests) > _MOST_PAIRS:
        return (None,) * len(steps)
    costs = _costs(steps, digests)
    if costs[0][0] >= _IMPOSSIBLE:
        return (None,) * len(steps)
    return tuple(reversed(list(_cheapest(steps, costs))))


def _cheapest(steps: Sequence[Layer], costs: list[list[int]]) -> Iterator[int | None]:
    """The layer of each step, the oldest first, where the costs are least."""
    layer = 0
    for number, step in enumerate(steps):
        if costs[number][layer] == costs[number + 1][layer] + _cost_without(step):
            yield None
        else:
            yield layer
            layer += 1


def _costs(steps: Sequence[Layer], digests: Sequence[str]) -> list[list[int]]:
    """How unlikely the rest is at best, from each step and each layer on."""
    count = len(digests)
    rest = [_IMPOSSIBLE] * count + [0]
    costs = [rest]
    for step in reversed(steps):
        without = _cost_without(step)
        row = [rest[layer] + without for layer in range(count + 1)]
        for layer in range(count):
            row[layer] = min(row[layer], rest[layer + 1] + _cost_with(step, digests[layer]))
        costs.append(row)
        rest = row
    costs.reverse()
    return costs


def _cost_without(step: Layer) -> int:
    """How unlikely it is that a step made no layer."""
    if step.size_bytes:
        return _IMPOSSIBLE
    return 2 if instruction(step.created_by).upper().startswith(_MAKE_LAYERS) else 0


def _cost_with(step: Layer, digest: str) -> int:
    """How unlikely it is that a step made a layer of this content."""
    if digest == EMPTY_LAYER:
        return _IMPOSSIBLE if step.size_bytes else _likely(step)
    return 0 if step.size_bytes else 1 + _likely(step)


def _likely(step: Layer) -> int:
    is_likely = instruction(step.created_by).upper().startswith(_MAKE_LAYERS)
    return 0 if is_likely or not step.created_by else 8
