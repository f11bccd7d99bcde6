"""The demo shop's pages as an editor would have written them: blocks of a name and its values."""

from dataclasses import dataclass
from typing import Any

Block = tuple[str, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPage:
    """A page below the home page. Links are slugs of pages or of collections."""

    title: str
    slug: str
    introduction: str
    blocks: tuple[Block, ...]
    in_menu: bool = False
    kind: str = ""  # of a policy


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoShop:
    name: str
    tagline: str
    description: str  # for search engines
    announcement: str
    footer_text: str
    footer_columns: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]  # heading, (label, slug) each
    copyright_line: str
