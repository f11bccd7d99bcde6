"""Lists are arrays unless a client asks for pages; products always come in pages."""

from rest_framework.pagination import PageNumberPagination

LARGEST_PAGE = 100


class ProductPagination(PageNumberPagination):
    """Ten a page; `?page=last` is the last one."""

    page_size = 10
    page_size_query_param = "page_size"
    max_page_size = LARGEST_PAGE

    def get_paginated_response_schema(self, schema):
        """REST framework writes OpenAPI 3.0, where null is not a type."""
        page = super().get_paginated_response_schema(schema)
        for name in ("next", "previous"):
            page["properties"][name] = {"type": ["string", "null"], "format": "uri"}
        page["properties"]["count"] = {"type": "integer"}
        return page


class OptionalPagination(ProductPagination):
    """Pages where `?page=` or `?page_size=` says which, else the whole list."""

    def paginate_queryset(self, queryset, request, view=None):
        asked = any(
            request.query_params.get(name) for name in (self.page_query_param, self.page_size_query_param)
        )
        return super().paginate_queryset(queryset, request, view) if asked else None

    def get_paginated_response_schema(self, schema):
        return {"oneOf": [schema, super().get_paginated_response_schema(schema)]}
