from .bonded_page import AliasRefused, BondedPage
from .catalogue_import import CatalogueImport, ImportRow
from .catalogue_view import CatalogueColumns, CatalogueView
from .collection_page import CollectionPage
from .content import HomePage, LandingPage, PolicyKind, PolicyPage, StandardPage
from .demo_step import DemoStep
from .form_page import FormPage, FormPageField
from .product_page import ProductPage, ProductPagePicture
from .settings import ShopSettings

__all__ = [
    "AliasRefused",
    "BondedPage",
    "CatalogueColumns",
    "CatalogueImport",
    "CatalogueView",
    "CollectionPage",
    "DemoStep",
    "FormPage",
    "FormPageField",
    "HomePage",
    "ImportRow",
    "LandingPage",
    "PolicyKind",
    "PolicyPage",
    "ProductPage",
    "ProductPagePicture",
    "ShopSettings",
    "StandardPage",
]
