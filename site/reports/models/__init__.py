from reports.models.summaries import (
    EVERYWHERE,
    DaySales,
    DiscountDay,
    ProductDaySales,
    SummarisedDay,
    TaxDay,
)

__all__ = ["EVERYWHERE", "DaySales", "DiscountDay", "ProductDaySales", "SummarisedDay", "TaxDay"]
