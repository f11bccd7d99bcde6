from django.urls import path

from pages import form_views, machine_views, newsletter_view, views, wish_views

urlpatterns = [
    path("search/", views.search, name="search"),
    path("search/suggestions/", views.suggest, name="search_suggestions"),
    path("search/seen/", views.record_search, name="search_seen"),
    path("p/<int:product_id>/", views.show_product, name="product"),
    path("p/<int:product_id>/like/", wish_views.change_like, name="change_like"),
    path("p/<int:product_id>/review/", wish_views.review_product, name="review_product"),
    path("back-in-stock/", wish_views.watch_product, name="watch_product"),
    path("account/likes/", wish_views.show_likes, name="likes"),
    path("delivery-check/", views.show_delivery_check, name="delivery_check"),
    path("forms/<int:page_id>/", form_views.send_form, name="send_form"),
    path("newsletter/", newsletter_view.join_newsletter, name="newsletter"),
    path("robots.txt", machine_views.show_robots, name="robots"),
    path("sitemap.xml", machine_views.show_sitemap, name="sitemap"),
    path("sitemap-<int:part>.xml", machine_views.show_sitemap_part, name="sitemap_part"),
    path("feeds/google.xml", machine_views.show_merchant_feed, name="merchant_feed"),
    path("manifest.webmanifest", machine_views.show_manifest, name="manifest"),
    path("theme.css", views.show_theme, name="theme"),
]
