"""checkout.js and its window in a real browser, embedded by a shop with a strict content policy."""

import json
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, FrameLocator, Page, expect, sync_playwright

from simulators.razorpay.signatures import sign_payment
from tests.simulators.razorpay.stage import KEY_ID, KEY_SECRET, Stage, serve, wait_until

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")

PAGE = """<!doctype html><html lang="en"><title>Shop</title><h1>Shop</h1><button id="buy">Buy</button>
<script src="{simulator}/v1/checkout.js"></script><script src="/shop.js"></script></html>"""

# Options come in the query, so that each test opens the window its own way.
SCRIPT = """
window.seen = [];
document.getElementById("buy").addEventListener("click", () => {
  const options = JSON.parse(new URLSearchParams(location.search).get("options"));
  options.handler = (response) => seen.push(["handler", response]);
  options.modal = { ...options.modal, ondismiss: () => seen.push(["ondismiss"]) };
  window.checkout = new Razorpay(options);
  checkout.on("payment.failed", (response) => seen.push(["payment.failed", response.error]));
  checkout.open();
});
"""


class HostPage:
    """A shop's page; `posted` holds what came back to its callback address."""

    def __init__(self, simulator: str) -> None:
        self.posted: list[dict[str, list[str]]] = []
        self.origins: list[str | None] = []
        self.policy = (
            f"default-src 'none'; script-src 'self' {simulator}; frame-src {simulator};"
            f" connect-src {simulator}; style-src 'self'; img-src 'self'"
        )
        self.files = {
            "/": ("text/html", PAGE.format(simulator=simulator)),
            "/shop.js": ("text/javascript", SCRIPT),
        }
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._build_handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def _build_handler(host) -> type[BaseHTTPRequestHandler]:  # noqa: N805 - self is the handler below
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.answer(*host.files.get(urlsplit(self.path).path, ("text/plain", "")))

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                host.posted.append(parse_qs(body, keep_blank_values=True))
                host.origins.append(self.headers["Origin"])
                self.answer("text/plain", "back in the shop")

            def answer(self, content_type: str, text: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", content_type)
                self.send_header("Content-Security-Policy", host.policy)
                self.send_header("Content-Length", str(len(text)))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *args: object) -> None:
                pass

        return Handler


