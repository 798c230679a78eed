"""What an image's Dockerfile may have been, from its history."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dockertui.model import Layer
from dockertui.store.layer_history import instruction, layers_of_steps

_WORD = re.compile(r'"(?:[^"\\]|\\.)*"')
_COPIED = re.compile(r"(?P<verb>ADD|COPY) (?P<what>(?:file|dir|multi):\w+) in (?P<where>.*)")
_PORTS = re.compile(r"EXPOSE map\[(?P<ports>.*)\]")
_CHECK = re.compile(r"HEALTHCHECK &\{\[(?P<test>.*?)\] (?P<rest>.*)\}")
_LISTS = ("CMD [", "ENTRYPOINT [", "SHELL [", "VOLUME [")
_VERBS = re.compile(
    "ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL"
    "|STOPSIGNAL|USER|VOLUME|WORKDIR"
)
_SHORT_DIGEST = 12


@dataclass(frozen=True, slots=True)
class BuiltOn:
    """The image that another one is built on."""

    reference: str
    """What it is called."""
    history: tuple[Layer, ...]
    """The steps that made it, newest first."""
    layers: int
    """How many layers it has."""


def dockerfile(
    history: Sequence[Layer], digests: Sequence[str], base: BuiltOn | None
) -> Iterator[str]:
    """Write an approximate Dockerfile, an instruction after the other, without line ends.

    Args:
        history: The steps that made the image, newest first.
        digests: Its layers, the lowest first.
        base: What it is built on, if that is known.
    """
    steps = list(reversed(history))
    own = steps[_steps_of_base(history, digests, base) :] if base is not None else steps
    yield f"FROM {base.reference}" if base is not None else "FROM scratch"
    for step in own:
        said = instruction(step.created_by)
        if said:
            yield written(said)
        else:
            yield f"# {step.comment or 'a layer that nothing is told of'}"


def written(said: str) -> str:
    r"""An instruction as a Dockerfile has it, as far as the history tells.

    >>> written('CMD ["sh" "-c" "true"]'), written("EXPOSE map[80/tcp:{} 443/tcp:{}]")
    ('CMD ["sh", "-c", "true"]', 'EXPOSE 80/tcp 443/tcp')
    >>> written("COPY file:4b1cfa8e2d90aa77 in /app/ ")
    'COPY <file 4b1cfa8e2d90> /app/'
    >>> print(written("RUN make && make install"))
    RUN make \
        && make install
    """
    if said.startswith(_LISTS):
        verb, _, rest = said.partition(" ")
        return f"{verb} [{', '.join(_WORD.findall(rest))}]"
    if copied := _COPIED.fullmatch(said.strip()):
        kind, _, digest = copied["what"].partition(":")
        return f"{copied['verb']} <{kind} {digest[:_SHORT_DIGEST]}> {copied['where'].strip()}"
    if ports := _PORTS.fullmatch(said):
        return f"EXPOSE {' '.join(it.partition(':')[0] for it in ports['ports'].split())}"
    if check := _CHECK.fullmatch(said):
        return f"HEALTHCHECK {_check(_WORD.findall(check['test']))}"
    if said.startswith("RUN "):
        return said.replace(" && ", " \\\n    && ").replace("\t", " ")
    return said if _VERBS.match(said) else f"RUN {said}"


def _check(words: Sequence[str]) -> str:
    kind, *command = words or ('"NONE"',)
    if kind == '"CMD-SHELL"':
        return f"CMD {' '.join(it[1:-1] for it in command)}"
    return f"CMD [{', '.join(command)}]" if kind == '"CMD"' else "NONE"


def _steps_of_base(history: Sequence[Layer], digests: Sequence[str], base: BuiltOn) -> int:
    """How many of an image's steps are those of its base."""
    theirs = [it.created_by for it in reversed(base.history)]
    ours = [it.created_by for it in reversed(history)]
    alike = len(theirs) if ours[: len(theirs)] == theirs else 0
    # Builders may leave steps out of a history; layers they may not.
    places = reversed(layers_of_steps(history, digests))
    last = base.layers - 1
    return max(alike, next((at + 1 for at, place in enumerate(places) if place == last), 0))
