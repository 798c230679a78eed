"""A password shows itself to nobody by accident."""

from __future__ import annotations

import copy
import pickle
import traceback

import pytest

from dockertui.engine.registry.secret import Credentials, Hidden, Secret
from dockertui.engine.registry.tokens import basic
from dockertui.engine.registry.transport import Request

PASSWORD = "hunter2-hunter2"


def test_looking_at_what_holds_it_does_not_show_it() -> None:
    secret = Secret(PASSWORD)
    credentials = Credentials("ada", secret)
    request = Request("POST", "https://a", {"Authorization": basic(credentials)}, 1, b"hunter2")
    looks = [repr(it) for it in (secret, credentials, request, secret.reveal(), [secret.reveal()])]
    looks += [str(secret), f"{secret}", f"{credentials}", f"{request}"]
    assert not [it for it in looks if "hunter2" in it or "aHVudGVy" in it or "YWRhOm" in it]


def test_asking_for_it_by_name_gives_it() -> None:
    assert Secret(PASSWORD).reveal() == PASSWORD
    assert f"{Secret(PASSWORD).reveal()}" == PASSWORD
    assert isinstance(Secret(PASSWORD).reveal(), Hidden)


def test_it_is_never_written_down() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(Secret(PASSWORD))
    with pytest.raises(TypeError):
        copy.deepcopy(Secret(PASSWORD))


def test_secrets_are_equal_when_their_texts_are() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1
    assert Secret("a") != "a"
    assert not Secret("")


def test_a_trace_with_the_values_of_variables_does_not_show_it() -> None:
    def fail(secret: Secret) -> None:
        header = basic(Credentials("ada", secret))
        raise RuntimeError(len(header))

    with pytest.raises(RuntimeError) as raised:
        fail(Secret(PASSWORD))
    shown = traceback.TracebackException.from_exception(raised.value, capture_locals=True)
    assert "hunter2" not in "".join(shown.format())
