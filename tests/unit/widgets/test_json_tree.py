"""A document that folds and can be searched."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dockertui.secrecy import MASK
from dockertui.widgets.json_nodes import Kind, copied, nodes_of, path_of
from dockertui.widgets.json_tree import JsonTree

DOCUMENT: dict[str, Any] = {
    "Id": "abc",
    "State": {
        "Running": True,
        "Error": None,
        "ExitCode": 0,
        "Health": {"Log": [{"Output": "fine"}, {"Output": "refused"}]},
    },
    "Config": {
        "Env": ["LANG=C", "DB_PASSWORD=hunter2"],
        "Labels": {"a.b": "x", "api-token": "t0p"},
        "Empty": {},
    },
}


@pytest.fixture
def tree() -> JsonTree:
    tree = JsonTree()
    tree.load(DOCUMENT)
    return tree


def paths(tree: JsonTree) -> list[str]:
    return [it.path for it in tree.shown()]


def unfold_all(tree: JsonTree) -> None:
    for _ in range(9):
        tree.fold_all(1)


def test_at_first_only_the_top_is_open(tree: JsonTree) -> None:
    assert paths(tree) == [".Id", ".State", ".Config"]


def test_every_value_has_the_path_that_jq_takes(tree: JsonTree) -> None:
    unfold_all(tree)
    assert ".State.Health.Log[1].Output" in paths(tree)
    assert '.Config.Labels["a.b"]' in paths(tree)
    assert nodes_of([1])[1].path == ".[0]"
    assert path_of(".", 'q"') == '.["q\\""]'


def test_a_branch_opens_and_folds_with_all_that_is_in_it(tree: JsonTree) -> None:
    state = tree.shown()[1]
    tree.fold(state, open_=True)
    assert paths(tree)[1:5] == [".State", ".State.Running", ".State.Error", ".State.ExitCode"]
    tree.fold(state, open_=False)
    assert paths(tree) == [".Id", ".State", ".Config"]


def test_folds_hold_for_the_next_document(tree: JsonTree) -> None:
    tree.fold(tree.shown()[1], open_=True)
    assert tree.load({"State": {"Running": False}, "Id": "def"})
    assert paths(tree) == [".State", ".State.Running", ".Id"]


def test_an_equal_document_changes_nothing(tree: JsonTree) -> None:
    assert not tree.load({**DOCUMENT})


def test_levels_open_and_fold_for_all_branches_at_once(tree: JsonTree) -> None:
    tree.fold_all(1)
    assert ".Config.Env" in paths(tree)
    assert ".Config.Env[0]" not in paths(tree)
    tree.fold_all(-1)
    tree.fold_all(-1)
    assert paths(tree) == [".Id", ".State", ".Config"]


def test_strings_numbers_and_words_are_told_apart() -> None:
    kinds = {it.label: it.kind for it in nodes_of({"s": "x", "n": 1.5, "t": True, "z": None})}
    assert kinds["s"] is Kind.STRING
    assert kinds["n"] is Kind.NUMBER
    assert kinds["t"] is kinds["z"] is Kind.WORD


def test_secrets_are_masked_in_the_environment_and_under_their_names(tree: JsonTree) -> None:
    texts = {it.path: it for it in tree.nodes}
    assert texts[".Config.Env[1]"].text == f'"DB_PASSWORD={MASK}"'
    assert texts[".Config.Env[1]"].plain == '"DB_PASSWORD=hunter2"'
    assert texts['.Config.Labels["api-token"]'].text == f'"{MASK}"'
    assert texts[".Config.Env[0]"].plain == ""


def test_a_search_finds_names_and_values_in_folded_branches(tree: JsonTree) -> None:
    assert [it.path for it in tree.hits("REFUSED")] == [".State.Health.Log[1].Output"]
    assert [it.path for it in tree.hits("health")] == [".State.Health"]
    assert [it.path for it in tree.hits("exitcode: 0")] == [".State.ExitCode"]
    assert tree.hits("") == []


def test_a_search_does_not_find_what_is_masked(tree: JsonTree) -> None:
    assert tree.hits("hunter2") == []


def test_a_search_opens_what_hides_a_hit_and_folds_it_when_it_goes_on(tree: JsonTree) -> None:
    tree.open_to(tree.hits("refused")[0])
    assert ".State.Health.Log[1].Output" in paths(tree)
    tree.open_to(tree.hits("lang")[0])
    assert ".State.Health" not in paths(tree)
    tree.keep_open()
    tree.open_to(tree.hits("refused")[0])
    assert ".Config.Env[0]" in paths(tree)


@pytest.mark.parametrize("document", [None, "text", 3, [], {}, [[]]])
def test_any_json_is_a_document(document: object) -> None:
    tree = JsonTree()
    tree.load(document)
    assert len(tree.shown()) == 1


@pytest.mark.parametrize(
    ("document", "text"),
    [("a\nb", "a\nb"), ({"a": [1]}, '{\n  "a": [\n    1\n  ]\n}'), (None, "null"), ({}, "{}")],
)
def test_a_string_is_copied_bare_and_a_branch_as_json(document: object, text: str) -> None:
    nodes = nodes_of(document)
    assert copied(nodes, nodes[0], lambda _: False) == text


def test_a_branch_is_copied_with_its_secrets_masked_until_they_are_revealed(tree: JsonTree) -> None:
    env = next(it for it in tree.nodes if it.path == ".Config.Env")
    assert json.loads(copied(tree.nodes, env, lambda _: False)) == ["LANG=C", f"DB_PASSWORD={MASK}"]
    assert json.loads(copied(tree.nodes, env, lambda _: True)) == DOCUMENT["Config"]["Env"]
