"""A credential helper is listened to, but never waited for without end."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from dockertui.engine.errors import CredentialsError
from dockertui.engine.registry.helper import CredentialProgram
from dockertui.engine.registry.secret import Credentials, Secret

Made = Callable[..., CredentialProgram]

GOOD = """
case "$1" in
get) read -r key; case "$key" in
    nas:5000) printf '{"ServerURL":"%s","Username":"ada","Secret":"s3cret"}' "$key" ;;
    token) printf '{"ServerURL":"%s","Username":"<token>","Secret":"tok"}' "$key" ;;
    empty) printf '{"ServerURL":"","Username":"","Secret":""}' ;;
    *) echo "credentials not found in native keychain"; exit 1 ;; esac ;;
list) printf '{"nas:5000":"ada","token":"<token>","odd":5}' ;;
store|erase) cat >"$KEEP" ;;
esac
"""


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Makes a helper of a script."""

    def make(script: str, name: str = "test", timeout_s: float = 5.0) -> CredentialProgram:
        path = tmp_path / f"docker-credential-{name}"
        path.write_text(f"#!/bin/sh\n{script}")
        path.chmod(0o755)
        environ = {
            "PATH": f"{tmp_path}:{os.environ['PATH']}",
            "KEEP": str(tmp_path / "kept"),
            "GPG_TTY": "/dev/tty1",
        }
        return CredentialProgram(name, environ, timeout_s=timeout_s)

    return make


def test_it_tells_who_is_logged_in(made: Made) -> None:
    helper = made(GOOD)
    assert helper.credentials("nas:5000") == Credentials("ada", Secret("s3cret"))
    assert helper.credentials("token") == Credentials("", Secret("tok"), is_token=True)
    assert helper.credentials("elsewhere") is None
    assert helper.credentials("empty") is None
    assert helper.usernames() == {"nas:5000": "ada", "token": ""}


def test_what_it_is_to_keep_is_handed_over_where_nobody_looks(made: Made, tmp_path: Path) -> None:
    helper = made('tr "\\0" " " </proc/$$/cmdline >"$KEEP.words"; env >"$KEEP.env"\n' + GOOD)
    helper.keep("nas:5000", Credentials("ada", Secret("hunter2")))
    assert '"Secret": "hunter2"' in (tmp_path / "kept").read_text()
    assert (tmp_path / "kept.words").read_text().endswith("docker-credential-test store ")
    assert "hunter2" not in (tmp_path / "kept.env").read_text()
    helper.keep("nas:5000", Credentials("", Secret("tok"), is_token=True))
    assert '"Username": "<token>"' in (tmp_path / "kept").read_text()
    helper.erase("nas:5000")
    assert (tmp_path / "kept").read_text() == "nas:5000"


def test_it_cannot_ask_on_our_terminal(made: Made, tmp_path: Path) -> None:
    helper = made(
        '(: </dev/tty) 2>/dev/null && t=yes || t=no; echo "$GPG_TTY $t" >"$KEEP"; ' + GOOD
    )
    helper.credentials("nas:5000")
    assert (tmp_path / "kept").read_text() == " no\n"


@pytest.mark.parametrize("name", ["missing", "", "../evil", "a b", "\x1b[2J", "-x"])
def test_one_that_is_missing_is_told(name: str) -> None:
    with pytest.raises(CredentialsError, match="is not installed") as told:
        CredentialProgram(name, {"PATH": "/nowhere"})
    assert told.value.advice


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("echo it is locked; exit 1", "docker-credential-test failed: it is locked"),
        ("exit 7", "docker-credential-test ended with 7."),
        ("kill -9 $$", "docker-credential-test ended with -9."),
        ("echo hello", "docker-credential-test answers in a way that cannot be understood."),
        ("echo '[]'", "docker-credential-test answers in a way that cannot be understood."),
        ("echo '{}'", "docker-credential-test answers in a way that cannot be understood."),
        (
            """echo '{"Username": 5, "Secret": []}'""",
            "docker-credential-test answers in a way that cannot be understood.",
        ),
        ("printf '\\033]0;x\\007'; exit 1", "docker-credential-test failed: �]0;x�"),
        ("yes", "docker-credential-test says more than anybody can keep."),
    ],
)
def test_one_that_is_broken_is_told(made: Made, script: str, sentence: str) -> None:
    with pytest.raises(CredentialsError) as told:
        made(script).credentials("nas:5000")
    assert str(told.value) == sentence


def test_pass_without_a_key_comes_with_advice(made: Made) -> None:
    said = "pass not initialized: exit status 1: Error: password store is empty."
    with pytest.raises(CredentialsError) as told:
        made(f"echo '{said}'; exit 1").keep("nas:5000", Credentials("ada", Secret("x")))
    assert "pass init" in told.value.advice[1]


def test_a_trace_of_what_went_wrong_does_not_hold_the_password(made: Made) -> None:
    credentials = Credentials("ada", Secret("hunter" + "2"))
    with pytest.raises(CredentialsError) as told:
        made("exit 1").keep("nas:5000", credentials)
    trace = traceback.TracebackException.from_exception(told.value, capture_locals=True)
    assert "hunter2" not in "".join(trace.format())


def test_what_one_leaves_behind_is_not_waited_for(made: Made) -> None:
    begun = time.monotonic()
    helper = made(f"sleep 4 &\n{GOOD}")
    assert helper.credentials("nas:5000") == Credentials("ada", Secret("s3cret"))
    assert time.monotonic() - begun < 3


@pytest.mark.parametrize(
    "script",
    [
        "sleep 1000",
        "exec 0<&-; sleep 1000",
        "exec >&-; sleep 1000",
        "while :; do echo x; sleep 0.05; done",
        "setsid sleep 4 & exec sleep 1000",
    ],
)
def test_one_that_hangs_is_left_and_ended(made: Made, script: str) -> None:
    helper = made(script, timeout_s=0.3)
    begun = time.monotonic()
    with pytest.raises(CredentialsError, match="did not answer within 0 s"):
        helper.credentials("nas:5000")
    assert time.monotonic() - begun < 3


def test_nothing_of_one_that_hangs_stays(made: Made, tmp_path: Path) -> None:
    helper = made('echo $$ >"$KEEP"; sleep 1000 & echo $! >>"$KEEP"; wait', timeout_s=0.3)
    with pytest.raises(CredentialsError):
        helper.usernames()
    for pid in (tmp_path / "kept").read_text().split():
        end = time.monotonic() + 5
        while _lives(int(pid)) and time.monotonic() < end:
            time.sleep(0.01)
        assert not _lives(int(pid))


def test_a_password_without_end_is_not_handed_over(made: Made) -> None:
    with pytest.raises(CredentialsError, match="too long"):
        made(GOOD).keep("nas:5000", Credentials("ada", Secret("x" * 40_000)))


def test_one_that_cannot_be_run_is_told(tmp_path: Path) -> None:
    path = tmp_path / "docker-credential-test"
    path.write_text("#!/nowhere/interpreter\n")
    path.chmod(0o755)
    with pytest.raises(CredentialsError, match="cannot be run: No such file"):
        CredentialProgram("test", {"PATH": str(tmp_path)}).credentials("nas:5000")


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False
