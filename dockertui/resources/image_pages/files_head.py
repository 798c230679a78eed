"""What stands above the files of an image: what one looks at, and how far the reading is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dockertui.resources.image_pages.file_texts import LENSES, sums_text
from dockertui.store.file_rows import Order
from dockertui.store.image_files import Mark
from dockertui.sync.file_browsing import FileBrowsing, Wish
from dockertui.sync.image_reading import ImageReading, ReadingState
from dockertui.text import counted, decimal_size

Part = tuple[str, str]
"""A text, and the theme variable or style to draw it in."""

_BAR_CELLS = 20
_PATIENCE_S = 1.0


def head_lines(
    browsing: FileBrowsing, steps: Sequence[str], now_s: float
) -> tuple[list[Part], list[Part]]:
    """Both lines above the files.

    Args:
        browsing: What one looks at.
        steps: What made each layer, the lowest first, as far as that is known.
        now_s: The time by the event loop's clock.
    """
    reading = browsing.reading
    if reading.state is ReadingState.READ:
        return [*_looked_at(browsing, steps)], [*_told(browsing)]
    return [*_reading(reading, now_s)], [*_progress(reading)]


def invitation(reading: ImageReading) -> tuple[str, ...]:
    """What to say where files will be, before there are any."""
    match reading.state:
        case ReadingState.UNREAD:
            return (
                "The files are read from the image as the engine saves it, which packs all "
                f"{decimal_size(reading.image.size_bytes)} of it for that.",
                "enter reads them.",
            )
        case ReadingState.FAILED:
            return reading.problem, "enter tries again."
        case ReadingState.STOPPED:
            return "Nothing had come when it was stopped.", "enter reads it from the beginning."
        case ReadingState.READ:
            return ("Sorting the files…",)
        case _:
            return ("The first files are on their way…",)


def nothing_left(wish: Wish) -> tuple[str, ...]:
    """What to say where no file is left to show."""
    lens = next((name for mark, name in LENSES if mark == wish.shown), "")
    if wish.shown == Mark.ANY:
        return ("There are no files in it.",)
    return f"Nothing here is {lens}." if lens != "wasted space" else "No space is wasted here.", (
        "e goes on to other files."
    )


def _looked_at(browsing: FileBrowsing, steps: Sequence[str]) -> Iterator[Part]:
    wish, count = browsing.wish, browsing.layer_count
    if wish.layer is None:
        yield "Whole image", "bold"
        yield f"  {counted(count, 'layer')}", "$dim"
    else:
        yield f"Layer {wish.layer + 1} of {count}", "bold"
        yield ("" if wish.is_alone else "  and all below it"), "bold"
        if wish.layer < len(steps) and steps[wish.layer]:
            yield f"  {steps[wish.layer]}", "$dim"


def _told(browsing: FileBrowsing) -> Iterator[Part]:
    wish, reading, sight = browsing.wish, browsing.reading, browsing.sight
    if wish.shown != Mark.ANY:
        yield f"{next(name for mark, name in LENSES if mark == wish.shown)} only", "$hit"
        yield "  ", ""
    if wish.order is Order.NAME:
        yield "by name  ", "$hit"
    if sight is None or browsing.is_busy:
        yield "…", "$dim"
        return
    for text, style in sums_text(sight.view.sums, of_layer=sight.is_of_layer):
        yield f"{text}  ", style
    yield from _shortcomings(reading, wish.layer)


def _shortcomings(reading: ImageReading, layer: int | None) -> Iterator[Part]:
    """What is not there to be seen, and why."""
    if reading.table.is_full:
        yield f"There are more files than the {reading.table.count:,} that are kept.  ", "$danger"
    for number, each in enumerate(reading.layers):
        if each.problem and layer in {None, number}:
            yield f"Layer {number + 1} is not whole. {each.problem}  ", "$danger"
        elif each.is_cut and layer == number:
            yield "Some names are too long to be shown whole.  ", "$file-changed"


def _reading(reading: ImageReading, now_s: float) -> Iterator[Part]:
    match reading.state:
        case ReadingState.UNREAD:
            yield "Not read yet", "bold"
        case ReadingState.PACKING:
            yield "The engine packs the image", "bold"
            if (waited_s := now_s - reading.began_s) >= _PATIENCE_S:
                yield f"  nothing has come for {waited_s:.0f} s", "$dim"
        case ReadingState.READING:
            yield "Reading", "bold"
            yield "  what each layer did is told when all have come", "$dim"
        case ReadingState.STOPPED:
            yield "Stopped", "bold $file-changed"
            yield "  r reads it from the beginning", "$dim"
        case _:
            yield "Not read to the end", "bold $danger"
            yield f"  {reading.problem} r tries again.", ""


def _progress(reading: ImageReading) -> Iterator[Part]:
    if reading.state is ReadingState.UNREAD:
        return
    about = reading.about_bytes
    if reading.is_going_on:
        done = min(_BAR_CELLS, round(_BAR_CELLS * reading.bytes_read / about)) if about else 0
        yield "━" * done, "$key"
        yield "━" * (_BAR_CELLS - done), "$pane-border"
        yield "  ", ""
    yield decimal_size(reading.bytes_read), ""
    if reading.is_going_on:
        yield f" of about {decimal_size(about)}", "$dim"
    if count := reading.table.count:
        yield f"  {counted(count, 'file')}", ""
        yield f"  {counted(len(reading.table.layers), 'layer')}", "$dim"
    if reading.is_going_on:
        yield "  esc stops", "$dim"
