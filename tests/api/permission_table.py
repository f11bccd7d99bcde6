"""Who may do what: every route of the API, every method, every kind of caller.

A new route needs rows here; `tests/api/permission_world.py` says who the callers are, what they ask for (customer
A's things) and with which body. Methods with the same answers share a row. 405 stands where the method has none.
The bodies are good ones, so 201, 200 and 204 are effects; 400 is a good body about somebody else's thing.
"""

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

ROWS = """
route                  methods                     anon  A     B     guest edit  mngr  staff super inact exp
# Accounts and tokens
api-users              GET                         401   200   200   401   200   200   200   200   401   401
api-users              POST                        201   201   201   201   201   201   201   201   401   401
api-users              PUT,PATCH,DELETE            401   405   405   401   405   405   405   405   401   401
api-me                 GET,PUT,PATCH               401   200   200   401   200   200   200   200   401   401
api-me                 POST                        401   405   405   401   405   405   405   405   401   401
api-me                 DELETE                      401   204   204   401   204   204   204   204   401   401
api-set-password       GET,PUT,PATCH,DELETE        401   405   405   401   405   405   405   405   401   401
api-set-password       POST                        401   204   204   401   204   204   204   204   401   401
api-reset-password     GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-reset-password     POST                        204   204   204   204   204   204   204   204   401   401
api-confirm-reset      GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-confirm-reset      POST                        204   204   204   204   204   204   204   204   401   401
api-jwt-create         GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   405   405
api-jwt-create         POST                        200   200   200   200   200   200   200   200   200   200
api-jwt-refresh        GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   405   405
api-jwt-refresh        POST                        200   200   200   200   200   200   200   200   200   200
api-jwt-verify         GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   405   405
api-jwt-verify         POST                        200   200   200   200   200   200   200   200   200   200
api-jwt-logout         GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   405   405
api-jwt-logout         POST                        204   204   204   204   204   204   204   204   204   204
# Catalogue
api-product-list       GET                         200   200   200   200   200   200   200   200   401   401
api-product-list       POST                        401   403   403   401   403   201   201   201   401   401
api-product-list       PUT,PATCH,DELETE            401   403   403   401   403   405   405   405   401   401
api-product-detail     GET                         200   200   200   200   200   200   200   200   401   401
api-product-detail     POST                        401   403   403   401   403   405   405   405   401   401
api-product-detail     PUT,PATCH                   401   403   403   401   403   200   200   200   401   401
api-product-detail     DELETE                      401   403   403   401   403   204   204   204   401   401
api-collection-list    GET                         200   200   200   200   200   200   200   200   401   401
api-collection-list    POST                        401   403   403   401   403   201   201   201   401   401
api-collection-list    PUT,PATCH,DELETE            401   403   403   401   403   405   405   405   401   401
api-collection-detail  GET                         200   200   200   200   200   200   200   200   401   401
api-collection-detail  POST                        401   403   403   401   403   405   405   405   401   401
api-collection-detail  PUT,PATCH                   401   403   403   401   403   200   200   200   401   401
api-collection-detail  DELETE                      401   403   403   401   403   204   204   204   401   401
api-reviews            GET                         200   200   200   200   200   200   200   200   401   401
api-reviews            POST                        201   201   201   201   201   201   201   201   401   401
api-reviews            PUT,PATCH,DELETE            405   405   405   405   405   405   405   405   401   401
api-review             GET                         200   200   200   200   200   200   200   200   401   401
api-review             POST                        401   405   405   401   405   405   405   405   401   401
api-review             PUT,PATCH                   401   200   403   401   403   200   200   200   401   401
api-review             DELETE                      401   204   403   401   403   204   204   204   401   401
api-images             GET                         200   200   200   200   200   200   200   200   401   401
api-images             POST                        401   403   403   401   403   400   400   400   401   401
api-images             PUT,PATCH,DELETE            401   403   403   401   403   405   405   405   401   401
api-image              GET                         200   200   200   200   200   200   200   200   401   401
api-image              POST,PUT,PATCH              401   403   403   401   403   405   405   405   401   401
api-image              DELETE                      401   403   403   401   403   204   204   204   401   401
api-like               GET,PUT,PATCH               401   405   405   401   405   405   405   405   401   401
api-like               POST,DELETE                 401   204   204   401   204   204   204   204   401   401
api-likes              GET                         401   200   200   401   200   200   200   200   401   401
api-likes              POST,PUT,PATCH,DELETE       401   405   405   401   405   405   405   405   401   401
# Carts
api-carts              GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-carts              POST                        201   201   201   201   201   201   201   201   401   401
api-my-cart            GET                         401   200   200   401   200   200   200   200   401   401
api-my-cart            POST,PUT,PATCH,DELETE       401   405   405   401   405   405   405   405   401   401
api-merge-cart         GET,PUT,PATCH,DELETE        401   405   405   401   405   405   405   405   401   401
api-merge-cart         POST                        401   200   200   401   200   200   200   200   401   401
api-cart               GET                         404   200   404   404   404   404   404   404   401   401
api-cart               POST,PUT,PATCH              405   405   405   405   405   405   405   405   401   401
api-cart               DELETE                      404   204   404   404   404   404   404   404   401   401
api-cart-items         GET                         404   200   404   404   404   404   404   404   401   401
api-cart-items         POST                        404   201   404   404   404   404   404   404   401   401
api-cart-items         PUT,PATCH,DELETE            405   405   405   405   405   405   405   405   401   401
api-cart-item          GET,PATCH                   404   200   404   404   404   404   404   404   401   401
api-cart-item          POST,PUT                    405   405   405   405   405   405   405   405   401   401
api-cart-item          DELETE                      404   204   404   404   404   404   404   404   401   401
api-quote              GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-quote              POST                        404   200   404   404   404   404   404   404   401   401
# Customers
api-customers          GET                         401   403   403   401   403   200   200   200   401   401
api-customers          POST                        401   403   403   401   403   201   201   201   401   401
api-customers          PUT,PATCH,DELETE            401   403   403   401   403   405   405   405   401   401
api-my-customer        GET,POST,PUT,PATCH          401   200   200   401   200   200   200   200   401   401
api-my-customer        DELETE                      401   405   405   401   405   405   405   405   401   401
api-addresses          GET                         401   200   200   401   200   200   200   200   401   401
api-addresses          POST                        401   201   201   401   201   201   201   201   401   401
api-addresses          PUT,PATCH,DELETE            401   405   405   401   405   405   405   405   401   401
api-address            GET,PUT,PATCH               401   200   404   401   404   404   404   404   401   401
api-address            POST                        401   405   405   401   405   405   405   405   401   401
api-address            DELETE                      401   204   404   401   404   404   404   404   401   401
api-customer           GET,PUT,PATCH               401   403   403   401   403   200   200   200   401   401
api-customer           POST                        401   403   403   401   403   405   405   405   401   401
api-customer           DELETE                      401   403   403   401   403   409   409   409   401   401
api-history            GET                         401   403   403   401   403   200   403   200   401   401
api-history            POST,PUT,PATCH,DELETE       401   403   403   401   403   405   403   405   401   401
# Orders
api-orders             GET                         401   200   200   401   200   200   200   200   401   401
api-orders             POST                        401   200   400   401   400   400   400   400   401   401
api-orders             PUT,PATCH,DELETE            401   405   405   401   405   405   405   405   401   401
api-order              GET                         401   200   404   401   404   200   200   200   401   401
api-order              POST,PUT                    401   405   405   401   405   405   405   405   401   401
api-order              PATCH                       401   403   403   401   403   200   200   200   401   401
api-order              DELETE                      401   403   403   401   403   204   204   204   401   401
api-cancel-order       GET,PUT,PATCH,DELETE        401   405   405   401   405   405   405   405   401   401
api-cancel-order       POST                        401   200   404   401   404   200   200   200   401   401
api-invoice            GET                         401   200   404   401   404   200   200   200   401   401
api-invoice            POST,PUT,PATCH,DELETE       401   405   405   401   405   405   405   405   401   401
api-refunds            GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-refunds            POST                        401   403   403   401   403   201   403   201   401   401
api-guest-orders       GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-guest-orders       POST                        200   200   200   200   200   200   200   200   401   401
api-guest-order        GET                         404   404   404   200   404   404   404   404   401   401
api-guest-order        POST,PUT,PATCH,DELETE       405   405   405   405   405   405   405   405   401   401
# Payments
api-open-payment       GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-open-payment       POST                        401   201   400   201   400   400   400   400   401   401
api-verify-payment     GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   401   401
api-verify-payment     POST                        401   400   400   400   400   400   400   400   401   401
api-payment-status     GET                         401   200   404   401   404   404   404   404   401   401
api-payment-status     POST,PUT,PATCH,DELETE       401   405   405   401   405   405   405   405   401   401
api-webhook            GET,PUT,PATCH,DELETE        405   405   405   405   405   405   405   405   405   405
api-webhook            POST                        400   400   400   400   400   400   400   400   400   400
payment-test           GET                         302   302   302   302   302   302   302   302   302   302
payment-test           POST,PUT,PATCH,DELETE       405   405   405   405   405   405   405   405   405   405
# Published content
wagtailapi:pages:listing      GET                  200   200   200   200   200   200   200   200   401   401
wagtailapi:pages:listing      POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:pages:detail       GET                  200   200   200   200   200   200   200   200   401   401
wagtailapi:pages:detail       POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:pages:find         GET                  404   404   404   404   404   404   404   404   401   401
wagtailapi:pages:find         POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:images:listing     GET                  200   200   200   200   200   200   200   200   401   401
wagtailapi:images:listing     POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:images:detail      GET                  200   200   200   200   200   200   200   200   401   401
wagtailapi:images:detail      POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:images:find        GET                  404   404   404   404   404   404   404   404   401   401
wagtailapi:images:find        POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:documents:listing  GET                  200   200   200   200   200   200   200   200   401   401
wagtailapi:documents:listing  POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:documents:detail   GET                  404   404   404   404   404   404   404   404   401   401
wagtailapi:documents:detail   POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
wagtailapi:documents:find     GET                  404   404   404   404   404   404   404   404   401   401
wagtailapi:documents:find     POST,PUT,PATCH,DELETE 405  405   405   405   405   405   405   405   401   401
api-settings           GET                         200   200   200   200   200   200   200   200   401   401
api-settings           POST,PUT,PATCH,DELETE       405   405   405   405   405   405   405   405   401   401
api-draft              GET                         200   200   200   200   200   200   200   200   401   401
api-draft              POST,PUT,PATCH,DELETE       405   405   405   405   405   405   405   405   401   401
# The rest
api-docs               GET                         200   200   200   200   200   200   200   200   200   200
api-docs               POST,PUT,PATCH,DELETE       405   405   405   405   405   405   405   405   405   405
api-schema             GET                         200   200   200   200   200   200   200   200   401   401
api-schema             POST,PUT,PATCH,DELETE       405   405   405   405   405   405   405   405   401   401
api-nothing            GET,POST,PUT,PATCH,DELETE   404   404   404   404   404   404   404   404   401   401
"""


def read_rows() -> dict[tuple[str, str], tuple[int, ...]]:
    """Statuses by route and method, in the order of the columns."""
    rows = [line.split() for line in ROWS.splitlines()[2:] if not line.startswith("#")]
    return {
        (route, method): tuple(map(int, statuses))
        for route, methods, *statuses in rows
        for method in methods.split(",")
    }


TABLE = read_rows()
