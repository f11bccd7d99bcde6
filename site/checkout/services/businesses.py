"""A buyer who wants the invoice for a business: name and GSTIN, checked together."""

from django.utils.translation import gettext as _

from accounts.gstin import InvalidGstin, read_gstin


class InvalidBusiness(Exception):
    """`field`, `company` or `gstin`, is missing or wrong; the sentence says what to do."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def read_business(*, company: str, gstin: str, state: str) -> dict[str, str]:
    """The two as an order keeps them, empty where the buyer is no business. Raises `InvalidBusiness`.

    The GSTIN is one of the delivery address's `state`, where there is an address: only then does the tax
    that the invoice names stand in the buyer's own returns.
    """
    company, gstin = company.strip(), gstin.strip()
    if not company and not gstin:
        return {"company": "", "gstin": ""}
    if not gstin:
        raise InvalidBusiness("gstin", _("Enter the GSTIN of the business, or leave out its name."))
    if not company:
        raise InvalidBusiness("company", _("Enter the name of the business, as its GST certificate has it."))
    try:
        return {"company": company, "gstin": read_gstin(gstin, state=state).number}
    except InvalidGstin as error:
        raise InvalidBusiness("gstin", str(error)) from error
