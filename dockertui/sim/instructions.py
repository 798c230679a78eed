"""What the instructions of a Dockerfile do to an image's configuration."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from dockertui.sim.answers import JSON, Refusal

KNOWN = frozenset(
    (
        *("ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK"),
        *("LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME"),
        "WORKDIR",
    )
)


def instructions(text: str) -> Iterator[tuple[str, str]]:
    """Each instruction with what stands behind it, or refuse as the builder does."""
    joined = text.replace("\\\n", " ")
    for number, line in enumerate(joined.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        word, _, rest = line.strip().partition(" ")
        if word.upper() not in KNOWN:
            raise Refusal(
                400, f"dockerfile parse error line {number}: unknown instruction: {word.upper()}"
            )
        yield word.upper(), rest.strip()


def configure(config: JSON, word: str, rest: str) -> None:
    """Let an instruction change a configuration; most do not."""
    match word:
        case "CMD" | "ENTRYPOINT":
            config["Cmd" if word == "CMD" else "Entrypoint"] = _words(rest)
        case "ENV":
            config["Env"] = [*(config.get("Env") or ()), *_pairs(rest)]
        case "LABEL":
            labels = dict(it.partition("=")[::2] for it in _pairs(rest))
            config["Labels"] = {**(config.get("Labels") or {}), **labels}
        case "USER":
            config["User"] = rest
        case "WORKDIR":
            config["WorkingDir"] = rest
        case "EXPOSE":
            ports: JSON = {it if "/" in it else f"{it}/tcp": {} for it in rest.split()}
            config["ExposedPorts"] = {**(config.get("ExposedPorts") or {}), **ports}


def _words(rest: str) -> list[str]:
    if rest.startswith("["):
        try:
            return [str(it) for it in json.loads(rest)]
        except ValueError:
            pass
    return ["/bin/sh", "-c", rest]


def _pairs(rest: str) -> list[str]:
    words = shlex.split(rest)
    return words if "=" in words[0] else [f"{words[0]}={' '.join(words[1:])}"]
