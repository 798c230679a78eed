"""What is asked before an image is built."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from dockertui.actions.action import Context
from dockertui.actions.question import Answers, Check, Entry, Field, Preview, Question
from dockertui.actions.questions.image_transfers import problem_of_platform, problem_of_reference
from dockertui.actions.questions.places import problem_of_folder, suggest_folder
from dockertui.engine.image_work import BuildRequest
from dockertui.model.reference import parse_reference
from dockertui.model.whole_engine import WholeEngine
from dockertui.text import clean

_NAME = re.compile(r"[A-Za-z_]\w*")


async def ask_build(ctx: Context, engines: Sequence[WholeEngine]) -> Question:
    """Ask of what to build it, and how."""
    has_buildkit = await ctx.engine(engines[0]).images.has_buildkit()
    fields: list[Field] = [
        Entry("folder", "Folder", ".", problem=problem_of_folder, suggest=suggest_folder),
        Entry("dockerfile", "Dockerfile", hint="Dockerfile in the folder"),
        Entry("tags", "Tags", hint="e.g. shop/web:2.5", problem=_problem_of_tags),
        Entry("target", "Target stage", hint="the last"),
        Entry("args", "Arguments", hint="NAME=value …", problem=_problem_of_args),
        Entry("platform", "Platform", hint="the engine's own", problem=problem_of_platform),
        Check("no_cache", "Without cache"),
        Check("pull", "Pull newer base images"),
    ]
    if has_buildkit:
        fields.append(Check("classic", "With the engine's old builder, not BuildKit"))
    return Question(
        title="Build an image",
        fields=tuple(fields),
        preview=_preview,
        verb="Build",
        refusal="Cancel",
    )


def request_of(answers: Answers) -> BuildRequest:
    """What is to be built."""
    tags = str(answers["tags"]).split()
    return BuildRequest(
        folder=_folder(answers),
        dockerfile=str(answers["dockerfile"]).strip(),
        tags=tuple(parse_reference(it).tagged().familiar for it in tags),
        target=str(answers["target"]).strip(),
        args=dict(_pairs(str(answers["args"]))),
        platform=str(answers["platform"]).strip(),
        no_cache=bool(answers["no_cache"]),
        pull=bool(answers["pull"]),
        classic=bool(answers.get("classic", True)),
    )


def _preview(answers: Answers) -> Preview:
    """Say what will be built, and whether the Dockerfile is there and has the target."""
    from dockertui.engine.builds import stage_names

    folder, dockerfile = _folder(answers), str(answers["dockerfile"]).strip()
    if problem_of_folder(str(answers["folder"])):
        return Preview()
    path = folder / (Path(dockerfile).expanduser() if dockerfile else "Dockerfile")
    if not path.is_file():
        return Preview(problem=f"There is no {clean(str(path))}.")
    stages, target = stage_names(folder, dockerfile), str(answers["target"]).strip()
    named = ", ".join(stages) if stages else "none has a name"
    if target and target.lower() not in stages and not target.isdecimal():
        return Preview(problem=f"It has no stage {target}. Its stages: {named}.")
    known = f" Stages: {named}." if stages else ""
    return Preview(sentence=f"From {clean(str(path))}.{known}")


def _folder(answers: Answers) -> Path:
    return Path(str(answers["folder"]).strip() or ".").expanduser().absolute()


def _problem_of_tags(text: str) -> str:
    for each in text.split():
        if words := problem_of_reference(each):
            return words
        if parse_reference(each).digest:
            return "A tag cannot have a digest."
    return ""


def _problem_of_args(text: str) -> str:
    try:
        pairs = _pairs(text)
    except ValueError:
        return "A quotation mark is missing."
    wrong = next((name for name, _ in pairs if not _NAME.fullmatch(name)), None)
    return "" if wrong is None else f"NAME=value each, and {clean(wrong) or 'nothing'} is no name."


def _pairs(text: str) -> list[tuple[str, str]]:
    """Names and values, set apart by blanks; quotation marks hold values with blanks together."""
    return [(name, value) for name, _, value in (it.partition("=") for it in shlex.split(text))]
