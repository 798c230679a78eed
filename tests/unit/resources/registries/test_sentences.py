"""What went wrong with a registry is said with what to do about it."""

from __future__ import annotations

import pytest

from dockertui.engine.errors import (
    CredentialsError,
    EngineError,
    LoginNeeded,
    RateLimited,
    RegistryCannot,
    RegistryUnreachable,
    Unreachable,
)
from dockertui.model.registry import LoginOutcome
from dockertui.resources.registries.sentences import logged_in, may_be_allowed, trouble


@pytest.mark.parametrize(
    ("error", "last"),
    [
        (LoginNeeded("It wants to know."), "i logs in."),
        (RegistryCannot("It lists nothing."), "n names a repository."),
        (RegistryUnreachable(Unreachable.PLAIN, "No TLS."), "A speaks to it all the same"),
        (RegistryUnreachable(Unreachable.CERTIFICATE, "Self-signed."), "A speaks to it"),
        (RegistryUnreachable(Unreachable.SILENT, "Silence."), "ctrl+r asks again."),
        (CredentialsError("Broken.", ("Install it.",)), "ctrl+r asks again."),
    ],
)
def test_each_failure_has_a_way_on(error: EngineError, last: str) -> None:
    first, *_, final = trouble(error)
    assert first == str(error)
    assert final.startswith(last)


def test_who_asked_too_often_is_not_told_to_ask_again() -> None:
    assert trouble(RateLimited("Try again in 5 minutes.")) == ("Try again in 5 minutes.",)


def test_advice_stands_between() -> None:
    assert "Install it." in trouble(CredentialsError("Broken.", ("Install it.",)))


def test_only_a_lack_of_proof_may_be_put_up_with() -> None:
    allowed = {it for it in Unreachable if may_be_allowed(RegistryUnreachable(it, ""))}
    assert allowed == {Unreachable.PLAIN, Unreachable.CERTIFICATE}
    assert not may_be_allowed(None)


def test_a_login_says_who_keeps_it_and_how() -> None:
    outcome = LoginOutcome("ghcr.io", "ada", "config.json", is_plain_text=True)
    assert "kept by config.json. It is in the file as plain text" in logged_in(outcome, "ghcr.io")
    outcome = LoginOutcome("ghcr.io", "ada", "pass")
    assert logged_in(outcome, "ghcr.io") == "Logged in to ghcr.io as ada; kept by pass."


def test_a_login_that_nobody_asked_for_proves_nothing() -> None:
    outcome = LoginOutcome("localhost:5000", "ada", "pass", was_asked=False)
    assert "nobody knows whether the password is right" in logged_in(outcome, "localhost:5000")
