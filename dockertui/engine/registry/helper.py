"""Credential helpers: programs that keep passwords, run so that none can hold us up.

docker-py speaks their language, but would wait for one for ever, with the terminal that we draw
on in its hands.
"""

from __future__ import annotations

import os
import re
import select
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress

from docker.credentials import Store
from docker.credentials.errors import CredentialsNotFound

from dockertui.engine.errors import CredentialsError
from dockertui.engine.payload.fields import labels
from dockertui.engine.registry.config_file import HELPER_PREFIX
from dockertui.engine.registry.secret import Credentials, Secret
from dockertui.text import clean

TIMEOUT_S = 6.0
"""How long a helper may take. One that asks for a passphrase goes on asking when we have left."""
TOKEN_NAME = "<token>"
"""What stands for the user's name when the secret is an identity token."""
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_NOT_FOUND = b"credentials not found in native keychain"
_MOST_BYTES = 1024 * 1024
_MOST_SENT = 32 * 1024
"""What a pipe takes without anybody reading it."""
_MOST_WORDS = 300
_LOOK_MS = 50


class CredentialProgram(Store):
    """A helper, by the name that `config.json` calls it by, e.g. `pass`."""

    def __init__(
        self, name: str, environ: Mapping[str, str], *, timeout_s: float = TIMEOUT_S
    ) -> None:
        """Find it.

        Args:
            name: What it is called.
            environ: The environment it runs in.
            timeout_s: How long each answer may take.

        Raises:
            CredentialsError: When there is none of that name.
        """
        self.name = name
        self.program = HELPER_PREFIX + clean(name)
        is_name = _NAME.fullmatch(name) is not None
        self.exe = shutil.which(self.program, path=environ.get("PATH")) if is_name else None
        # A passphrase is to be asked for in a window: on this terminal, it would be in our way.
        self.environment = {key: it for key, it in environ.items() if key != "GPG_TTY"}
        self._timeout_s = timeout_s
        if self.exe is None:
            raise CredentialsError(
                f"{self.program} is to keep the passwords, but is not installed.",
                ("Install it, or take it out of credsStore and credHelpers in config.json.",),
            )

    def credentials(self, key: str) -> Credentials | None:
        """What it keeps for a registry; `None` for nothing.

        Raises:
            CredentialsError: When it does not work.
        """
        try:
            said = self.get(key)  # type: ignore[no-untyped-call]  # docker-py has no types.
            username, secret = said["Username"], said["Secret"]
        except CredentialsNotFound:
            return None
        except (ValueError, KeyError, TypeError):
            raise self._not_understood() from None
        if not isinstance(username, str) or not isinstance(secret, str):
            raise self._not_understood()
        is_token = username == TOKEN_NAME
        return Credentials("" if is_token else username, Secret(secret), is_token=is_token)

    def keep(self, key: str, credentials: Credentials) -> None:
        """Let it keep what is for a registry.

        Raises:
            CredentialsError: When it does not work.
        """
        name = TOKEN_NAME if credentials.is_token else credentials.username
        try:
            self.store(key, name, credentials.secret.reveal())  # type: ignore[no-untyped-call]  # The same.
        except CredentialsError as error:
            # The frames below know the password.
            raise error.with_traceback(None) from None

    def usernames(self) -> Mapping[str, str]:
        """The registries it knows, with who is logged in.

        Raises:
            CredentialsError: When it does not work.
        """
        try:
            said = self.list()  # type: ignore[no-untyped-call]  # The same.
        except ValueError:
            raise self._not_understood() from None
        return {key: "" if it == TOKEN_NAME else it for key, it in labels(said).items()}

    def _execute(self, subcmd: str, data_input: bytes | None) -> bytes:
        """Run it; docker-py's methods come here."""
        try:
            code, said = self._run(subcmd, data_input or b"")
        except OSError as error:
            raise CredentialsError(f"{self.program} cannot be run: {error.strerror}.") from None
        if code == 0:
            return said
        if _NOT_FOUND in said:
            raise CredentialsNotFound
        words = clean(said.decode(errors="replace").strip())[:_MOST_WORDS]
        raise CredentialsError(
            f"{self.program} failed: {words}" if words else f"{self.program} ended with {code}.",
            self._advice(words),
        )

    def _run(self, action: str, sent: bytes) -> tuple[int, bytes]:
        if len(sent) > _MOST_SENT:
            raise CredentialsError("That is too long for a password.")
        assert self.exe is not None
        end = time.monotonic() + self._timeout_s
        process = subprocess.Popen(
            [self.exe, action],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=self.environment,
            start_new_session=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(sent)
            said = self._read(process, process.stdout.fileno(), end)
            return process.wait(max(0.1, end - time.monotonic())), said
        except subprocess.TimeoutExpired:
            raise self._silent() from None
        finally:
            process.stdout.close()
            _end(process)

    def _read(self, process: subprocess.Popen[bytes], descriptor: int, end: float) -> bytes:
        """Read until it has said all, or has ended: what it started may hold the pipe longer."""
        poll = select.poll()
        poll.register(descriptor, select.POLLIN)
        said = bytearray()
        while len(said) <= _MOST_BYTES:
            has_ended = process.poll() is not None
            if time.monotonic() >= end:
                raise self._silent()
            if not poll.poll(0 if has_ended else _LOOK_MS):
                if has_ended:
                    return bytes(said)
                continue
            piece = os.read(descriptor, 64 * 1024)
            if not piece:
                return bytes(said)
            said += piece
        raise CredentialsError(f"{self.program} says more than anybody can keep.")

    def _silent(self) -> CredentialsError:
        return CredentialsError(
            f"{self.program} did not answer within {self._timeout_s:.0f} s.",
            ("It may be waiting for a passphrase: give it, and try again.",),
        )

    def _not_understood(self) -> CredentialsError:
        return CredentialsError(f"{self.program} answers in a way that cannot be understood.")

    def _advice(self, words: str) -> tuple[str, ...]:
        if "pass not initialized" in words or "pass init" in words:
            return ("Set pass up, once:", "gpg --gen-key && pass init YOUR-KEY")
        if "gpg" in words or "decryption" in words:
            return ("Unlock your key in another terminal, and try again:", "pass ls")
        return ()


def _end(process: subprocess.Popen[bytes]) -> None:
    """Leave nothing of it running, nor of what it started."""
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
