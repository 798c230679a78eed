"""What can be done with what is found: copied, pulled, deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import work

from dockertui.actions.question import Entry, Question
from dockertui.engine import EngineError
from dockertui.model.reference import Reference
from dockertui.model.registry import Tags
from dockertui.screens.registries.deeds import CalledOffError
from dockertui.screens.registries.finding import FindingKeys
from dockertui.screens.registries.image_level import ImageLevel
from dockertui.screens.registries.level import Level
from dockertui.screens.registries.lists import RegistriesLevel
from dockertui.screens.registries.tags import TagsLevel
from dockertui.text import counted
from dockertui.widgets.command import bindings, command


class TagKeys(FindingKeys):
    """Copies, pulls and deletes."""

    @command("y,Y", "Copy name")
    def action_copy_name(self) -> None:
        """Copy the whole name of what is selected, as `docker pull` wants it."""
        text = self.level.reference.familiar if self.level.reference else self.level.host
        if not text:
            self.say("Copy name: nothing is selected.")
            return
        self.app.copy_to_clipboard(text)
        self.say(f"Copied {text}.")

    @command("p", "Pull")
    def action_pull(self) -> None:
        """Pull what is selected, or every marked tag, to the engine; it goes on as a job."""
        from dockertui.sync.image_tasks import Pull

        if not self.may_change("Pull"):
            return
        level = self.level
        platform = level.platform if isinstance(level, ImageLevel) else ""
        wanted = _marked(level) or ([level.reference] if level.reference is not None else [])
        if not wanted:
            self.say("Pull: nothing is selected.")
            return
        for each in wanted:
            self.pulling.add(self.start_job(Pull(each.tagged(), platform)).id)
        what = wanted[0].tagged().familiar if len(wanted) == 1 else counted(len(wanted), "image")
        self.say(f"Pulling {what} to {self.member.engine.name}; J shows how far it is.")

    @command("d,delete", "Delete…")
    @work(exclusive=True, group="deed")
    async def action_delete(self) -> None:
        """Delete a tag from the registry; of the registries, take one off that you added."""
        level = self.level
        if isinstance(level, RegistriesLevel):
            await self.forget_added(level)
            return
        reference = level.reference
        if reference is None or not reference.tag or not isinstance(level, TagsLevel | ImageLevel):
            self.say("Delete: select a tag first.")
        elif self.may_change("Delete"):
            await self._delete(reference, level)

    async def _delete(self, reference: Reference, level: Level) -> None:
        if await self.ask(first_question(reference, self.name_of_host(reference.host))) is None:
            return
        if await self.ask(second_question(reference)) is None:
            return
        try:
            words = await self._deleted(reference)
        except CalledOffError:
            return
        except EngineError as error:
            self.fail(error)
            return
        if words:
            self.say(words)
            if isinstance(level, ImageLevel):
                self.leave()
            self.reload_all()

    async def _deleted(self, reference: Reference) -> str:
        """Delete a tag, or the image if that is all that can be; what came of it in words."""
        registries, name = self.registries, reference.familiar
        doing = f"Deleting {name}"
        if await self.waited_for(doing, registries.untag(reference)):
            return f"Deleted {name}; the image stays under its other tags."
        digest = (await self.waited_for(doing, registries.digest(reference))).digest
        looking = f"Looking which tags go with {name}"
        tags = await self.waited_for(looking, registries.tags_of(reference, digest))
        alone = tags.is_complete and set(tags.names) <= {reference.tag}
        if not alone and await self.ask(whole_question(reference, digest, tags)) is None:
            return f"Nothing was deleted: {name} is still there."
        image = reference.repository.with_digest(digest)
        await self.waited_for(doing, registries.delete_image(image))
        others = len(set(tags.names) - {reference.tag})
        return f"Deleted {name}" + (f" and {counted(others, 'other tag')}." if others else ".")

    BINDINGS: ClassVar = bindings(locals())


def first_question(reference: Reference, name: str) -> Question:
    """What to ask first before a tag is deleted."""
    return Question(
        title=f"Delete {reference.short} from {name}?",
        sentence="It is gone for everybody who pulls it there. Images of this engine stay.",
        gone=(reference.familiar,),
        verb="Delete the tag…",
        destroys=True,
    )


def second_question(reference: Reference) -> Question:
    """What to ask then: it must be typed."""
    return Question(
        title=f"Delete {reference.short}",
        fields=(_typed("tag", f"Type {reference.tag} to delete it", reference.tag),),
        verb=f"Delete {reference.tag}",
        destroys=True,
    )


def whole_question(reference: Reference, digest: str, tags: Tags) -> Question:
    """What to ask where only whole images can be deleted, with every tag they have."""
    others = [it for it in tags.names if it != reference.tag]
    all_ = tuple(f"{reference.repository.short}:{it}" for it in (reference.tag, *others))
    unsure = "" if tags.is_complete else " There may be more: not every tag could be compared."
    return Question(
        title=f"Delete the image with {counted(len(all_), 'tag')}?",
        sentence=(
            f"This registry deletes whole images only, here {digest[:19]}. Every tag that points "
            f"to it goes along:{unsure}"
        ),
        gone=all_,
        fields=(_typed("tag", f"Type {reference.tag} to delete them all", reference.tag),),
        verb=f"Delete {counted(len(all_), 'tag')}",
        destroys=True,
    )


def _typed(name: str, label: str, wanted: str) -> Entry:
    return Entry(name, label, problem=lambda it: "" if it.strip() == wanted else f"Type {wanted}.")


def _marked(level: Level) -> Sequence[Reference]:
    return [it.reference for it in level.table.marked] if isinstance(level, TagsLevel) else []
