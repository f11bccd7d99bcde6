"""The addresses of the catalogue's desk, below the admin's own."""

from django.urls import path

from pages.desk import cells, changes, exports, imports, sales, views_kept
from pages.desk.table import CatalogueTable

urlpatterns = [
    path("catalogue/", CatalogueTable.as_view(), name="catalogue"),
    path("catalogue/results/", CatalogueTable.as_view(results_only=True), name="catalogue_results"),
    path("catalogue/columns/", views_kept.choose_columns, name="catalogue_columns"),
    path("catalogue/views/", views_kept.save_view, name="catalogue_view_save"),
    path("catalogue/views/<int:view_id>/delete/", views_kept.delete_view, name="catalogue_view_delete"),
    path("catalogue/export/products.<slug:kind>", exports.export_catalogue, name="catalogue_export"),
    path("catalogue/imports/", imports.list_imports, name="catalogue_imports"),
    path("catalogue/imports/example.csv", imports.download_example, name="catalogue_import_example"),
    path("catalogue/imports/<int:import_id>/", imports.show_import, name="catalogue_import"),
    path("catalogue/imports/<int:import_id>/apply/", imports.apply_import, name="catalogue_import_apply"),
    path("catalogue/imports/<int:import_id>/bad.csv", imports.download_bad_rows, name="catalogue_import_bad"),
    path("catalogue/put-on-sale/", sales.put_on_sale, name="catalogue_put_on_sale"),
    path("catalogue/changes/", changes.list_changes, name="catalogue_changes"),
    path("catalogue/changes/<int:change_id>/", changes.show_change, name="catalogue_change_preview"),
    path("catalogue/changes/<int:change_id>/apply/", changes.apply, name="catalogue_change_apply"),
    path("catalogue/changes/<int:change_id>/undo/", changes.undo, name="catalogue_change_undo"),
    path("catalogue/change/<slug:field>/", changes.prepare_change, name="catalogue_change"),
    path("catalogue/<int:product_id>/", cells.show_product, name="catalogue_product"),
    path("catalogue/<int:product_id>/price/", cells.change_price, name="catalogue_price"),
    path("catalogue/<int:product_id>/stock/", cells.change_stock, name="catalogue_stock"),
]
