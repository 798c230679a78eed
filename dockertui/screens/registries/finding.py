"""Going straight to a repository: by its name, or by a search."""

from __future__ import annotations

from typing import ClassVar

from textual import work

from dockertui.actions.question import Entry, Question
from dockertui.model.reference import HUB, BadReference, Reference, parse_reference
from dockertui.screens.registries.image_level import ImageLevel
from dockertui.screens.registries.level import Level
from dockertui.screens.registries.lists import SearchLevel
from dockertui.screens.registries.login import LoginKeys
from dockertui.screens.registries.tags import TagsLevel
from dockertui.widgets.command import bindings, command


class FindingKeys(LoginKeys):
    """Asks what to look for, and goes there."""

    def enter(self, level: Level) -> None:
        """Go one step further."""
        raise NotImplementedError

    def leave(self) -> None:
        """Go one step back."""
        raise NotImplementedError

    @command("S", "Search Hub…")
    @work(exclusive=True, group="deed")
    async def action_search(self) -> None:
        """Search Docker Hub for repositories, by name and description."""
        answers = await self.ask(search_question())
        if answers is not None:
            if isinstance(self.level, SearchLevel):
                self.leave()  # One search takes the place of the other.
            self.enter(SearchLevel(self, str(answers["term"]).strip()))

    @command("n", "Name…")
    @work(exclusive=True, group="deed")
    async def action_name(self) -> None:
        """Go straight to a repository or an image by its name, listed or not."""
        host = self.level.host or HUB
        answers = await self.ask(name_question(host, self.name_of_host(host)))
        if answers is None:
            return
        reference = named(host, str(answers["name"]))
        is_image = bool(reference.tag or reference.digest)
        self.enter(ImageLevel(self, reference) if is_image else TagsLevel(self, reference))

    BINDINGS: ClassVar = bindings(locals())


def named(host: str, text: str) -> Reference:
    """The repository or image that a person means, who stands before a registry.

    >>> named("localhost:5000", "team/app:1.2").familiar
    'localhost:5000/team/app:1.2'
    >>> named("localhost:5000", "localhost:5000/team/app").familiar, named(HUB, "nginx").familiar
    ('localhost:5000/team/app', 'nginx')

    Raises:
        BadReference: It is none.
    """
    text = text.strip()
    if host == HUB or text.startswith(f"{host}/"):
        return parse_reference(text)
    return parse_reference(f"{host}/{text}")


def search_question() -> Question:
    """What to ask before Docker Hub is searched."""
    return Question(
        title="Search Docker Hub",
        fields=(
            Entry(
                "term",
                "For",
                hint="postgres",
                problem=lambda it: "" if it.strip() else "What for?",
            ),
        ),
        verb="Search",
        refusal="Cancel",
    )


def name_question(host: str, name: str) -> Question:
    """What to ask before one goes to a repository by its name."""

    def problem(text: str) -> str:
        if not text.strip():
            return "Which repository?"
        try:
            named(host, text)
        except BadReference as error:
            return str(error)
        return ""

    return Question(
        title=f"Go to a repository of {name}",
        fields=(Entry("name", "Repository, with a tag or without", "", "team/app", problem),),
        verb="Go",
        refusal="Cancel",
    )
