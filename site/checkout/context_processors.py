from django.conf import settings
from django.http import HttpRequest


def payments(request: HttpRequest) -> dict[str, bool]:
    """Pages say plainly where no money moves."""
    return {"simulated_payments": settings.RAZORPAY_IS_SIMULATED}