class Buyer:
    """A browser on the host page, and the window it opens."""

    def __init__(self, page: Page, host: HostPage, stage: Stage) -> None:
        self.page, self.host, self.stage = page, host, stage
        self.complaints: list[str] = []
        # What an earlier test's listeners hear now concerns nobody.
        page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, order: dict, **options: object) -> FrameLocator:
        given = {"key": KEY_ID, "order_id": order["id"], "name": "Haat", "description": "Order SO-1"}
        query = json.dumps(given | {"prefill": {"email": "asha@example.com"}} | options)
        self.page.goto(f"{self.host.url}/?options={query.replace('#', '%23')}")
        self.page.click("#buy")
        self.window = self.page.frame_locator('iframe[title="Razorpay checkout"]')
        return self.window

    def press(self, name: str) -> None:
        self.window.get_by_role("button", name=name).click()

    def choose_tab(self, name: str) -> None:
        self.window.get_by_role("tab", name=name).click()

    def wait_seen(self, count: int) -> list:
        wait_until(lambda: self.page.evaluate("seen.length") >= count)
        return self.page.evaluate("seen")

    def expect_closed(self) -> None:
        expect(self.page.locator("iframe")).to_have_count(0)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def page(browser: Browser) -> Page:
    """One page for all tests: a new one costs more than most of them."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_default_timeout(5000)
    return page


@pytest.fixture
def buyer(page: Page, stage: Stage) -> Iterator[Buyer]:
    host = HostPage(stage.url)
    with serve(host.server):
        buyer = Buyer(page, host, stage)
        yield buyer
        page.goto("about:blank")
    assert buyer.complaints == []


def sign_for(order: dict, payment: dict) -> dict[str, str]:
    return {
        "razorpay_payment_id": payment["id"],
        "razorpay_order_id": order["id"],
        "razorpay_signature": sign_payment(KEY_SECRET, order["id"], payment["id"]),
    }


def list_payments(stage: Stage, order: dict) -> list[dict]:
    return stage.get(f"/orders/{order['id']}/payments")["items"]


def test_card_with_one_time_password_calls_the_handler(buyer: Buyer) -> None:
    order = buyer.stage.order(12345600)
    window = buyer.open(order)
    expect(window.get_by_role("heading", name="Haat")).to_be_visible()
    expect(window.locator("#amount")).to_have_text("₹1,23,456.00")
    expect(window.get_by_text("Razorpay simulator: no money moves")).to_be_visible()
    window.get_by_label("Card number").fill("4111111111111111")
    window.get_by_label("Expiry (MM/YY)").fill("12/49")
    window.get_by_label("CVV").fill("123")
    window.get_by_label("Name on card").fill("Asha Rao")
    buyer.press("Pay ₹1,23,456.00")
    window.get_by_label("One-time password").fill("123456")
    buyer.press("Confirm")

    seen = buyer.wait_seen(1)
    payment = list_payments(buyer.stage, order)[0]
    assert seen == [["handler", sign_for(order, payment)]]
    assert (payment["status"], payment["email"], payment["description"]) == (
        "captured",
        "asha@example.com",
        "Order SO-1",
    )
    buyer.expect_closed()
    assert buyer.page.evaluate("document.activeElement.id") == "buy"


def test_mistyped_card_is_told_beside_its_field(buyer: Buyer) -> None:
    order = buyer.stage.order()
    window = buyer.open(order)
    buyer.press("Use a test card")
    window.get_by_label("CVV").fill("1")
    buyer.press("Pay ₹1,299.00")

    expect(window.get_by_text("The CVV has 3 or 4 digits.")).to_be_visible()
    expect(window.get_by_label("CVV")).to_be_focused()
    assert list_payments(buyer.stage, order) == []


def test_failed_upi_says_why_and_a_retry_succeeds(buyer: Buyer) -> None:
    order = buyer.stage.order()
    window = buyer.open(order)
    buyer.choose_tab("UPI")
    window.get_by_label("UPI ID").fill("failure@razorpay")
    buyer.press("Pay ₹1,299.00")
    expect(window.get_by_role("alert")).to_contain_text("Payment was unsuccessful due to a temporary issue.")
    assert [name for name, *_ in buyer.wait_seen(1)] == ["payment.failed"]
    buyer.press("Try again")
    window.get_by_label("UPI ID").fill("success@razorpay")
    buyer.press("Pay ₹1,299.00")

    failed, handled = buyer.wait_seen(2)
    payments = list_payments(buyer.stage, order)
    assert failed[1]["reason"] == "payment_failed"
    assert failed[1]["metadata"] == {"payment_id": payments[0]["id"], "order_id": order["id"]}
    assert handled == ["handler", sign_for(order, payments[1])]
    buyer.expect_closed()


def test_net_banking_asks_at_the_bank(buyer: Buyer) -> None:
    order = buyer.stage.order()
    window = buyer.open(order)
    buyer.choose_tab("Net banking")
    window.get_by_label("ICICI Bank").check()
    buyer.press("Pay ₹1,299.00")
    expect(window.get_by_role("heading", name="ICICI Bank")).to_be_visible()
    buyer.press("Success")

    buyer.wait_seen(1)
    payment = list_payments(buyer.stage, order)[0]
    assert (payment["status"], payment["bank"]) == ("captured", "ICIC")


def test_wrong_one_time_password_fails_the_payment(buyer: Buyer) -> None:
    window = buyer.open(buyer.stage.order())
    buyer.press("Use a test card")
    buyer.press("Pay ₹1,299.00")
    window.get_by_label("One-time password").fill("12")
    buyer.press("Confirm")

    expect(window.get_by_role("alert")).to_have_text("Authentication failed due to incorrect otp")


def test_close_tells_the_page_and_starts_no_payment(buyer: Buyer) -> None:
    order = buyer.stage.order()
    buyer.open(order)
    buyer.press("Close")

    assert buyer.wait_seen(1) == [["ondismiss"]]
    buyer.expect_closed()
    assert buyer.stage.get(f"/orders/{order['id']}") == order


def test_close_at_the_bank_cancels_the_payment(buyer: Buyer) -> None:
    order = buyer.stage.order()
    buyer.open(order)
    buyer.choose_tab("Net banking")
    buyer.press("Pay ₹1,299.00")
    buyer.press("Close")

    assert buyer.wait_seen(1) == [["ondismiss"]]
    wait_until(lambda: list_payments(buyer.stage, order)[0]["error_reason"] == "payment_cancelled")


def test_escape_closes_unless_the_shop_says_otherwise(buyer: Buyer) -> None:
    window = buyer.open(buyer.stage.order(), modal={"escape": False})
    expect(window.get_by_role("tab", name="Card")).to_be_focused()
    buyer.page.keyboard.press("Escape")
    expect(window.get_by_role("tab", name="Card")).to_be_visible()

    window = buyer.open(buyer.stage.order())
    expect(window.get_by_role("tab", name="Card")).to_be_focused()
    buyer.page.keyboard.press("Escape")
    assert buyer.wait_seen(1) == [["ondismiss"]]


def test_keyboard_alone_pays_and_never_leaves_the_window(buyer: Buyer) -> None:
    order = buyer.stage.order()
    window = buyer.open(order)
    press = buyer.page.keyboard.press
    expect(window.get_by_role("tab", name="Card")).to_be_focused()
    press("ArrowRight")
    expect(window.get_by_role("tab", name="UPI")).to_be_focused()
    press("Shift+Tab")
    expect(window.get_by_role("button", name="Close")).to_be_focused()
    press("Shift+Tab")
    expect(window.get_by_role("button", name="Pay ₹1,299.00")).to_be_focused()
    press("Tab")
    expect(window.get_by_role("button", name="Close")).to_be_focused()
    press("Tab")
    press("Tab")
    buyer.page.keyboard.type("success@razorpay")
    press("Enter")

    assert [name for name, *_ in buyer.wait_seen(1)] == ["handler"]


def test_failure_without_retry_closes_the_window(buyer: Buyer) -> None:
    window = buyer.open(buyer.stage.order(), retry={"enabled": False})
    buyer.choose_tab("UPI")
    window.get_by_label("UPI ID").fill("failure@razorpay")
    buyer.press("Pay ₹1,299.00")

    assert [name for name, *_ in buyer.wait_seen(2)] == ["payment.failed", "ondismiss"]
    buyer.expect_closed()


def test_timeout_closes_the_window(buyer: Buyer) -> None:
    buyer.open(buyer.stage.order(), timeout=0.5)

    assert buyer.wait_seen(1) == [["ondismiss"]]
    buyer.expect_closed()


def test_page_may_close_the_window_itself(buyer: Buyer) -> None:
    window = buyer.open(buyer.stage.order())
    expect(window.get_by_role("tab", name="Card")).to_be_visible()
    buyer.page.evaluate("checkout.close()")

    assert buyer.wait_seen(1) == [["ondismiss"]]
    buyer.expect_closed()


def test_redirect_posts_the_result_to_the_callback(buyer: Buyer) -> None:
    order = buyer.stage.order()
    window = buyer.open(order, callback_url=f"{buyer.host.url}/back?token=7", redirect=True)
    buyer.choose_tab("UPI")
    window.get_by_label("UPI ID").fill("success@razorpay")
    buyer.press("Pay ₹1,299.00")
    buyer.page.wait_for_url("**/back?token=7")

    payment = list_payments(buyer.stage, order)[0]
    assert buyer.host.posted == [{name: [value] for name, value in sign_for(order, payment).items()}]
    assert buyer.host.origins == [buyer.stage.url]


def test_redirect_posts_a_failure_too(buyer: Buyer) -> None:
    window = buyer.open(buyer.stage.order(), callback_url=f"{buyer.host.url}/back", redirect=True)
    buyer.choose_tab("UPI")
    window.get_by_label("UPI ID").fill("failure@razorpay")
    buyer.press("Pay ₹1,299.00")
    buyer.page.wait_for_url("**/back")

    assert buyer.host.posted[0]["error[reason]"] == ["payment_failed"]


def test_paid_order_says_so(buyer: Buyer) -> None:
    order = buyer.stage.order()
    buyer.stage.pay(order)
    window = buyer.open(order)

    expect(window.get_by_role("alert")).to_have_text("This order is already paid. Nothing is left to pay.")
    expect(window.get_by_role("button", name="Close")).to_be_focused()


def test_message_from_elsewhere_is_ignored(buyer: Buyer) -> None:
    window = buyer.open(buyer.stage.order())
    expect(window.get_by_role("tab", name="Card")).to_be_visible()
    forged = {
        "from": "razorpay-simulator",
        "type": "succeeded",
        "response": {"razorpay_payment_id": "pay_forged"},
    }
    buyer.page.evaluate("message => window.postMessage(message, '*')", forged)
    buyer.page.wait_for_timeout(50)

    assert buyer.page.evaluate("seen") == []
    expect(window.get_by_role("tab", name="Card")).to_be_visible()


def test_hosted_checkout_needs_no_script(browser: Browser, stage: Stage) -> None:
    order, host = stage.order(), HostPage(stage.url)
    form = {
        "key_id": KEY_ID,
        "order_id": order["id"],
        "name": "Haat",
        "callback_url": f"{host.url}/back",
        "cancel_url": f"{host.url}/cart",
    }
    inputs = "".join(f'<input type="hidden" name="{name}" value="{value}">' for name, value in form.items())
    address = f"{stage.url}/v1/checkout/embedded"
    markup = f'<form method="post" action="{address}">{inputs}<button>Go</button></form>'
    host.files["/"] = ("text/html", markup)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with serve(host.server):
        page.goto(host.url)
        page.get_by_role("button", name="Go").click()
        page.get_by_text("Net banking").click()
        page.get_by_label("HDFC Bank").check()
        page.get_by_role("button", name="Pay ₹1,299.00").click()
        page.get_by_role("button", name="Success").click()
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url("**/back")
    context.close()

    payment = list_payments(stage, order)[0]
    assert host.posted == [{name: [value] for name, value in sign_for(order, payment).items()}]
