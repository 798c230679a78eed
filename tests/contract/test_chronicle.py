"""What happened is known, whether one looked on or came later."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

from dockertui.model.happening import Happening, What
from dockertui.sync import Member
from tests.contract.fleet_of import until, watched
from tests.contract.subject import Subject


def lived(member: Member, container_id: str) -> Sequence[Happening]:
    """What is known of a container."""
    return member.chronicle.of([container_id])


def kinds(member: Member, container_id: str) -> list[What]:
    return [it.what for it in lived(member, container_id)]


async def ended(subject: Subject, command: str) -> str:
    """A container that has run a command to its end."""
    made = await subject.make(command, name=f"told-{uuid4().hex[:6]}")
    await asyncio.to_thread(subject.api.wait, made)
    return made


async def test_a_failure_from_before_one_looked_is_known(subject: Subject) -> None:
    made = await ended(subject, "sh -c 'exit 3'")
    async with watched(subject) as member:
        await until(lambda: lived(member, made))
        await until(lambda: len(lived(member, made)) == 3)
        assert kinds(member, made) == [What.CREATED, What.STARTED, What.FAILED]
        last = lived(member, made)[-1]
        assert (last.exit_code, last.name[:5], last.asked) == (3, "told-", False)


async def test_a_kill_from_before_one_looked_is_no_failure(subject: Subject) -> None:
    made = await subject.make()
    await subject.engine.kill(made)
    await asyncio.to_thread(subject.api.wait, made)
    async with watched(subject) as member:
        await until(lambda: What.ENDED in kinds(member, made))
        assert What.FAILED not in kinds(member, made)
        assert lived(member, made)[-1].asked


async def test_what_one_sees_happen_is_told_once(subject: Subject) -> None:
    async with watched(subject) as member:
        made = await subject.make()
        await subject.engine.restart(made, grace_s=0)
        await until(lambda: kinds(member, made).count(What.STARTED) == 2)
        await subject.engine.pause(made)
        await subject.engine.unpause(made)
        await subject.engine.remove_container(made, force=True)
        await until(lambda: What.REMOVED in kinds(member, made))
        # A real engine tells of the death of what it removes in its own time.
        seen = [it for it in kinds(member, made) if it is not What.ENDED]
    assert seen == [
        *(What.CREATED, What.STARTED, What.STARTED),
        *(What.PAUSED, What.RESUMED, What.REMOVED),
    ]
    assert member.chronicle.restarts(0)[made] == 0


async def test_a_loop_is_counted(subject: Subject) -> None:
    policy = {"Name": "always", "MaximumRetryCount": 0}
    async with watched(subject) as member:
        made = await subject.make("sh -c 'exit 1'", host={"restart_policy": policy})
        await until(lambda: member.chronicle.restarts(0)[made] >= 2)
