import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_sign_in_form_says_what_to_type_in_labels_alone(client):
    form = client.get(reverse("account_login")).context["form"]

    assert form.fields["login"].label == "Email or username"
    assert "placeholder" not in form.fields["login"].widget.attrs
    assert "placeholder" not in form.fields["password"].widget.attrs
