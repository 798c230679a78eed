"""What would be pruned, and how much room that makes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockertui.model import Image
from dockertui.model.cache_record import CacheRecord
from dockertui.model.prune import Belongings, Freed, Layers, PruneWish, freed_by

NOW = datetime(2026, 11, 23, tzinfo=UTC)
DAY = timedelta(days=1)


def image(id_: str, *tags: str, days: int = 0, **labels: str) -> Image:
    return Image(
        id=id_, name=tags[0] if tags else id_, tags=tags, created=NOW - days * DAY, labels=labels
    )


EVERY = (
    image("used", "app:2", days=1),
    image("old", "app:1", days=9, team="web"),
    image("new", "lib:1", days=2),
    image("lost", days=3),
    image("ancient", days=400),
)
LAYERS: dict[str, Layers] = {
    "used": (("base", 100), ("app2", 10)),
    "old": (("base", 100), ("app1", 7)),
    "new": (("lib", 50),),
    "lost": (("base", 100), ("x", 3)),
    "ancient": (("x", 3),),
}


def planned(**wish: Any) -> tuple[list[str], Freed]:
    belongings = Belongings(
        images=EVERY,
        used_ids=frozenset(["used"]),
        layers=LAYERS,
        cache=(CacheRecord("c", size_bytes=8), CacheRecord("d", size_bytes=9, is_used=True)),
        at=NOW,
    )
    plan = belongings.plan(PruneWish(**wish))
    return [it.id for it in plan.images], plan.freed


def test_dangling_images_go_alone_unless_more_is_asked() -> None:
    assert planned() == (["lost", "ancient"], Freed(6, 6))


def test_what_a_container_was_made_from_never_goes() -> None:
    assert planned(unused=True)[0] == ["new", "lost", "old", "ancient"]


def test_age_and_label_narrow_it() -> None:
    assert planned(unused=True, older_than=7 * DAY)[0] == ["old", "ancient"]
    assert planned(unused=True, label="team")[0] == ["old"]
    assert planned(unused=True, label="team=web")[0] == ["old"]
    assert planned(unused=True, label="team=db")[0] == []


def test_nothing_asked_is_nothing_planned() -> None:
    assert planned(dangling=False) == ([], Freed(0, 0))


def test_of_the_build_cache_goes_what_is_not_used() -> None:
    assert planned(dangling=False, build_cache=True) == ([], Freed(8, 8))


def test_a_layer_that_is_kept_by_another_image_frees_nothing() -> None:
    assert planned(unused=True, older_than=7 * DAY)[1] == Freed(7 + 3, 7 + 3)


def test_a_layer_that_two_share_that_go_is_counted_once() -> None:
    gone = [image("a"), image("b")]
    layers: dict[str, Layers] = {"a": (("l", 5),), "b": (("l", 5), ("m", 1))}
    assert freed_by(gone, gone, layers) == Freed(6, 6)


def test_the_same_layer_upon_another_is_another() -> None:
    gone, kept = image("a"), image("b")
    layers: dict[str, Layers] = {"a": (("x", 1), ("l", 5)), "b": (("y", 1), ("l", 5))}
    assert freed_by([gone], [gone, kept], layers) == Freed(6, 6)


def test_what_is_not_known_is_said_to_be() -> None:
    gone = Image(id="a", name="a", size_bytes=30)
    kept = image("b")
    assert freed_by([gone], [gone, kept], {"b": ()}) == Freed(0, 30)
    assert freed_by([gone], [gone, kept], {"a": (("l", -1),), "b": ()}) == Freed(0, 30)
    assert freed_by([gone], [gone, kept], {"a": (("l", 5),)}) == Freed(0, 5)


chains = st.lists(st.sampled_from(["p", "q", "r"]), max_size=3)


@settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(chains, st.booleans()), max_size=6))
def test_freed_is_what_a_store_of_layers_would_free(store: list[tuple[list[str], bool]]) -> None:
    images = [image(f"i{number}") for number in range(len(store))]
    sizes = {"p": 1, "q": 10, "r": 100}
    layers: dict[str, Layers] = {
        it.id: tuple((name, sizes[name]) for name in chain)
        for it, (chain, _) in zip(images, store, strict=True)
    }

    def held(of: list[list[str]]) -> int:
        nodes = {tuple(chain[: end + 1]) for chain in of for end in range(len(chain))}
        return sum(sizes[node[-1]] for node in nodes)

    gone = [it for it, (_, goes) in zip(images, store, strict=True) if goes]
    before = held([chain for chain, _ in store])
    after = held([chain for chain, goes in store if not goes])
    assert freed_by(gone, images, layers) == Freed(before - after, before - after)
