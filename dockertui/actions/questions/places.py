"""Files and folders that a person names: what may be meant, and what is wrong with a name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from dockertui.text import clean

_MOST_LOOKED_AT = 5_000


def path_in(text: str) -> Path:
    """The path that was typed, whole."""
    return Path(text.strip()).expanduser().absolute()


def suggest_path(text: str, *, folders: bool = False) -> str:
    """What a path may go on as: the first that begins as it does; empty for none.

    Args:
        text: What has been typed.
        folders: Only folders?
    """
    head, _, start = text.rpartition("/")
    if start in {"", ".", ".."} and not head:
        return ""
    if text == "~":
        return "~/"
    place = Path(f"{head}/" if "/" in text else ".").expanduser()
    try:
        found = min(_beginning_with(start, place, folders=folders), default="")
    except OSError:
        return ""
    before = text[: len(text) - len(start)]
    return f"{before}{found}" if found and f"{before}{found}" != text else ""


def _beginning_with(start: str, place: Path, *, folders: bool) -> Iterator[str]:
    """The names in a folder that begin so; those of folders end in a slash."""
    with os.scandir(place) as entries:
        for each in islice(entries, _MOST_LOOKED_AT):
            is_hidden = each.name.startswith(".") and not start
            if is_hidden or not each.name.startswith(start) or each.name != clean(each.name):
                continue
            if each.is_dir():
                yield f"{each.name}/"
            elif not folders:
                yield each.name


def suggest_folder(text: str) -> str:
    """What a folder's path may go on as; empty for nothing."""
    return suggest_path(text, folders=True)


def problem_of_file(text: str) -> str:
    """Why a file cannot be read, in a sentence; empty when it can be, as far as one sees."""
    if not text.strip():
        return "Which file?"
    path = Path(text.strip()).expanduser()
    if path.is_dir():
        return "That is a folder."
    if not path.exists():
        return "There is no such file."
    return "" if os.access(path, os.R_OK) else "You may not read it."


def problem_of_folder(text: str) -> str:
    """Why a folder cannot be read, in a sentence; empty when it can be, as far as one sees."""
    if not text.strip():
        return "Which folder?"
    path = Path(text.strip()).expanduser()
    if not path.exists():
        return "There is no such folder."
    if not path.is_dir():
        return "That is a file."
    return "" if os.access(path, os.R_OK | os.X_OK) else "You may not read it."


def problem_of_new_file(text: str) -> str:
    """Why a file cannot be written, in a sentence; empty when it can be, as far as one sees."""
    if not text.strip() or text.strip().endswith("/"):
        return "What is the file called?"
    path = Path(text.strip()).expanduser()
    if path.is_dir():
        return "That is a folder."
    if not path.parent.is_dir():
        return "There is no such folder."
    return "" if os.access(path.parent, os.W_OK) else "You may not write there."
