"""What editors compose pages from. Each block has a template of its own and reads prices and stock when shown."""

from .bodies import PageBody, ProductBody
from .products import CollectionChooserBlock  # migrations look for it here
from .promotions import PromotionBlock
from .walking import find_blocks

__all__ = ["CollectionChooserBlock", "PageBody", "ProductBody", "PromotionBlock", "find_blocks"]
