"""Addresses of the room."""

from django.urls import path

from noivu.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read_all, name="read-all"),
    path("<int:notice_id>/read/", views.read, name="read"),
    path("preferences/", views.preferences, name="preferences"),
]
