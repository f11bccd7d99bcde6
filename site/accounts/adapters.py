"""allauth's hooks: a sign-up on pages makes the same account as one through the API."""

from allauth.account.adapter import DefaultAccountAdapter

from accounts.services.users import ensure_customer


class AccountAdapter(DefaultAccountAdapter):
    def save_user(self, request, user, form, commit=True):
        user = super().save_user(request, user, form, commit=commit)
        if commit:
            ensure_customer(user=user)
        return user
