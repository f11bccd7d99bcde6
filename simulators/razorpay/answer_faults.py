"""Answers as a gateway in trouble gives them: errors, a proxy's HTML, nothing, or a reset after the work is done."""

from dataclasses import replace

from simulators.razorpay.errors import ApiError, report_fault
from simulators.razorpay.exchange import Answer, Ending, answer_error
from simulators.razorpay.faults import Fault

HTML = b"<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>"
TOO_MANY = {
    "code": "BAD_REQUEST_ERROR",
    "description": "Request failed. Please try after sometime.",
    "metadata": {},
}


def spoil(fault: Fault, answer: Answer | None) -> Answer:
    """What the caller gets in place of `answer`, which is None where the request was not even looked at."""
    if fault.kind == "answer_error":
        return _answer_error(fault.options["status"])
    if fault.kind == "answer_html":
        return Answer(fault.options["status"], HTML, "text/html")
    if fault.kind == "answer_slowly":
        return replace(answer or _answer_error(504), delay=fault.options["seconds"])
    if fault.kind == "reset_connection":
        return replace(answer or Answer(0, b"", ""), ending=Ending.RESET)
    return Answer(0, b"", "", delay=fault.options["seconds"], ending=Ending.CLOSE)


def _answer_error(status: int) -> Answer:
    error = TOO_MANY if status == 429 else report_fault().error
    return answer_error(ApiError(status, dict(error)))
