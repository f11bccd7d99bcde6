"""Looking for blocks of one kind, wherever they stand in a body."""

from collections.abc import Iterator

from wagtail import blocks
from wagtail.blocks.list_block import ListValue
from wagtail.blocks.stream_block import StreamValue


def find_blocks(value, kind: type[blocks.Block]) -> Iterator[blocks.BoundBlock]:
    """Every block of that kind in a stream, those inside other blocks included."""
    for child in iterate(value):
        if isinstance(child.block, kind):
            yield child
        yield from find_blocks(child.value, kind)


def iterate(value) -> Iterator[blocks.BoundBlock]:
    if isinstance(value, StreamValue):
        yield from value
    elif isinstance(value, ListValue):
        yield from value.bound_blocks
    elif isinstance(value, blocks.StructValue):
        yield from value.bound_blocks.values()
