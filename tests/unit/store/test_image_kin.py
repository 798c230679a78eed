"""Which images share layers, and which are built on which."""

from __future__ import annotations

from hashlib import sha256

from dockertui.model.image_detail import ImageDetail
from dockertui.store.image_kin import ImageKin, chain_of


def kin_of(**layers: str) -> ImageKin:
    """Images by name; each letter is a layer, and a name before a colon is the parent."""
    kin = ImageKin()
    for name, said in layers.items():
        parent, _, chain = said.rpartition(":")
        kin.learn(name, ImageDetail(id=name, parent=parent, layers=tuple(chain)))
    return kin


def test_a_layer_is_the_same_only_on_the_same_ground() -> None:
    first, second = chain_of(["sha256:a", "sha256:b"])
    assert first == "sha256:a"
    assert second == f"sha256:{sha256(b'sha256:a sha256:b').hexdigest()}"
    assert chain_of(["sha256:c", "sha256:b"])[1] != second
    assert chain_of([]) == ()


def test_images_that_begin_alike_share_layers_up_to_where_they_part() -> None:
    kin = kin_of(one="abc", two="abd", three="xbc")
    assert kin.sharing("one") == [("two",), ("two",), ()]
    assert kin.sharing("three") == [(), (), ()]
    assert kin.sharing("unknown") == []


def test_an_image_knows_what_is_built_on_it_and_what_it_is_built_on() -> None:
    kin = kin_of(base="a", middle="ab", top="abc", other="x")
    assert [(it.image_id, it.more) for it in kin.built_on("base")] == [("middle", 1), ("top", 2)]
    assert [(it.image_id, it.layers) for it in kin.bases("top")] == [("middle", 2), ("base", 1)]
    assert kin.built_on("top") == kin.bases("base") == kin.built_on("other") == []


def test_images_of_the_same_layers_are_twins_unless_one_came_from_the_other() -> None:
    kin = kin_of(one="ab", two="ab", child="one:ab")
    assert [it.image_id for it in kin.twins("one")] == ["two"]
    assert [(it.image_id, it.more) for it in kin.built_on("one")] == [("child", 0)]
    assert [it.image_id for it in kin.bases("child")] == ["one"]
    assert [it.image_id for it in kin.twins("two")] == ["child", "one"]


def test_parents_that_go_round_in_a_circle_lead_nowhere() -> None:
    kin = kin_of(one="two:ab", two="one:ab", three="ab")
    assert [it.image_id for it in kin.twins("three")] == ["one", "two"]


def test_an_image_that_is_gone_shares_nothing_any_more() -> None:
    kin = kin_of(one="ab", two="ab")
    kin.forget("two")
    assert kin.sharing("one") == [(), ()]
    assert "two" not in kin
    kin.forget("two")
    assert list(kin) == ["one"]


def test_an_image_without_layers_has_no_kin() -> None:
    kin = kin_of(empty="", one="a", other="")
    assert kin.built_on("empty") == kin.bases("empty") == kin.twins("empty") == []
