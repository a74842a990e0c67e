"""Addresses of the room."""

from django.urls import path

from noivu.matters.views import programme, texts

app_name = "matters"
urlpatterns = [
    path("programme/", programme.programme, name="programme"),
    path("programme/new/", texts.new, name="legal-text-new"),
    path("programme/<int:obligation_id>/correct/", texts.correct, name="legal-text-correct"),
]
