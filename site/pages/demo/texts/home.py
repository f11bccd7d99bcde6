"""The home page."""

from pages.demo.texts import Block

HOME: tuple[Block, ...] = (
    (
        "hero",
        {
            "heading": "Made by hand, made to be used",
            "text": "Stoneware from Khurja, block prints from Bagru, tea from the hills: a thousand "
            "good things, each with the name of the place it comes from.",
            "motif": "kitchen/teapot",
            "link_label": "Look around the kitchen",
            "link_slug": "kitchen",
        },
    ),
    (
        "product_grid",
        {"heading": "New on the shelves", "source": "newest", "count": 8},
    ),
    ("collection_grid", {"heading": "Everything, by kind"}),
    (
        "product_grid",
        {"heading": "Made again, and for less", "source": "on_sale", "count": 4},
    ),
    (
        "picture_with_text",
        {
            "heading": "Ready for the rains",
            "text": "<p>Umbrellas that turn inside out and back again, boots without a seam, torches "
            "for the evening the lights go out, and a pot of strong tea for when they do.</p>",
            "motif": "accessories/umbrella",
            "picture_side": "left",
            "link_label": "See monsoon essentials",
            "link_slug": "monsoon-essentials",
        },
    ),
    (
        "product_grid",
        {"heading": "What others keep coming back for", "source": "best_selling", "count": 8},
    ),
    (
        "quote",
        {
            "text": "We say where a thing was made, what it is made of and how to keep it. If we cannot, "
            "we do not sell it.",
            "author": "Our promise",
        },
    ),
    (
        "picture_with_text",
        {
            "heading": "Colour from the loom and the block",
            "text": "<p>Kurtas, saris and scarves in indigo, madder and marigold, from Kutch, "
            "Chanderi, Phulia and a dozen other towns. Small lots, so that what you wear is "
            "not what everybody wears.</p>",
            "motif": "apparel/sari",
            "picture_side": "right",
            "link_label": "Browse clothing",
            "link_slug": "clothing",
        },
    ),
    (
        "product_grid",
        {
            "heading": "Small presents, under ₹499",
            "source": "under_price",
            "price": 499,
            "tag": "gift",
            "count": 4,
        },
    ),
    (
        "faq",
        {
            "heading": "Before you ask",
            "questions": (
                (
                    "How long does delivery take?",
                    "<p>Two to four days to the large cities, up to seven elsewhere. We send a "
                    "message when the parcel leaves.</p>",
                ),
                (
                    "How can I pay?",
                    "<p>By UPI, card or net banking. Every price on the page already includes the tax.</p>",
                ),
                (
                    "What if it does not fit?",
                    "<p>Send it back within fourteen days, unworn; we exchange it or return the money. "
                    "The courier comes to your door.</p>",
                ),
                (
                    "Is it really made by hand?",
                    "<p>Where we say so, yes. Such pieces carry the tag “handmade” and differ a "
                    "little from one another.</p>",
                ),
            ),
        },
    ),
    (
        "call_to_action",
        {
            "heading": "Somebody's birthday?",
            "text": "A page of good presents that leave something over from a thousand rupees.",
            "link_label": "Find a gift",
            "link_slug": "gifts-under-999",
        },
    ),
)
