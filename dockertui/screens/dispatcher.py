"""Runs actions: asks first, shows that it is at it, reports what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from textual.app import App, SuspendNotSupported

from dockertui.actions import Action, Answers, Lists, Question
from dockertui.engine import EngineError, Terminal, TimedOut
from dockertui.model import Container, DockerObject, Image
from dockertui.screens.outcomes import failure, names, summary
from dockertui.screens.run_host import RunHost
from dockertui.sync import Fleet
from dockertui.text import counted
from dockertui.widgets.message_bar import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from dockertui.model.job import Job
    from dockertui.screens.job_watch import JobWatch
    from dockertui.sync.jobs import Task

T = TypeVar("T", bound=DockerObject)

_LAST_WORDS_S = 1.0
"""How long a removal waits for them at most."""
_AT_ONCE = 8
"""How many objects an action works on at the same time."""


class Dispatcher(RunHost):
    """What an action may use, and who runs it. It is the `Context` of every action."""

    def __init__(
        self,
        app: App[Any],
        fleet: Fleet,
        report: Callable[[Report], None],
        jobs: JobWatch,
        lists: Lists,
    ) -> None:
        """Serve an app.

        Args:
            app: Whose screen dialogs are shown on.
            fleet: The engines, and what they have.
            report: Tells the person something.
            jobs: Begins what lasts, and tells what becomes of it.
            lists: What is marked, and where one can go.
        """
        super().__init__(app, fleet)
        self._report = report
        self._jobs = jobs
        self.lists = lists

    async def run(self, action: Action[Any], targets: Sequence[DockerObject]) -> None:
        """Run an action on objects it applies to, from the question to the summary."""
        if refusal := self._refusal(action, targets):
            self.say(refusal)
            return
        try:
            answers = await self._consent(action, targets)
        except EngineError as error:
            self._report(failure(f"{action.label} {names(targets)}", error))
            return
        if answers is None:
            return
        began = asyncio.get_running_loop().time()
        gate = asyncio.Semaphore(_AT_ONCE)
        outcomes = await asyncio.gather(
            *(self._run_one(action, each, answers, gate) for each in targets)
        )
        took_s = asyncio.get_running_loop().time() - began
        if report := summary(action, targets, outcomes, took_s):
            self._report(report)

    def copy(self, text: str, what: str) -> None:
        """Put text in the person's clipboard and say so."""
        self._app.copy_to_clipboard(text)
        self.say(f"Copied {what}.")

    def open_url(self, url: str) -> None:
        """Open an address in the browser; without one, as over ssh, copy it instead."""
        from dockertui.screens.browser import browser, show

        opener = browser()
        if not opener:
            self._app.copy_to_clipboard(url)
            self.say(f"No browser here. Copied the address: {url}")
            return
        self._app.run_worker(show(opener, url), exit_on_error=False)
        self.say(f"Opened {url}")

    async def keep_last_words(self, target: Container) -> None:
        """Keep the last lines of a container that is about to be removed, if they can be had."""
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS_S):
                await self._fleet.of(target).last_words.keep(target)

    async def run_terminal(self, terminal: Terminal, *, before: str = "") -> int | None:
        """Give the whole screen to a process until it ends."""
        from dockertui.engine.console import run_console

        trouble: Exception | None = None
        code: int | None = None
        try:
            with self._app.suspend():
                # An exception that left this block would freeze the screen for good.
                try:
                    code = run_console(terminal, before=before)
                except (EngineError, OSError) as error:
                    trouble = error
        except SuspendNotSupported:
            self.say("A shell needs a terminal of its own, which there is none of here.")
        finally:
            terminal.close()
        self._app.refresh(layout=True)
        if trouble is not None:
            self._report(failure(terminal.title, trouble))
        return code

    def say(self, sentence: str) -> None:
        """Tell the person something that is no error."""
        self._report(Report(sentence))

    async def ask(self, question: Question) -> Answers | None:
        """Ask the person; `None` when they would rather not."""
        from dockertui.screens.ask import Ask

        return await self._app.push_screen_wait(Ask(question))

    def start_job(self, target: DockerObject, task: Task) -> Job:
        """Let something that lasts go on in the background, on the engine that has an object."""
        return self._jobs.start(target, task)

    def check_updates(self, target: Container | Image) -> None:
        """Find out in the background whether there is a newer image; what comes of it is told."""
        self._fleet.of(target).updates.check((target,), self.say)

    async def job_over(self, job: Job) -> Job:
        """Wait until a job is over, however it ends; how it is then."""
        return await self._jobs.over(job)

    def _refusal(self, action: Action[Any], targets: Sequence[DockerObject]) -> str:
        for each in targets:
            if each.engine not in self._fleet.members:
                return f"{action.label}: {each.name} is no longer shown. Nothing was done."
            member = self._fleet.of(each)
            if member.engine.read_only and not action.reads:
                return f"{action.label}: not in read-only mode. Nothing was done."
            if not member.watcher.link.is_up and not action.reads:
                return f"{action.label}: {member.engine.name} does not answer. Nothing was done."
            if action.doing and each.activity == action.doing:
                return f"{each.name} is {each.activity} already."
        return ""

    async def _consent(
        self, action: Action[Any], targets: Sequence[DockerObject]
    ) -> Answers | None:
        question = await action.ask(self, targets) if action.ask is not None else None
        if question is None and len(targets) > 1 and not action.reads:
            what = counted(len(targets), targets[0].kind)
            question = Question(
                title=f"{action.label.rstrip('…')} {what}?",
                gone=tuple(each.name for each in targets),
                verb=f"{action.label.rstrip('…')} {what}",
                refusal="Leave them",
            )
        return {} if question is None else await self.ask(question)

    async def _run_one(
        self, action: Action[Any], target: DockerObject, answers: Answers, gate: asyncio.Semaphore
    ) -> str | EngineError:
        member, kind = self._fleet.of(target), type(target)
        async with gate:
            if action.doing:
                member.store.set_activity(kind, target.id, action.doing)
            try:
                return await action.run(self, target, answers) or ""
            except TimedOut as error:
                return await self._after_time_out(error, target)
            except EngineError as error:
                return error
            finally:
                if action.doing:
                    await self._settle(target)

    async def _after_time_out(self, error: TimedOut, target: DockerObject) -> EngineError:
        """Look before anything is claimed: the engine may have done it all the same."""
        try:
            now = await self._fleet.of(target).refresh(target)
        except EngineError:
            return error
        state = (
            "it is gone" if now is None else f"it is now {getattr(now, 'status', '') or 'there'}"
        )
        return TimedOut(f"{error} Looked again: {state}.")

    async def _settle(self, target: DockerObject) -> None:
        """Show how it is before it stops being said that something is done to it."""
        member = self._fleet.of(target)
        try:
            await member.refresh(target)
        except EngineError:
            member.watcher.mark_stale(type(target), target.id)
        member.store.set_activity(type(target), target.id, "")
