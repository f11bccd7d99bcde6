"""The pages every shop needs: who we are, how it comes, how it goes back, how to reach us."""

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

SHIPPING = DemoPage(
    title="Shipping",
    slug="shipping",
    introduction="All of India, usually within the week.",
    blocks=(
        (
            "rich_text",
            {
                "html": "<h2>When it leaves</h2><p>Orders placed before noon leave the same working "
                "day, others the next. You get a message with the tracking "
                "number.</p><h2>When it arrives</h2><ul><li>Large cities: two to four "
                "days</li><li>Other towns: three to six days</li><li>The north-east, Ladakh "
                "and the islands: five to ten days</li></ul><h2>What it costs</h2><p>The "
                "exact amount stands in your cart before you pay. Orders above ₹999 travel "
                "free.</p><h2>Furniture and televisions</h2><p>These come with two people who "
                "carry them to the room and take the cardboard away. They call a day "
                "before.</p>",
            },
        ),
        (
            "faq",
            {
                "heading": "Questions about delivery",
                "questions": (
                    (
                        "Can I change the address?",
                        "<p>Until the parcel leaves, yes. Write to us with your order number.</p>",
                    ),
                    (
                        "What if nobody is at home?",
                        "<p>The courier tries three times on working days and may leave it with a "
                        "neighbour if you say so.</p>",
                    ),
                    (
                        "Do plants and cheese survive the journey?",
                        "<p>Plants travel in a ventilated box. Cheese leaves with a cold pack, "
                        "from Monday to Wednesday only. If either arrives the worse for it, send "
                        "a photo and we replace it.</p>",
                    ),
                ),
            },
        ),
    ),
)

RETURNS = DemoPage(
    title="Returns",
    slug="returns",
    introduction="Fourteen days, no speech required.",
    blocks=(
        (
            "rich_text",
            {
                "html": "<h2>How it works</h2><ol><li>Tell us within fourteen days of delivery, with "
                "your order number.</li><li>The courier collects the parcel from your "
                "door.</li><li>We refund the way you paid within five working days of its "
                "arrival here.</li></ol><h2>What cannot come back</h2><p>Food and plants, "
                "opened cosmetics, and pierced or engraved pieces, unless they were "
                "faulty.</p><h2>If it is broken</h2><p>Send a photo within three days. You "
                "need not return the pieces: we send a new one or your money, as you "
                "prefer.</p>",
            },
        ),
        (
            "call_to_action",
            {
                "heading": "Something not right?",
                "text": "Write to us before you worry. Most things are settled in one message.",
                "link_label": "Contact us",
                "link_slug": "contact",
            },
        ),
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

STANDARD_PAGES = (ABOUT, SHIPPING, RETURNS, CONTACT)
