"""Addresses of the room."""

from django.urls import path

from noivu.matters import views

app_name = "matters"
urlpatterns = [path("programme/", views.programme, name="programme")]
