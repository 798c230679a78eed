"""Logging in to registries and out of them, and which there are to be."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from dockertui.actions.question import Entry, Password, Question
from dockertui.engine import EngineError
from dockertui.engine.errors import LoginRefused, RegistryError, RegistryUnreachable, Unreachable
from dockertui.engine.registry.logins import host_in
from dockertui.engine.registry.secret import Secret
from dockertui.model.reference import HUB
from dockertui.resources.registries.sentences import logged_in, may_be_allowed
from dockertui.screens.registries.deeds import CalledOffError, Deeds
from dockertui.screens.registries.lists import RegistriesLevel
from dockertui.sync.draft import reason
from dockertui.text import clean
from dockertui.widgets.command import bindings, command


class LoginKeys(Deeds):
    """Logs in and out, adds registries, and takes them off."""

    @command("i", "Log in…")
    @work(exclusive=True, group="deed")
    async def action_log_in(self) -> None:
        """Log in to the registry, as `docker login` does, with the same store of passwords."""
        if not self.may_change("Log in") or not (host := self._host("Log in")):
            return
        name, username, problem = self.name_of_host(host), "", ""
        while answers := await self.ask(login_question(name, username, problem, host=host)):
            username, secret = str(answers["username"]).strip(), answers["password"]
            if not isinstance(secret, Secret):
                return
            try:
                if await self._logged_in(host, username, secret):
                    self.reload_all()
                return
            except LoginRefused as error:
                problem = clean(str(error))
            except (EngineError, CalledOffError) as error:
                if isinstance(error, EngineError):
                    self.fail(error)
                return

    async def _logged_in(self, host: str, username: str, secret: Secret) -> bool:
        """Log in, and if need be ask whether to put up with a host that proves nothing."""
        words = f"Logging in to {self.name_of_host(host)}"
        try:
            outcome = await self.waited_for(words, self.registries.login(host, username, secret))
        except RegistryUnreachable as error:
            if not may_be_allowed(error) or not await self._allowed(host, error):
                raise
            outcome = await self.waited_for(words, self.registries.login(host, username, secret))
        self.say(logged_in(outcome, self.name_of_host(host)))
        return True

    @command("o", "Log out…")
    @work(exclusive=True, group="deed")
    async def action_log_out(self) -> None:
        """Forget who is logged in to the registry, as `docker logout` does."""
        if not self.may_change("Log out") or not (host := self._host("Log out")):
            return
        name = self.name_of_host(host)
        if await self.ask(logout_question(name)) is None:
            return
        try:
            there = await self.waited_for(f"Logging out of {name}", self.registries.logout(host))
        except CalledOffError:
            return
        except EngineError as error:
            self.fail(error)
            return
        self.say(f"Logged out of {name}." if there else f"Nobody was logged in to {name}.")
        self.reload_all()

    @command("A", "Allow…")
    @work(exclusive=True, group="deed")
    async def action_allow(self) -> None:
        """Speak to a registry all the same that has no TLS, or a certificate nobody vouches for."""
        error = self.level.error
        if not isinstance(error, RegistryUnreachable) or not may_be_allowed(error):
            self.say("Allow: nothing stands in the way that could be allowed.")
        elif await self._allowed(self.level.host, error):
            self.reload_all()

    async def _allowed(self, host: str, error: RegistryUnreachable) -> bool:
        name = self.name_of_host(host)
        if await self.ask(allow_question(name, error)) is None:
            return False
        self.registries.allow(host)
        return True

    @command("a", "Add…")
    @work(exclusive=True, group="deed")
    async def action_add(self) -> None:
        """Add a registry to the list; it is remembered."""
        answers = await self.ask(add_question())
        if answers is None:
            return
        host = host_in(str(answers["host"]))
        try:
            is_new = await self.added.add(host)
        except OSError as error:
            self.say(f"It cannot be remembered: {reason(error)}.")
            return
        self.say(f"Added {host}." if is_new else f"{host} is in the list already.")
        for each in self.query(RegistriesLevel):
            each.wanted = host
            each.reload()

    async def forget_added(self, level: RegistriesLevel) -> None:
        """Take a registry off the list that the person had added."""
        host = level.host
        if not level.is_added:
            name = self.name_of_host(host)
            self.say(f"{name} is not one that you added; it is listed because it is known.")
            return
        try:
            await self.added.forget(host)
        except OSError as error:
            self.say(f"It cannot be written down: {reason(error)}.")
            return
        self.say(f"{host} is no longer among those that you added.")
        level.reload()

    def _host(self, verb: str) -> str:
        if not (host := self.level.host):
            self.say(f"{verb}: no registry is selected.")
        return host

    BINDINGS: ClassVar = bindings(locals())


def login_question(name: str, username: str, problem: str, *, host: str) -> Question:
    """What to ask before somebody is logged in.

    Args:
        name: What the registry is called.
        username: What was typed before.
        problem: Why that did not work, in a sentence.
        host: The registry.
    """
    token = " Docker Hub wants a personal access token there if you sign in twice."
    return Question(
        title=f"Log in to {name}",
        sentence=problem or "Kept where the docker command keeps it, once it is known to be right.",
        fields=(
            Entry(
                "username",
                "User name",
                username,
                problem=lambda it: "" if it.strip() else "Which user?",
            ),
            Password("password", "Password, or a token", token.strip() if host == HUB else ""),
        ),
        verb="Log in",
        refusal="Cancel",
    )


def logout_question(name: str) -> Question:
    """What to ask before somebody is logged out."""
    return Question(
        title=f"Log out of {name}?",
        sentence="The password is forgotten, for the docker command as well. Images stay.",
        verb="Log out",
        refusal="Stay logged in",
    )


def allow_question(name: str, error: RegistryUnreachable) -> Question:
    """What to ask before a host is spoken to that proves nothing."""
    if error.kind is Unreachable.PLAIN:
        title = f"Speak to {name} without TLS?"
        risk = ""
    else:
        title = f"Speak to {name} without looking at its certificate?"
        risk = "It could be anybody who answers there, and gets the password. "
    return Question(
        title=title,
        sentence=f"{clean(str(error))} {risk}It holds for as long as dockertui runs.",
        verb="Speak to it all the same",
        refusal="Leave it",
        destroys=True,
    )


def add_question() -> Question:
    """What to ask before a registry is added."""
    return Question(
        title="Add a registry",
        fields=(Entry("host", "Host", hint="registry.example.com:5000", problem=_problem_of_host),),
        verb="Add",
        refusal="Cancel",
    )


def _problem_of_host(text: str) -> str:
    if not text.strip():
        return "Which registry?"
    try:
        host_in(text)
    except RegistryError as error:
        return str(error)
    return ""
