"""Stages and bases of a Dockerfile."""

from __future__ import annotations

from dockertui.engine.dockerfile import stages_in

TEXT = """# syntax=docker/dockerfile:1
ARG REG=localhost:5000
ARG V
FROM --platform=$BUILDPLATFORM golang:1.23 AS build
RUN make \\
    FROM nothing
FROM ${REG}/base:${V:-1} as Base
FROM scratch
from build
"""


def names(args: dict[str, str]) -> list[str]:
    return [it.familiar for it in stages_in(TEXT, args).bases]


def test_stages_have_names() -> None:
    assert stages_in(TEXT, {}).names == ("build", "base")


def test_bases_are_named_once_with_the_arguments_filled_in() -> None:
    assert names({}) == ["golang:1.23", "localhost:5000/base:1"]
    assert names({"REG": "r.example.com", "V": "7"}) == ["golang:1.23", "r.example.com/base:7"]


def test_rubbish_has_neither() -> None:
    assert stages_in("\x00FROM\nFROM \n$$$", {}).bases == ()
