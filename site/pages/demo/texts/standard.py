"""Who we are, and how to reach us."""

from pages.demo.texts import DemoPage

ABOUT = DemoPage(
    title="About us",
    slug="about",
    introduction="A weekly market that is open every day.",
    blocks=(
        (
            "picture_with_text",
            {
                "heading": "Why Haat",
                "text": "<p>In most Indian towns one day of the week belongs to the haat. Potters, "
                "weavers and farmers spread their cloth on the ground, and you buy from the "
                "hands that made it.</p><p>We try to keep that: short ways, small lots, and a "
                "name of a place under every picture.</p>",
                "motif": "home-and-garden/basket",
                "picture_side": "right",
                "link_label": "See what is new",
                "link_slug": "home-and-garden",
            },
        ),
        (
            "rich_text",
            {
                "html": "<h2>How we choose</h2><p>Somebody here has used everything we sell for at "
                "least a month. We ask three questions: will it last, can it be mended, and "
                "would we give it to a friend?</p><h2>How we pay</h2><p>Makers set their "
                "price. We add what it costs to pack, send and answer for the thing, and we "
                "pay half in advance so that nobody has to borrow for thread or "
                "clay.</p><h2>How we pack</h2><p>Cardboard, paper and old newspapers. Where "
                "it must be waterproof, a wrapper that you can send back with any return.</p>",
            },
        ),
        (
            "quote",
            {
                "text": "Drop by drop the pot fills.",
                "author": "Indian proverb",
            },
        ),
        ("collection_grid", {"heading": "What we sell"}),
    ),
)

CONTACT = DemoPage(
    title="Contact",
    slug="contact",
    introduction="People answer here, Monday to Saturday, ten to six.",
    blocks=(
        (
            "rich_text",
            {
                "html": "<h2>Write</h2><p>For orders and returns: <a "
                "href='mailto:help@example.com'>help@example.com</a>. Please name your order "
                "number; it begins your confirmation mail.</p><h2>Sell with us</h2><p>If you "
                "make things and would like to see them here, write to <a "
                "href='mailto:makers@example.com'>makers@example.com</a> with three "
                "photographs and your price. You will hear from us within two weeks, whatever "
                "the answer.</p>",
            },
        ),
        (
            "faq",
            {
                "heading": "Often quicker than a mail",
                "questions": (
                    (
                        "Where is my order?",
                        "<p>Your order page shows each step, from payment to delivery. The link is in your "
                        "confirmation mail.</p>",
                    ),
                    (
                        "May I have an invoice with my GST number?",
                        "<p>Yes. Reply to the confirmation mail with the number and the name of "
                        "the firm.</p>",
                    ),
                ),
            },
        ),
    ),
)

STANDARD_PAGES = (ABOUT,)
FORM_PAGES = (CONTACT,)
