from .collection import Collection
from .like import Like
from .option import ProductOption
from .picture import Picture, PictureRendition, ProductImage
from .product import Product
from .review import Review
from .seller import SellerSettings
from .stock import StockMovement
from .tag import Tag
from .tax import TaxClass, TaxSettings

__all__ = [
    "Collection",
    "Like",
    "Picture",
    "PictureRendition",
    "Product",
    "ProductImage",
    "ProductOption",
    "Review",
    "SellerSettings",
    "StockMovement",
    "Tag",
    "TaxClass",
    "TaxSettings",
]
