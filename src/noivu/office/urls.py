"""Addresses of the room."""

from django.urls import path

from noivu.office.routes import OBLIGATION_ROUTES
from noivu.office.views import acts, bulk, officers, recounts

app_name = "office"
urlpatterns = [
    path("obligations/assign/", bulk.assign_chosen, name="obligations-assign"),
    path("obligations/officers/", officers.officers, name="officers"),
    path("obligations/recounts/<int:recount_id>/", recounts.recount, name="recount"),
    path("obligations/<int:obligation_id>/<slug:code>/", acts.act, name="act"),
    *OBLIGATION_ROUTES,
]
