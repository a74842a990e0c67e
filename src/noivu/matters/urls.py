"""Addresses of the room."""

from django.urls import path

from noivu.matters.views import handing, programme, texts

app_name = "matters"
urlpatterns = [
    path("programme/", programme.programme, name="programme"),
    path("hand-over/", handing.hand_over, name="hand-over"),
    path("programme/new/", texts.new, name="legal-text-new"),
    path("programme/<int:obligation_id>/correct/", texts.correct, name="legal-text-correct"),
]
