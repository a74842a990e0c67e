"""Addresses of the room."""

from django.urls import path

from noivu.opinions import views

app_name = "opinions"
urlpatterns = [
    path("programme/<int:obligation_id>/opinions/", views.of_text, name="of-text"),
    path("programme/<int:obligation_id>/opinions/new/", views.ask, name="ask"),
    path("opinions/<int:request_id>/answer/", views.answer, name="answer"),
    path("opinions/<int:request_id>/take-up/", views.taking_up, name="take-up"),
    path("opinions/<int:request_id>/take-back/", views.taking_back, name="take-back"),
]
