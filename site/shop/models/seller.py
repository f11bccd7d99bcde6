from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.settings.models import register_setting

from accounts.enums import IndianState
from accounts.gstin import InvalidGstin, read_gstin
from accounts.validators import validate_pin_code
from shop.models.cached_setting import CachedSetting
from shop.validators import validate_gstin, validate_prefix

LONGEST_TEXT = 1000
ABOUT_NUMBERS = _(
    "Invoices are numbered without gaps in each financial year, April to March: INV/2627/000001 is the first "
    "of 2026-27. On 1 April, Indian time, and after a change of the letters here the count begins again at 1."
)


@register_setting(icon="group")
class SellerSettings(CachedSetting):
    """Who sells, as invoices and credit notes name them. Documents copy it: a change here changes none.

    Without a GSTIN the seller is not registered, so documents claim no tax (CGST Act, sections 31 and 32).
    """

    legal_name = models.CharField(
        _("legal name"),
        max_length=150,
        blank=True,
        default="",
        help_text=_("As registered. Empty: invoices carry the trade name."),
    )
    trade_name = models.CharField(_("trade name"), max_length=150, blank=True, default="Haat")
    line1 = models.CharField(_("address"), max_length=200, blank=True, default="")
    line2 = models.CharField(_("area, landmark"), max_length=200, blank=True, default="")
    city = models.CharField(_("city"), max_length=100, blank=True, default="")
    postal_code = models.CharField(
        _("PIN code"), max_length=10, blank=True, default="", validators=[validate_pin_code]
    )
    state = models.CharField(
        _("state"),
        max_length=2,
        choices=IndianState.choices,
        blank=True,
        default="",
        help_text=_("Goods that stay in it bear CGST and SGST, goods that leave it IGST. Empty: all stay."),
    )
    email = models.EmailField(_("email"), blank=True, default="")
    phone = models.CharField(_("phone"), max_length=20, blank=True, default="")
    gstin = models.CharField(
        _("GSTIN"),
        max_length=15,
        blank=True,
        default="",
        validators=[validate_gstin],
        help_text=_(
            "Empty for a seller who is not registered: documents are then titled “Invoice” and name no tax. "
            "Such a seller may not charge any: set the tax rate to 0."
        ),
    )
    invoice_prefix = models.CharField(
        _("invoices begin with"), max_length=3, default="INV", validators=[validate_prefix]
    )
    credit_note_prefix = models.CharField(
        _("credit notes begin with"), max_length=3, default="CRN", validators=[validate_prefix]
    )
    signatory = models.CharField(_("who signs"), max_length=100, blank=True, default="")
    terms = models.TextField(
        _("terms"),
        blank=True,
        default="",
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        help_text=_("Printed below the totals."),
    )
    footer = models.CharField(
        _("footer"), max_length=160, blank=True, default="", help_text=_("At the foot of every sheet.")
    )

    panels = [
        MultiFieldPanel(
            [FieldPanel("legal_name"), FieldPanel("trade_name"), FieldPanel("gstin")], heading=_("Name")
        ),
        MultiFieldPanel(
            [
                FieldPanel("line1"),
                FieldPanel("line2"),
                FieldPanel("city"),
                FieldPanel("postal_code"),
                FieldPanel("state"),
                FieldPanel("email"),
                FieldPanel("phone"),
            ],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [HelpPanel(ABOUT_NUMBERS), FieldPanel("invoice_prefix"), FieldPanel("credit_note_prefix")],
            heading=_("Numbers"),
        ),
        MultiFieldPanel(
            [FieldPanel("signatory"), FieldPanel("terms"), FieldPanel("footer")], heading=_("Words")
        ),
    ]

    class Meta:
        verbose_name = _("Seller and invoices")

    def clean(self) -> None:
        """GSTIN and state agree, and the two kinds of document are told apart by their letters."""
        self.gstin = self.gstin.strip().upper()
        if self.gstin:
            self.check_registration()
        if self.invoice_prefix == self.credit_note_prefix:
            raise ValidationError(
                {"credit_note_prefix": _("Choose other letters than those of the invoices.")}
            )

    def check_registration(self) -> None:
        missing = [
            name
            for name in ("legal_name", "line1", "city", "postal_code", "state")
            if not getattr(self, name)
        ]
        if missing:
            raise ValidationError(
                dict.fromkeys(missing, _("A tax invoice needs this: fill it in beside the GSTIN."))
            )
        try:
            read_gstin(self.gstin, state=self.state)
        except InvalidGstin as error:
            raise ValidationError({"gstin": str(error)}) from error

    @property
    def name(self) -> str:
        return self.legal_name or self.trade_name

    @property
    def pan(self) -> str:
        """The income tax number, which every GSTIN contains."""
        return self.gstin[2:12]
