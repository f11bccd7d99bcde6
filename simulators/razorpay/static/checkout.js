/* Razorpay's checkout.js, simulated: defines window.Razorpay, and opens the payment window in an iframe.
   Everything is built with the DOM and styled through the CSSOM, so that a shop's strict policy lets it pass. */
(function () {
  "use strict";

  // Wherever this script was loaded from, the window is its neighbour.
  const BASE = new URL("./", new URL(document.currentScript.src, document.baseURI));
  const NAME = "razorpay-simulator";
  // Seconds; a longer wait would overflow the browser's timers.
  const LONGEST_TIMEOUT = 2000000;

  const LAYER_STYLE = {
    position: "fixed",
    inset: "0",
    width: "100vw",
    height: "100dvh",
    "max-width": "none",
    "max-height": "none",
    margin: "0",
    padding: "0",
    border: "0",
    overflow: "hidden",
    background: "rgb(17 24 39 / 0.55)",
    "z-index": "2147483647",
  };
  const FRAME_STYLE = {
    display: "block",
    width: "100%",
    height: "100%",
    border: "0",
    background: "transparent",
    // A frame of another scheme than its page is painted opaque.
    "color-scheme": "light",
  };

  class Razorpay {
    constructor(options) {
      if (!options || !options.key) throw new Error("No key passed");
      this.options = options;
      this.listeners = {};
      this.layer = null;
    }

    on(event, listener) {
      (this.listeners[event] ||= []).push(listener);
      return this;
    }

    open() {
      if (this.layer) return;
      this.returnTo = document.activeElement;
      this.layer = buildLayer();
      this.frame = buildFrame(this.options);
      this.layer.append(this.frame);
      this.layer.addEventListener("cancel", (event) => {
        event.preventDefault();
        if (closesOnEscape(this.options)) this.close();
      });
      this.hear = (event) => this.receive(event);
      window.addEventListener("message", this.hear);
      document.body.append(this.layer);
      this.layer.showModal();
      this.unlock = lockScrolling();
      this.startTimeout();
    }

    /* Closes without a result: the shop's ondismiss is told. */
    close() {
      if (!this.layer) return;
      this.remove();
      const { ondismiss } = this.options.modal || {};
      if (typeof ondismiss === "function") ondismiss();
    }

    remove() {
      window.removeEventListener("message", this.hear);
      clearTimeout(this.timer);
      this.layer.remove();
      this.layer = null;
      this.unlock();
      if (this.returnTo && this.returnTo.focus) this.returnTo.focus();
    }

    startTimeout() {
      const seconds = Number(this.options.timeout);
      if (seconds > 0) this.timer = setTimeout(() => this.close(), Math.min(seconds, LONGEST_TIMEOUT) * 1000);
    }

    receive(event) {
      if (!this.frame || event.source !== this.frame.contentWindow || event.origin !== BASE.origin) return;
      const message = event.data;
      if (!message || message.from !== NAME) return;
      if (message.type === "ready") this.sendOptions();
      if (message.type === "dismissed") this.close();
      if (message.type === "failed") this.tell("payment.failed", { error: message.error });
      if (message.type === "succeeded") this.succeed(message.response);
    }

    sendOptions() {
      // Functions stay here; the rest crosses as plain data.
      const options = JSON.parse(JSON.stringify(this.options));
      this.frame.contentWindow.postMessage({ from: NAME, type: "options", options }, BASE.origin);
      this.frame.focus();
    }

    succeed(response) {
      this.remove();
      if (typeof this.options.handler === "function") this.options.handler(response);
    }

    tell(event, payload) {
      for (const listener of this.listeners[event] || []) listener(payload);
    }
  }

  function buildLayer() {
    const layer = document.createElement("dialog");
    layer.setAttribute("aria-label", "Payment");
    applyStyle(layer, LAYER_STYLE);
    return layer;
  }

  function buildFrame(options) {
    const frame = document.createElement("iframe");
    const address = new URL("checkout/window", BASE);
    address.search = new URLSearchParams({
      key_id: options.key,
      order_id: options.order_id || "",
      origin: window.location.origin,
    });
    frame.title = "Razorpay checkout";
    frame.allow = "payment";
    applyStyle(frame, FRAME_STYLE);
    frame.src = address.href;
    return frame;
  }

  function applyStyle(element, style) {
    // Important, so that a shop's own rules for dialogs and frames do not reach in.
    for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value, "important");
  }

  function lockScrolling() {
    const root = document.documentElement;
    const before = root.style.overflow;
    root.style.overflow = "hidden";
    return () => {
      root.style.overflow = before;
    };
  }

  function closesOnEscape(options) {
    return !options.modal || options.modal.escape !== false;
  }

  window.Razorpay = Razorpay;
})();
