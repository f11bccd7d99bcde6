from reports.models.schedules import ReportRun, ReportSchedule
from reports.models.summaries import (
    EVERYWHERE,
    DaySales,
    DiscountDay,
    ProductDaySales,
    SummarisedDay,
    TaxDay,
)

__all__ = [
    "EVERYWHERE",
    "DaySales",
    "DiscountDay",
    "ProductDaySales",
    "ReportRun",
    "ReportSchedule",
    "SummarisedDay",
    "TaxDay",
]
