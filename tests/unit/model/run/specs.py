"""Specs of every kind, for the tests that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from dockertui.model.run.field import Kind
from dockertui.model.run.fields import FLAGS
from dockertui.model.run.spec import RunSpec

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
"""Whatever an engine may hold: spaces, quotes, controls, line ends, dashes."""
WORDS = TEXTS.filter(bool)


@st.composite
def specs(draw: st.DrawFn, values: st.SearchStrategy[str] = WORDS) -> RunSpec:
    """A spec with a few flags set to anything at all."""
    said: dict[str, Any] = {
        "image": draw(st.sampled_from(["nginx", "nginx:1.27", "a/b@sha256:" + "0" * 64])),
        "command": tuple(draw(st.lists(TEXTS, max_size=3))),
    }
    for field in draw(st.lists(st.sampled_from(FLAGS), max_size=6, unique_by=lambda it: it.name)):
        match field.kind:
            case Kind.SWITCH:
                said[field.name] = True
            case Kind.LIST:
                said[field.name] = tuple(draw(st.lists(values, min_size=1, max_size=3)))
            case Kind.TEXT:
                said[field.name] = draw(values)
    return RunSpec(**said)
