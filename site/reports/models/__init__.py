from reports.models.schedules import ReportRun, ReportSchedule
from reports.models.summaries import (
    EVERYWHERE,
    BuyerDay,
    CartDay,
    CohortMonth,
    DaySales,
    DiscountDay,
    ProductDaySales,
    SummarisedDay,
    TaxDay,
)

__all__ = [
    "EVERYWHERE",
    "BuyerDay",
    "CartDay",
    "CohortMonth",
    "DaySales",
    "DiscountDay",
    "ProductDaySales",
    "ReportRun",
    "ReportSchedule",
    "SummarisedDay",
    "TaxDay",
]
