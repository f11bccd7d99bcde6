"""The pages of many products at once."""

from pages.models import ProductPage


def find_lead_pages(lead_ids: set[int]) -> dict[int, ProductPage]:
    """By the id of the lead product; with what lists tell of a page, nothing more."""
    pages = ProductPage.objects.filter(product_id__in=lead_ids).order_by()
    wanted = pages.only("product_id", "live", "has_unpublished_changes", "title")
    return {page.product_id: page for page in wanted}
