"""What an action is."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from inspect import getdoc
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from dockertui.actions.question import Answers, Question
from dockertui.engine import Engine, Terminal
from dockertui.model import Container, DockerObject, Image, Key
from dockertui.model.system import ENGINE
from dockertui.model.whole_engine import WholeEngine

if TYPE_CHECKING:
    from dockertui.actions.making.form import Recipe, RunForm
    from dockertui.model.job import Job
    from dockertui.model.run.spec import RunSpec
    from dockertui.sync.jobs import Task

T = TypeVar("T", bound=DockerObject)


class Lists(Protocol):
    """The lists of objects on the screen."""

    def marked(self, kind: type[T]) -> Sequence[T]:
        """Every object of a kind that is marked."""
        ...

    def show(self, kind: type[DockerObject], key: Key, *, tab: str = "") -> bool:
        """Select an object, and open a tab of it if one is named; says whether it is there."""
        ...

    def compare(self, one: Image, other: Image) -> None:
        """Show what is different in two images."""
        ...


class Context(Protocol):
    """What an action may use besides its object."""

    def engine(self, target: DockerObject) -> Engine:
        """The engine that has an object."""
        ...

    def objects(self, kind: type[T]) -> Sequence[T]:
        """Every object of a kind that is known, of all engines."""
        ...

    @property
    def lists(self) -> Lists:
        """What is on the screen."""
        ...

    def copy(self, text: str, what: str) -> None:
        """Put text in the person's clipboard and say so: `what` names it."""
        ...

    def open_url(self, url: str) -> None:
        """Open an address in the person's browser, and show it in case there is none."""
        ...

    async def keep_last_words(self, target: Container) -> None:
        """Keep the last lines of a container that is about to be removed, if they can be had."""
        ...

    async def run_terminal(self, terminal: Terminal, *, before: str = "") -> int | None:
        """Give the whole screen to a process until it ends; `before` is said first.

        Returns:
            Its exit code; `None` if it goes on, or if nobody knows.
        """
        ...

    def say(self, sentence: str) -> None:
        """Tell the person something that is no error."""
        ...

    async def ask(self, question: Question) -> Answers | None:
        """Ask something in the middle of an action; `None` when the person would rather not."""
        ...

    def start_job(self, target: DockerObject, task: Task) -> Job:
        """Let something that lasts go on in the background, on the engine that has an object."""
        ...

    def check_updates(self, target: Container | Image) -> None:
        """Find out in the background whether there is a newer image; what comes of it is told."""
        ...

    async def job_over(self, job: Job) -> Job:
        """Wait until a job is over, however it ends; how it is then."""
        ...

    async def fill_in(self, form: RunForm) -> RunSpec | None:
        """Let the person fill in what is to run; `None` when they would rather not."""
        ...

    async def show_recipe(self, recipe: Recipe) -> None:
        """Show the lines that make a container like another, until the person has read them."""
        ...

    async def follow(self, title: str, sentences: AsyncGenerator[str]) -> bool:
        """Show how work goes on that takes a while; each sentence takes the place of the last.

        Returns:
            Whether it came to its end. The person may call it off, which closes the generator.
        """
        ...

    async def ensure_image(
        self, near: DockerObject, reference: str, *, platform: str = "", pull: str = "missing"
    ) -> bool:
        """See that an image is there, pulling it if need be.

        Args:
            near: An object of the engine that is to have it.
            reference: The image.
            platform: Which of its platforms; empty for the engine's own.
            pull: `missing`, `always` or `never`.

        Returns:
            False when the person called it off.

        Raises:
            EngineError: When it cannot be pulled.
        """
        ...

    async def select_container(self, engine: str, container_id: str) -> Container | None:
        """Select a container that is new, as soon as it is known; `None` if there is none."""
        ...


Run = Callable[[Context, T, Answers], Awaitable[str | None]]
"""Does it, and may say what came of it: words that follow the object's name."""
Ask = Callable[[Context, Sequence[T]], Awaitable[Question | None]]


