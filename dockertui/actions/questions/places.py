"""Files and folders that a person names: what may be meant, and what is wrong with a name."""

from __future__ import annotations

import os
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
    found = ""
    try:
        with os.scandir(place) as entries:
            for number, each in enumerate(entries):
                if number >= _MOST_LOOKED_AT:
                    break
                if not each.name.startswith(start) or (each.name.startswith(".") and not start):
                    continue
                if each.name != clean(each.name):
                    continue
                if each.is_dir():
                    name = f"{each.name}/"
                elif folders:
                    continue
                else:
                    name = each.name
                found = name if not found else min(found, name)
    except OSError:
        return ""
    before = text[: len(text) - len(start)]
    return f"{before}{found}" if found and f"{before}{found}" != text else ""


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
