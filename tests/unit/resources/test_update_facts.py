"""What is told of two images of which one is newer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from dockertui.model.image_detail import ImageDetail
from dockertui.model.remote_image import ImageConfig, Platform
from dockertui.resources.update_facts import differences
from dockertui.secrecy import MASK

BUILT = datetime(2026, 3, 1, 12, tzinfo=UTC)
OURS = ImageDetail(
    id="sha256:1",
    created=BUILT,
    command=("serve",),
    user="app",
    env=(("PORT", "80"), ("API_TOKEN", "old"), ("GONE", "x")),
    labels={"version": "1.2"},
    ports=("443/tcp", "80/tcp"),
)
THEIRS = ImageConfig(
    platform=Platform("linux", "amd64"),
    created=BUILT + timedelta(days=2, hours=3),
    command=("serve", "--all"),
    env=(("PORT", "80"), ("API_TOKEN", "new"), ("LANG", "C")),
    labels={"version": "1.3"},
    ports=("80/tcp", "443/tcp"),
)


def told() -> dict[str, tuple[str, str]]:
    return {it.label: (it.value, it.masked) for it in differences(OURS, THEIRS)}


def test_what_changes_is_told_and_what_does_not_is_left_out() -> None:
    facts = told()
    assert facts["Created"][0].endswith(", 2d 3h 0m later")
    assert facts["Command"] == ("serve → serve --all", "")
    assert facts["User"] == ("app → none", "")
    assert facts["LANG"] == ("new: C", "")
    assert facts["GONE"] == ("gone, was x", "")
    assert facts["version"] == ("1.2 → 1.3", "")
    assert {"PORT", "Exposes", "Entrypoint", "Folder"}.isdisjoint(facts)


def test_secrets_are_masked_on_both_sides() -> None:
    assert told()["API_TOKEN"] == ("old → new", f"{MASK} → {MASK}")


def test_images_that_differ_in_nothing_are_told_when_they_were_made() -> None:
    (created,) = differences(OURS, OURS)
    assert created.label == "Created"
    assert "later" not in created.value
