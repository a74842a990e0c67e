"""The site map."""

from django.urls import URLPattern, URLResolver, include, path

from noivu.portal import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    path("accounts/", include("noivu.accounts.urls")),
    path("audit/", include("noivu.audit.urls")),
    path("figures/", include("noivu.figures.urls")),
    path("law/", include("noivu.law.urls")),
    path("notices/", include("noivu.notices.urls")),
    path("planning/", include("noivu.planning.urls")),
    path("reports/", include("noivu.reports.urls")),
    path("sheets/", include("noivu.sheets.urls")),
    path("units/", include("noivu.units.urls")),
    path("", include("noivu.exchange.urls")),
    path("", include("noivu.records.urls")),
    path("", include("noivu.desk.urls")),
    path("", include("noivu.office.urls")),
    path("", include("noivu.opinions.urls")),
    path("", include("noivu.matters.urls")),
    path("ui/", include("noivu.ui.urls")),
]

handler400 = "noivu.ui.errors.bad_request"
handler403 = "noivu.ui.errors.forbidden"
handler404 = "noivu.ui.errors.not_found"
handler500 = "noivu.ui.errors.server_error"
