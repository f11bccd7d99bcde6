"""What the documentation calls each operation, and which refusals of the shop it may answer with."""

# By method and path. A test sees to it that none is missing.
SUMMARIES: dict[tuple[str, str], str] = {
    ("POST", "/auth/jwt/create/"): "Sign in",
    ("POST", "/auth/jwt/refresh/"): "Get a new access token",
    ("POST", "/auth/jwt/verify/"): "Ask whether a token is good",
    ("POST", "/auth/jwt/logout/"): "Sign out everywhere",
    ("GET", "/auth/users/"): "List users",
    ("POST", "/auth/users/"): "Sign up",
    ("GET", "/auth/users/me/"): "Read your account",
    ("PUT", "/auth/users/me/"): "Replace your details",
    ("PATCH", "/auth/users/me/"): "Change some of your details",
    ("DELETE", "/auth/users/me/"): "Delete your account",
    ("POST", "/auth/users/set_password/"): "Change your password",
    ("POST", "/auth/users/reset_password/"): "Ask for a link to set a new password",
    ("POST", "/auth/users/reset_password_confirm/"): "Set a new password by the link",
    ("POST", "/payments/create-payment-intent/"): "Open the payment of an order",
    ("GET", "/payments/status/{order_id}/"): "Read how an order's payment stands",
    ("POST", "/payments/verify-payment/"): "Hand in what the payment window returned",
    ("POST", "/payments/webhook/"): "Receive an event of Razorpay",
    ("POST", "/store/carts/"): "Make a cart",
    ("GET", "/store/carts/{cart_id}/"): "Read a cart",
    ("DELETE", "/store/carts/{cart_id}/"): "Delete a cart",
    ("GET", "/store/carts/{cart_id}/items/"): "List a cart's lines",
    ("POST", "/store/carts/{cart_id}/items/"): "Put a product in a cart",
    ("GET", "/store/carts/{cart_id}/items/{item_id}/"): "Read a line",
    ("PATCH", "/store/carts/{cart_id}/items/{item_id}/"): "Change a line's quantity",
    ("DELETE", "/store/carts/{cart_id}/items/{item_id}/"): "Take a line out",
    ("POST", "/store/carts/{cart_id}/quote/"): "Ask what an order would cost",
    ("GET", "/store/carts/mine/"): "Read your own cart",
    ("POST", "/store/carts/mine/merge/"): "Bring an anonymous cart into your own",
    ("GET", "/store/collections/"): "List collections",
    ("POST", "/store/collections/"): "Add a collection",
    ("GET", "/store/collections/{id}/"): "Read a collection",
    ("PUT", "/store/collections/{id}/"): "Replace a collection",
    ("PATCH", "/store/collections/{id}/"): "Change a collection",
    ("DELETE", "/store/collections/{id}/"): "Delete an empty collection",
    ("GET", "/store/customers/"): "List customers",
    ("POST", "/store/customers/"): "Add a profile for a user",
    ("GET", "/store/customers/{id}/"): "Read a customer",
    ("PUT", "/store/customers/{id}/"): "Replace a customer's profile",
    ("PATCH", "/store/customers/{id}/"): "Change a customer's profile",
    ("DELETE", "/store/customers/{id}/"): "Delete a customer without orders",
    ("GET", "/store/customers/{id}/history/"): "List a customer's orders",
    ("GET", "/store/customers/me/"): "Read your profile",
    ("POST", "/store/customers/me/"): "Replace your profile (as PUT)",
    ("PUT", "/store/customers/me/"): "Replace your profile",
    ("PATCH", "/store/customers/me/"): "Change your profile",
    ("GET", "/store/customers/me/addresses/"): "List your addresses",
    ("POST", "/store/customers/me/addresses/"): "Save an address",
    ("GET", "/store/customers/me/addresses/{id}/"): "Read an address",
    ("PUT", "/store/customers/me/addresses/{id}/"): "Replace an address",
    ("PATCH", "/store/customers/me/addresses/{id}/"): "Change an address",
    ("DELETE", "/store/customers/me/addresses/{id}/"): "Delete an address",
    ("POST", "/store/guest-orders/"): "Order without an account",
    ("GET", "/store/guest-orders/{token}/"): "Read a guest's order",
    ("GET", "/store/likes/"): "List what you like",
    ("GET", "/store/orders/"): "List your orders",
    ("POST", "/store/orders/"): "Order what is in a cart",
    ("GET", "/store/orders/{order_id}/"): "Read an order",
    ("PATCH", "/store/orders/{order_id}/"): "Record or cancel a payment by hand",
    ("DELETE", "/store/orders/{order_id}/"): "Cancel and hide an order",
    ("POST", "/store/orders/{order_id}/cancel/"): "Cancel an unpaid order",
    ("GET", "/store/orders/{order_id}/invoice/"): "Download an order's invoice",
    ("POST", "/store/orders/{order_id}/refunds/"): "Give money back",
    ("GET", "/store/products/"): "List products",
    ("POST", "/store/products/"): "Add a product",
    ("GET", "/store/products/{id}/"): "Read a product",
    ("PUT", "/store/products/{id}/"): "Replace a product",
    ("PATCH", "/store/products/{id}/"): "Change a product",
    ("DELETE", "/store/products/{id}/"): "Delete a product that nobody ordered",
    ("GET", "/store/products/{product_id}/images/"): "List a product's pictures",
    ("POST", "/store/products/{product_id}/images/"): "Upload a picture",
    ("GET", "/store/products/{product_id}/images/{image_id}/"): "Read a picture",
    ("DELETE", "/store/products/{product_id}/images/{image_id}/"): "Remove a picture",
    ("POST", "/store/products/{product_id}/likes/"): "Like a product",
    ("DELETE", "/store/products/{product_id}/likes/"): "Like a product no longer",
    ("GET", "/store/products/{product_id}/reviews/"): "List a product's reviews",
    ("POST", "/store/products/{product_id}/reviews/"): "Write a review",
    ("GET", "/store/products/{product_id}/reviews/{review_id}/"): "Read a review",
    ("PUT", "/store/products/{product_id}/reviews/{review_id}/"): "Replace a review",
    ("PATCH", "/store/products/{product_id}/reviews/{review_id}/"): "Change a review",
    ("DELETE", "/store/products/{product_id}/reviews/{review_id}/"): "Delete a review",
}
# Signed as they are, so no parser reads them and any content type will do.
READS_RAW_BODY = {("POST", "/payments/webhook/")}
BAD_TOKEN = {401: ("token_not_valid", "Token is invalid")}
NO_TRANSITION = ("transition_refused", "An order that is paid cannot become cancelled.")
SOLD_OUT = ("out_of_stock", "Some products are not in stock in the quantity you asked for.")
# What an operation may answer beyond what its path, method and permissions make possible: code and sentence.
REFUSALS: dict[tuple[str, str], dict[int, tuple[str, str]]] = {
    ("DELETE", "/store/products/{id}/"): {
        405: ("product_ordered", "Product cannot be deleted because it is associated with an order item.")
    },
    ("DELETE", "/store/collections/{id}/"): {
        405: (
            "collection_not_empty",
            "Collection cannot be deleted because it includes one or more products.",
        )
    },
    ("DELETE", "/store/customers/{id}/"): {
        409: ("customer_has_orders", "Customer cannot be deleted because they have placed orders.")
    },
    ("POST", "/store/carts/mine/merge/"): {404: ("not_found", "No Cart matches the given query.")},
    ("POST", "/store/orders/"): {409: SOLD_OUT},
    ("POST", "/store/guest-orders/"): {409: SOLD_OUT},
    ("PATCH", "/store/orders/{order_id}/"): {409: NO_TRANSITION},
    ("DELETE", "/store/orders/{order_id}/"): {
        409: ("order_paid", "The order took money, so it cannot be deleted. Refund it instead.")
    },
    ("POST", "/store/orders/{order_id}/cancel/"): {409: NO_TRANSITION},
    ("POST", "/store/orders/{order_id}/refunds/"): {
        409: ("refund_exceeds_captured", "The refund is more than what was captured.")
    },
    ("POST", "/payments/create-payment-intent/"): {
        409: ("order_ended", "The order has expired or was cancelled. Please order again."),
        503: ("gateway_unavailable", "The payment service cannot be reached right now. Please try again."),
    },
    ("POST", "/payments/verify-payment/"): {
        409: ("payment_held", "The payment is being checked by staff."),
        503: ("gateway_unavailable", "The payment service cannot be reached right now. Please try again."),
    },
    ("POST", "/payments/webhook/"): {400: ("invalid_signature", "Invalid signature")},
    ("POST", "/auth/jwt/create/"): {
        401: ("no_active_account", "No active account found with the given credentials")
    },
    ("POST", "/auth/jwt/refresh/"): BAD_TOKEN,
    ("POST", "/auth/jwt/verify/"): BAD_TOKEN,
    ("POST", "/auth/jwt/logout/"): BAD_TOKEN,
}
