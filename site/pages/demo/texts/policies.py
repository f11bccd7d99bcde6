"""What the shop promises: how it comes, how it goes back, on which terms, and what it knows of its customers."""

from pages.demo.texts import DemoPage

SHIPPING = DemoPage(
    title="Shipping",
    slug="shipping",
    kind="shipping",
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
    kind="returns",
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

TERMS = DemoPage(
    title="Terms of sale",
    slug="terms",
    kind="terms",
    introduction="What you and we agree on when you order.",
    blocks=(
        (
            "rich_text",
            {
                "html": "<h2>The order</h2><p>Your order is accepted when it is paid, or when it leaves where you "
                "pay at the door. Until then either of us may change their mind.</p><h2>Prices</h2><p>All prices "
                "are in Indian rupees and contain the tax. What stands in your order stays as it is, whatever the "
                "shop costs tomorrow.</p><h2>If something is wrong</h2><p>Tell us first. If we cannot settle it, "
                "the courts of Bengaluru can.</p>",
            },
        ),
    ),
)

PRIVACY = DemoPage(
    title="Privacy",
    slug="privacy",
    kind="privacy",
    introduction="What we know about you, why, and for how long.",
    blocks=(
        (
            "rich_text",
            {
                "html": "<h2>What we keep</h2><p>Name, address, mail and what you ordered: the law asks for "
                "invoices to be kept for eight years. We never see your card; the payment provider does.</p>"
                "<h2>What we do not do</h2><p>We sell nothing about you, and no page here asks another company "
                "for anything before you press play or pay.</p><h2>What you may ask</h2><p>To see it, to put it "
                "right, to have it forgotten. One mail is enough.</p>",
            },
        ),
    ),
)

POLICY_PAGES = (TERMS, PRIVACY, SHIPPING, RETURNS)
