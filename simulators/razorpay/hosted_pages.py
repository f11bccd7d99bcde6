"""The hosted checkout's pages: templates of static/ filled with escaped values."""

import html
from collections.abc import Mapping
from dataclasses import dataclass
from string import Template

from simulators.razorpay.assets import read_page
from simulators.razorpay.cards import FieldError
from simulators.razorpay.instruments import BANKS
from simulators.razorpay.money import format_amount
from simulators.razorpay.store import Row


@dataclass(frozen=True)
class Visit:
    """One hosted checkout: its id, its order's row and the form that opened it."""

    id: str
    order: Row
    fields: dict[str, str]

    @property
    def amount(self) -> str:
        return format_amount(self.order["amount"] - self.order["amount_paid"], self.order["currency"])


def show_methods(visit: Visit, form: Mapping[str, str] | None = None, error: FieldError | None = None) -> str:
    typed = form or {}
    body = _fill(
        "hosted_methods.html",
        action=f"/v1/checkout/embedded/{visit.id}",
        amount=visit.amount,
        number=typed.get("number", ""),
        expiry=typed.get("expiry", ""),
        name=typed.get("name", visit.fields.get("prefill[name]", "")),
        vpa=typed.get("vpa", ""),
        cancel_url=visit.fields["cancel_url"],
        raw_problem=_fill("hosted_problem.html", message=error.message) if error else "",
        raw_banks=_list_banks(typed.get("bank", "HDFC")),
        **{f"{method}_open": "open" if method == typed.get("method", "card") else "" for method in METHODS},
    )
    return _wrap(visit, body)


METHODS = ("card", "upi", "netbanking")


def show_otp(visit: Visit, payment_id: str) -> str:
    return _wrap(visit, _fill("hosted_otp.html", **_name_step(visit, payment_id)))


def show_bank(visit: Visit, payment_id: str) -> str:
    return _wrap(visit, _fill("hosted_bank.html", **_name_step(visit, payment_id)))


def show_return(visit: Visit, fields: Mapping[str, str], title: str) -> str:
    """The form that carries the result to the shop."""
    inputs = "\n".join(_fill("hosted_field.html", name=name, value=value) for name, value in fields.items())
    body = _fill(
        "hosted_return.html",
        title=title,
        message=fields.get("error[description]", "You are taken back to the shop."),
        action=visit.fields["callback_url"],
        raw_fields=inputs,
    )
    return _wrap(visit, body)


def show_problem(message: str, back: str) -> str:
    """Where no checkout could be opened."""
    is_web_address = back.startswith(("http://", "https://"))
    link = _fill("hosted_back.html", back=back) if is_web_address else ""
    body = _fill("hosted_problem.html", message=message) + link
    return _fill("hosted.html", shop="Checkout", description="", amount="", raw_body=body)


def _name_step(visit: Visit, payment_id: str) -> dict[str, str]:
    return {"action": f"/v1/checkout/embedded/{visit.id}/payments/{payment_id}", "amount": visit.amount}


def _wrap(visit: Visit, body: str) -> str:
    shop, description = visit.fields.get("name") or "Checkout", visit.fields.get("description", "")
    return _fill("hosted.html", shop=shop, description=description, amount=visit.amount, raw_body=body)


def _list_banks(chosen: str) -> str:
    return "\n".join(
        _fill("hosted_bank_choice.html", code=code, name=name, checked="checked" if code == chosen else "")
        for code, name in BANKS.items()
    )


def _fill(template: str, **values: str) -> str:
    """Escapes every value but those named raw_…, which are markup already."""
    safe = {name: value if name.startswith("raw_") else html.escape(value) for name, value in values.items()}
    return Template(read_page(template)).substitute(safe)
