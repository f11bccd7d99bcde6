"""Transactional records in the admin: to read, find and export, never to edit or delete."""

from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.options import ModelAdmin


class ReadOnlyPermissions(PermissionHelper):
    """Transactional records are changed by services, not by forms."""

    def user_can_create(self, user) -> bool:
        return False

    def user_can_edit_obj(self, user, obj) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False


class RecordAdmin(ModelAdmin):
    inspect_view_enabled = True
    permission_helper_class = ReadOnlyPermissions
