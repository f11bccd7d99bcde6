from .bulk_change import BulkChange, BulkLine
from .collection import Collection
from .coupon import Coupon, CouponBatch
from .like import Like
from .low_stock import LowStock
from .option import ProductOption
from .picture import Picture, PictureRendition, ProductImage
from .price_change import PriceChange
from .product import Product
from .review import Review
from .sale import Sale, SaleKind, SaleProduct
from .search import SearchedText, SearchSpelling, SearchWord, Synonym
from .seller import SellerSettings
from .shipping import PinRange, RateBand, ShippingMethod, ShippingRate, ShippingZone
from .stock import StockMovement
from .stock_watch import StockWatch
from .tag import Tag
from .tax import TaxClass, TaxSettings
from .tier import TierSettings

__all__ = [
    "BulkChange",
    "BulkLine",
    "Collection",
    "Coupon",
    "CouponBatch",
    "Like",
    "LowStock",
    "Picture",
    "PictureRendition",
    "PinRange",
    "PriceChange",
    "Product",
    "ProductImage",
    "ProductOption",
    "RateBand",
    "Review",
    "Sale",
    "SaleKind",
    "SaleProduct",
    "SearchSpelling",
    "SearchWord",
    "SearchedText",
    "SellerSettings",
    "ShippingMethod",
    "ShippingRate",
    "ShippingZone",
    "StockMovement",
    "StockWatch",
    "Synonym",
    "Tag",
    "TaxClass",
    "TaxSettings",
    "TierSettings",
]
