"""What a registry asks for is understood, however it writes it down."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockertui.engine.registry.challenge import Challenge, challenge_in

HUB = (
    'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",'
    'scope="repository:library/nginx:pull,push",error="insufficient_scope"'
)


def test_a_challenge_for_a_token_has_its_parts() -> None:
    challenge = challenge_in([HUB])
    assert challenge is not None
    assert (challenge.scheme, challenge.realm) == ("bearer", "https://auth.docker.io/token")
    assert challenge.service == "registry.docker.io"
    assert challenge.scope == "repository:library/nginx:pull,push"


@pytest.mark.parametrize(
    ("headers", "scheme", "realm"),
    [
        (['Basic realm="basic-realm"'], "basic", "basic-realm"),
        (["basic realm=x"], "basic", "x"),
        (["Basic"], "basic", ""),
        (['Basic realm="a", Bearer realm="https://b"'], "bearer", "https://b"),
        (['Basic realm="a"', 'Bearer realm="https://b"'], "bearer", "https://b"),
        (['Negotiate, Basic realm="a"'], "basic", "a"),
        (['Digest realm="d", nonce="n", Basic realm="a"'], "basic", "a"),
        ([r'Bearer realm="https://b/?q=\"x\"" , service = s'], "bearer", 'https://b/?q="x"'),
        (['Bearer realm="", Basic realm="a"'], "basic", "a"),
    ],
)
def test_of_several_challenges_the_best_is_answered(
    headers: list[str], scheme: str, realm: str
) -> None:
    challenge = challenge_in(headers)
    assert challenge is not None
    assert (challenge.scheme, challenge.realm) == (scheme, realm)


@pytest.mark.parametrize("header", ["", "Negotiate", "Bearer", 'Bearer service="x"', "=", ",,,"])
def test_what_cannot_be_answered_is_none(header: str) -> None:
    assert challenge_in([header]) is None


@given(st.text(max_size=80) | st.text('abB ="\\,;', max_size=40).map("Bearer ".__add__))
def test_any_header_is_a_challenge_or_none(header: str) -> None:
    challenge = challenge_in([header])
    assert challenge is None or challenge.scheme in {"bearer", "basic"}


def test_a_header_without_end_takes_no_time() -> None:
    assert challenge_in(['Bearer realm="' + "\\" * 10_000_000]) is None
    assert challenge_in(["a=" * 1_000_000]) is None


def test_challenges_are_alike_that_lead_to_the_same_place() -> None:
    one = Challenge("bearer", {"realm": "a", "service": "b", "scope": "x"})
    assert one.is_like(Challenge("bearer", {"realm": "a", "service": "b", "error": "y"}))
    assert not one.is_like(Challenge("bearer", {"realm": "a", "service": "c"}))
    assert not one.is_like(None)
