from .collection import Collection
from .coupon import Coupon, CouponBatch
from .like import Like
from .option import ProductOption
from .picture import Picture, PictureRendition, ProductImage
from .product import Product
from .review import Review
from .sale import Sale, SaleKind, SaleProduct
from .seller import SellerSettings
from .stock import StockMovement
from .tag import Tag
from .tax import TaxClass, TaxSettings
from .tier import TierSettings

__all__ = [
    "Collection",
    "Coupon",
    "CouponBatch",
    "Like",
    "Picture",
    "PictureRendition",
    "Product",
    "ProductImage",
    "ProductOption",
    "Review",
    "Sale",
    "SaleKind",
    "SaleProduct",
    "SellerSettings",
    "StockMovement",
    "Tag",
    "TaxClass",
    "TaxSettings",
    "TierSettings",
]
