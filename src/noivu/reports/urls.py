"""Addresses of reports."""

from django.urls import path

from noivu.reports import views
from noivu.reports.published import views as published

app_name = "reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("draft/<slug:regime_code>/<str:unit_code>/<slug:period>/", views.draft, name="draft"),
    path("published/", published.published, name="published"),
    path("published/new/", published.publish, name="publish"),
    path("published/<int:stated_id>/withdraw/", published.withdraw, name="withdraw-published"),
    path("<int:report_id>/", views.desk, name="desk"),
    path("<int:report_id>/write/<str:slot>/", views.narrative, name="narrative"),
    path("<int:report_id>/export/<slug:form>/", views.export, name="export"),
]
