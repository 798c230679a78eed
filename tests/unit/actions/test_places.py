"""Files and folders that a person names."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockertui.actions.questions.places import (
    problem_of_file,
    problem_of_folder,
    problem_of_new_file,
    suggest_folder,
    suggest_path,
)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "apple").mkdir()
    (tmp_path / "apricot.tar").write_text("x")
    (tmp_path / ".hidden").mkdir()
    (tmp_path / "a\x1b[31m").write_text("x")
    return tmp_path


def test_a_path_goes_on_as_the_first_that_begins_so(place: Path) -> None:
    assert suggest_path(f"{place}/ap") == f"{place}/apple/"
    assert suggest_path(f"{place}/apr") == f"{place}/apricot.tar"
    assert suggest_folder(f"{place}/apr") == ""


def test_what_is_hidden_is_not_suggested_unless_it_is_asked_for(place: Path) -> None:
    assert suggest_path(f"{place}/.h") == f"{place}/.hidden/"
    assert ".hidden" not in suggest_path(f"{place}/")


@pytest.mark.parametrize("text", ["", ".", "..", "/none/such/place"])
def test_where_nothing_can_be_meant_nothing_is_suggested(text: str) -> None:
    assert suggest_path(text) == ""


def test_hostile_names_are_not_suggested(place: Path) -> None:
    (place / "apple").rmdir()
    assert suggest_path(f"{place}/a") == f"{place}/apricot.tar"


def test_what_is_wrong_is_said(place: Path) -> None:
    assert problem_of_file(f"{place}/apricot.tar") == ""
    assert problem_of_file(str(place)) == "That is a folder."
    assert problem_of_file(f"{place}/none") == "There is no such file."
    assert problem_of_folder(str(place)) == ""
    assert problem_of_folder(f"{place}/apricot.tar") == "That is a file."
    assert problem_of_new_file(f"{place}/new.tar") == ""
    assert problem_of_new_file(f"{place}/none/new.tar") == "There is no such folder."
    assert problem_of_new_file(f"{place}/") == "What is the file called?"
