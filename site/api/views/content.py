"""Wagtail's content API: what editors have published, read-only, as Wagtail itself shapes it."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.documents.api.v2.views import DocumentsAPIViewSet
from wagtail.images.api.v2.views import ImagesAPIViewSet

from api.parsers import TolerantJSONRenderer
from api.public_reads import public_read
from pages.headless.drafts import DraftLinkInvalid, read_draft
from pages.headless.shop import describe_shop
from pages.public_answers import PERSONAL


class PublicContent:
    """Live pages and what stands in public collections; errors in the one shape of this API."""

    permission_classes = [AllowAny]
    renderer_classes = [TolerantJSONRenderer]
    schema = None  # Wagtail documents it

    def initial(self, request: Request, *args, **kwargs) -> None:
        """Show everybody the same: Wagtail would open restricted content to who is signed in, and this is cached."""
        super().initial(request, *args, **kwargs)
        request.user = AnonymousUser()

    @public_read
    def listing_view(self, request: Request) -> Response:
        return super().listing_view(request)

    @public_read
    def detail_view(self, request: Request, pk: int) -> Response:
        return super().detail_view(request, pk)

    def handle_exception(self, error: Exception) -> Response:
        # Wagtail would say them in a shape of its own.
        if isinstance(error, BadRequestError):
            error = ParseError(str(error))
        elif isinstance(error, Http404):
            error = NotFound(*error.args)
        return super().handle_exception(error)


class PagesView(PublicContent, PagesAPIViewSet):
    pass


class PicturesView(PublicContent, ImagesAPIViewSet):
    pass


class DocumentsView(PublicContent, DocumentsAPIViewSet):
    pass


class DraftView(PublicContent, PagesAPIViewSet):
    """A page as its newest draft says, for whoever has a signed link; nobody keeps it."""

    def draft_view(self, request: Request, token: str) -> Response:
        serializer = self.get_serializer(self.get_object())
        return Response(serializer.data, headers={"Cache-Control": PERSONAL})

    def get_object(self):
        if not hasattr(self, "_draft"):
            try:
                self._draft = read_draft(self.kwargs["token"])
            except DraftLinkInvalid as error:
                raise NotFound("This preview link is over, or none of ours. Make a new one.") from error
        return self._draft

    def get_serializer_class(self):
        self.action = "detail_view"  # all fields, as for a page that is live
        return super().get_serializer_class()


class SettingsView(PublicContent, APIView):
    """Name, words, menus and look of the shop."""

    @public_read
    def get(self, request: Request) -> Response:
        return Response(describe_shop(request=request._request))  # noqa: SLF001 - Django's own request inside


content_router = WagtailAPIRouter("wagtailapi")
content_router.register_endpoint("pages", PagesView)
content_router.register_endpoint("images", PicturesView)
content_router.register_endpoint("documents", DocumentsView)
