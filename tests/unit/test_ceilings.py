"""How large things may grow, and what every one of them has. Raising a ceiling is a decision."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = sorted((ROOT / "dockertui").rglob("*.py"))
OURS = [*PACKAGE, *sorted((ROOT / "tests").rglob("*.py"))]

FILE_LINES = 400
CLASS_LINES = 200
FUNCTION_LINES = 40
USUAL_FUNCTION_LINES = 25
UNUSUAL = 0.02
"""The part of all functions that may be longer than usual."""

EMPTY_NAMES = re.compile(r"(Manager|Helper|Handler|Utils?|Base|Data)$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def nodes(kind: type[ast.ClassDef] | tuple[type[Function], ...]) -> Iterator[tuple[str, ast.AST]]:
    for path in PACKAGE:
        for node in ast.walk(tree(path)):
            if isinstance(node, kind):
                yield f"{name_of(path)}: {node.name}", node


def lines(node: ast.AST) -> int:
    assert isinstance(node, Function | ast.ClassDef)
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


FUNCTIONS = list(nodes((ast.FunctionDef, ast.AsyncFunctionDef)))
CLASSES = list(nodes(ast.ClassDef))


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_a_file_is_one_thing(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= FILE_LINES


def test_a_class_can_be_read_at_once() -> None:
    assert [name for name, node in CLASSES if lines(node) > CLASS_LINES] == []


def test_a_function_fits_a_screen() -> None:
    assert [name for name, node in FUNCTIONS if lines(node) > FUNCTION_LINES] == []


def test_a_function_is_usually_short() -> None:
    longer = [name for name, node in FUNCTIONS if lines(node) > USUAL_FUNCTION_LINES]
    assert len(longer) <= UNUSUAL * len(FUNCTIONS), longer


def test_a_class_is_named_for_what_it_is() -> None:
    named = [name for name, _ in CLASSES]
    assert [name for name in named if EMPTY_NAMES.search(name)] == []


def test_every_field_of_a_public_dataclass_says_what_it_is() -> None:
    mute = []
    for name, node in CLASSES:
        assert isinstance(node, ast.ClassDef)
        is_dataclass = any("dataclass" in ast.unparse(each) for each in node.decorator_list)
        if is_dataclass and not node.name.startswith("_"):
            mute += [f"{name}.{field}" for field in mute_fields(node)]
    assert mute == []


def mute_fields(node: ast.ClassDef) -> Iterator[str]:
    """The public fields of a dataclass that no string follows."""
    for field, after in zip(node.body, [*node.body[1:], None], strict=True):
        if not isinstance(field, ast.AnnAssign) or "ClassVar" in ast.unparse(field.annotation):
            continue
        name = ast.unparse(field.target)
        told = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        if not told and not name.startswith("_"):
            yield name


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_annotations_are_never_evaluated_at_start(path: Path) -> None:
    body = [each for each in tree(path).body if not isinstance(each, ast.Expr)]
    if any(isinstance(each, Function | ast.ClassDef | ast.AnnAssign) for each in body):
        assert ast.unparse(body[0]) == "from __future__ import annotations"


def test_nothing_names_the_machine_it_was_written_on() -> None:
    # Spelled in pieces, so that this file does not find itself.
    places = "|".join(("/wor" + "k/", "/roo" + "t/", "/far" + "m/", "/opt/py" + "pi"))
    found = subprocess.run(
        ["git", "grep", "-nIE", places, "--", ":!*.svg"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.stdout == ""