@dataclass(frozen=True)
class Action(Generic[T]):
    """One thing a person can do to one kind of object."""

    kind: type[T]
    """What it is done to."""
    verb: str
    """What it is called in code: the function's name."""
    key: str
    """The key it has unless the keymap says otherwise, as Textual spells it."""
    label: str
    """What it is called on screen: a word or two, for the footer and the menu."""
    help: str
    """What it does: the function's docstring, for the help screen, palette and manual."""
    applies: Callable[[T], bool]
    """Would it make sense for this object now?"""
    run: Run[T]
    """Do it, to one object."""
    ask: Ask[T] | None
    """What to ask first, of all the objects at once; it may find that nothing need be asked."""
    doing: str
    """What the row says meanwhile, e.g. `stopping`; empty for what is done at once."""
    done: str
    """What happened, after the name: `stopped`; empty for what shows by itself."""
    reads: bool
    """Does it leave the engine as it is? Then read-only mode allows it."""
    rank: int
    """Its place in the footer, lowest first; 0 keeps it out."""
    many: bool
    """May it be done to several marked objects at once?"""
    of_pane: bool = False
    """Does it need no object? Then it belongs to the list itself, also to an empty one, and what
    it is done to is the engine."""

    @property
    def id(self) -> str:
        """Its name in a keymap and its anchor in the manual, e.g. `container.stop`."""
        return f"{self.kind.kind}.{self.verb}"


def action(  # noqa: PLR0913 - a declaration is read as a whole
    kind: type[T],
    key: str,
    *,
    label: str = "",
    when: Callable[[T], bool] = lambda _: True,
    ask: Ask[T] | None = None,
    doing: str = "",
    done: str = "",
    reads: bool = False,
    rank: int = 0,
    many: bool = True,
) -> Callable[[Run[T]], Action[T]]:
    """Make a coroutine function an action; everything that lists actions will list it."""

    def declare(run: Run[T]) -> Action[T]:
        verb = run.__name__
        label_ = label or verb.replace("_", " ").capitalize()
        help_ = (getdoc(run) or "").partition("\n\n")[0].replace("\n", " ")
        return Action(
            kind, verb, key, label_, help_, when, run, ask, doing, done, reads, rank, many
        )

    return declare


def pane_action(
    kind: type[DockerObject],
    key: str,
    *,
    label: str = "",
    ask: Ask[WholeEngine] | None = None,
    reads: bool = False,
    rank: int = 0,
) -> Callable[[Run[WholeEngine]], Action[Any]]:
    """Make a coroutine function an action that needs no object, in the list of a kind."""

    def declare(run: Run[WholeEngine]) -> Action[Any]:
        # It is listed with objects of one kind, and done to an engine.
        of_engine: Action[Any] = action(
            WholeEngine, key, label=label, ask=ask, reads=reads, rank=rank
        )(run)
        return replace(of_engine, kind=kind, many=False, of_pane=True)

    return declare


def targets_of(
    marked: Sequence[T], selected: T | None, chosen: Action[Any], engine: str = ""
) -> tuple[T | WholeEngine, ...]:
    """What an action is done to: all that is marked, or else what is selected, where it applies.

    Args:
        marked: What is marked.
        selected: What is selected, if anything.
        chosen: The action.
        engine: The name of the engine for what needs no object, if nothing is selected.
    """
    if chosen.of_pane:
        name = selected.engine if selected is not None else engine
        return (WholeEngine(id=ENGINE, name=name, engine=name),)
    several = tuple(marked) if chosen.many else ()
    candidates = several or ((selected,) if selected is not None else ())
    return tuple(each for each in candidates if chosen.applies(each))


__all__ = [
    "Action",
    "Answers",
    "Ask",
    "Context",
    "Key",
    "Lists",
    "Run",
    "action",
    "pane_action",
    "targets_of",
]
