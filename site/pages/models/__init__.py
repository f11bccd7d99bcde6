from .bonded_page import AliasRefused, BondedPage
from .catalogue_view import CatalogueColumns, CatalogueView
from .collection_page import CollectionPage
from .content import HomePage, LandingPage, StandardPage
from .demo_step import DemoStep
from .product_page import ProductPage, ProductPagePicture
from .settings import ShopSettings

__all__ = [
    "AliasRefused",
    "BondedPage",
    "CatalogueColumns",
    "CatalogueView",
    "CollectionPage",
    "DemoStep",
    "HomePage",
    "LandingPage",
    "ProductPage",
    "ProductPagePicture",
    "ShopSettings",
    "StandardPage",
]
