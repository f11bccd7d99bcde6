"""What stands around every page: name, tagline, announcement, footer."""

from pages.demo.texts import DemoShop

SHOP = DemoShop(
    name="Haat",
    tagline="Things made well, from across India",
    description=(
        "Haat brings together a thousand useful and beautiful things from India's craft towns, "
        "farms and small workshops, at honest prices and with plain words about where each one "
        "comes from."
    ),
    announcement="Free delivery across India on orders above ₹999. Monsoon essentials are in.",
    footer_text=(
        "A haat is a weekly market: people come, look, ask, bargain a little and go home with "
        "something good. This one is open every day."
    ),
    footer_columns=(
        (
            "Shop",
            (
                ("Kitchen", "kitchen"),
                ("Clothing", "clothing"),
                ("Home & Garden", "home-and-garden"),
                ("Pantry", "pantry"),
            ),
        ),
        (
            "Ideas",
            (("Monsoon essentials", "monsoon-essentials"), ("Gifts under ₹999", "gifts-under-999")),
        ),
        (
            "Help",
            (
                ("Shipping", "shipping"),
                ("Returns", "returns"),
                ("Terms", "terms"),
                ("Privacy", "privacy"),
                ("Contact", "contact"),
                ("About us", "about"),
            ),
        ),
    ),
    copyright_line="Haat is a demonstration shop. Nothing here is really sold.",
)
