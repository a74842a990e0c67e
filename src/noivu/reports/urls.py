"""Addresses of reports."""

from django.urls import path

from noivu.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("draft/<slug:regime_code>/<str:unit_code>/<slug:period>/", views.draft, name="draft"),
    path("<int:report_id>/", views.desk, name="desk"),
    path("<int:report_id>/write/<str:slot>/", views.narrative, name="narrative"),
    path("<int:report_id>/export/<slug:form>/", views.export, name="export"),
]
