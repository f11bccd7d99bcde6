"""How staff find a customer or a product in a form of the admin. Only who may enter orders sees them."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.choosers import BaseFilterForm
from wagtail.admin.views.generic.chooser import ChooseResultsView, ChooseView, ChosenView
from wagtail.admin.viewsets.chooser import ChooserViewSet


class WordFilter(BaseFilterForm):
    """Every word is found in one of the `columns`."""

    columns: tuple[str, ...] = ()
    q = forms.CharField(
        label=_("Search"), required=False, widget=forms.TextInput({"placeholder": _("Search")})
    )

    def filter(self, objects):
        objects = super().filter(objects)
        self.search_query = self.cleaned_data.get("q") or ""
        self.is_searching = bool(self.search_query)
        for word in self.search_query.split():
            found = Q()
            for column in self.columns:
                found |= Q(**{f"{column}__icontains": word})
            objects = objects.filter(found)
        return objects


class CustomerFilter(WordFilter):
    columns = ("user__first_name", "user__last_name", "user__email", "user__username", "phone")


class ProductFilter(WordFilter):
    columns = ("title", "sku")


class OrderTakersOnly:
    """Names and addresses of customers are not for every editor."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm("checkout.add_order"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class CustomerChoose(OrderTakersOnly, ChooseView):
    filter_form_class = CustomerFilter
    ordering = ("pk",)

    def get_object_list(self):
        return self.model_class.objects.select_related("user")


class CustomerResults(OrderTakersOnly, ChooseResultsView):
    filter_form_class = CustomerFilter
    ordering = ("pk",)

    def get_object_list(self):
        return self.model_class.objects.select_related("user")


class CustomerChosen(OrderTakersOnly, ChosenView):
    pass


class CustomerChooser(ChooserViewSet):
    model = "accounts.Customer"
    icon = "user"
    choose_one_text = _("Choose a customer")
    choose_another_text = _("Choose another customer")
    choose_view_class = CustomerChoose
    choose_results_view_class = CustomerResults
    chosen_view_class = CustomerChosen
    register_widget = False


class ProductChoose(OrderTakersOnly, ChooseView):
    filter_form_class = ProductFilter

    def get_object_list(self):
        return self.model_class.objects.live()


class ProductResults(OrderTakersOnly, ChooseResultsView):
    filter_form_class = ProductFilter

    def get_object_list(self):
        return self.model_class.objects.live()


class ProductChosen(OrderTakersOnly, ChosenView):
    pass


class ProductChooser(ChooserViewSet):
    model = "shop.Product"
    icon = "tag"
    choose_one_text = _("Choose a product")
    choose_another_text = _("Choose another product")
    choose_view_class = ProductChoose
    choose_results_view_class = ProductResults
    chosen_view_class = ProductChosen
    register_widget = False


customer_chooser = CustomerChooser("desk_customers")
product_chooser = ProductChooser("desk_products")
