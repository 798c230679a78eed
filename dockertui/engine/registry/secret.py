"""Passwords and tokens, which show themselves to nobody by accident."""

from __future__ import annotations

from dataclasses import dataclass

from dockertui.secrecy import MASK


class Hidden(str):
    """Text that does not show when whatever holds it is looked at; a header, for instance."""

    __slots__ = ()

    def __repr__(self) -> str:
        return MASK


class Secret:
    """A password or a token. It must be asked for its text by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        """Keep it.

        Args:
            text: What is not to be seen.
        """
        self._text = Hidden(text)

    def reveal(self) -> Hidden:
        """The text itself."""
        return self._text

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and str(self._text) == str(other.reveal())

    def __hash__(self) -> int:
        return hash(str(self._text))

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    __str__ = __repr__

    def __reduce__(self) -> str:
        raise TypeError("A secret is not written down.")


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who somebody is for a registry."""

    username: str
    """Their name there; empty where a token stands for it."""
    secret: Secret
    """Their password, or the token."""
    is_token: bool = False
    """Is it an identity token, which a registry gave in exchange for the password?"""
