"""Two landing pages, as an editor would build them for a season and for an occasion."""

from pages.demo.texts import DemoPage

MONSOON = DemoPage(
    title="Monsoon essentials",
    slug="monsoon-essentials",
    introduction="Stay dry, keep the lights on, and put the kettle on the flame.",
    in_menu=True,
    blocks=(
        (
            "hero",
            {
                "heading": "Let it rain",
                "text": "From the first shower in Kerala to the last in October: what keeps you dry, "
                "and what makes staying in a pleasure.",
                "motif": "accessories/umbrella",
                "link_label": "Umbrellas and bags",
                "link_slug": "accessories",
            },
        ),
        (
            "product_grid",
            {"heading": "For wet days", "source": "tag", "tag": "monsoon", "count": 12},
        ),
        (
            "picture_with_text",
            {
                "heading": "Tea is half the monsoon",
                "text": "<p>Assam CTC with crushed ginger for the afternoon, a Darjeeling for the "
                "quiet hour, and pakoras in between. The leaf comes loose, in tins that keep "
                "the damp out.</p>",
                "motif": "pantry/green-tea",
                "picture_side": "right",
                "link_label": "See the pantry",
                "link_slug": "pantry",
            },
        ),
        (
            "banner",
            {
                "heading": "A torch by the door",
                "text": "Charge it tonight. You will thank yourself at the first power cut.",
                "link_label": "Torches and more",
                "link_slug": "electronics",
            },
        ),
        (
            "faq",
            {
                "heading": "Through the wet months",
                "questions": (
                    (
                        "How do I keep leather from growing mould?",
                        "<p>Air it every week, wipe it with a dry cloth, feed it with a little "
                        "neutral cream, and never close it in plastic.</p>",
                    ),
                    (
                        "Will my parcel stay dry?",
                        "<p>From June to September everything travels in a second, sealed "
                        "wrapper. If it is wet inside all the same, we replace it.</p>",
                    ),
                ),
            },
        ),
        (
            "columns",
            {
                "heading": "Dry by evening",
                "columns": (
                    "<h3>Cloth</h3><p>Hang it where the fan can reach it, never in the sun of the first dry hour.</p>",
                    "<h3>Shoes</h3><p>Newspaper inside, changed twice. No heater: glue and leather both mind.</p>",
                    "<h3>Books</h3><p>Upright, a finger's width apart, with a cup of rice on the shelf.</p>",
                ),
            },
        ),
        (
            "quote",
            {
                "text": "The bamboo that bends is stronger than the oak that resists.",
                "author": "Japanese proverb",
            },
        ),
    ),
)

GIFTS = DemoPage(
    title="Gifts under ₹999",
    slug="gifts-under-999",
    introduction="Good presents that do not need an occasion, or a loan.",
    in_menu=True,
    blocks=(
        (
            "hero",
            {
                "heading": "Give something with a story",
                "text": "A brass diya from Moradabad, a yo-yo from Channapatna, a jar of honey from "
                "the Nilgiris. Each comes with a card that says who makes such things, and "
                "how.",
                "motif": "home-and-garden/bouquet",
                "link_label": "Start at home",
                "link_slug": "home-and-garden",
            },
        ),
        (
            "product_grid",
            {
                "heading": "Under ₹999",
                "source": "under_price",
                "price": 999,
                "tag": "gift",
                "count": 12,
            },
        ),
        (
            "product_grid",
            {"heading": "For the little ones", "source": "tag", "tag": "kids", "count": 8},
        ),
        (
            "picture_with_text",
            {
                "heading": "Lacquer from Channapatna",
                "text": "<p>Ivory wood, a lathe and sticks of coloured lac, pressed on while the wood "
                "turns. The friction melts the lac, and a leaf of screw pine gives it its "
                "shine. Safe to chew, and hard to break.</p>",
                "motif": "play/yo-yo",
                "picture_side": "left",
                "link_label": "See play",
                "link_slug": "play",
            },
        ),
        (
            "product_grid",
            {"heading": "Festive", "source": "tag", "tag": "festive", "count": 8},
        ),
        (
            "call_to_action",
            {
                "heading": "Cannot decide?",
                "text": "Chocolate has never been sent back to us.",
                "link_label": "To the pantry",
                "link_slug": "pantry",
            },
        ),
    ),
)

LANDING_PAGES = (MONSOON, GIFTS)
