"""Addresses of the room."""

from django.urls import path

from noivu.exchange import views

app_name = "exchange"
urlpatterns = [
    path("documents/messages/", views.messages, name="messages"),
    path("documents/messages/take/", views.take, name="take"),
    path("documents/messages/<int:message_id>/answer/", views.answer, name="answer"),
    path("documents/messages/in/<int:document_id>/refuse/", views.refuse, name="refuse"),
    path("documents/messages/in/<int:document_id>/status/", views.status, name="status"),
    path("documents/messages/in/<int:document_id>/forward/", views.forward, name="forward"),
    path("documents/messages/out/<int:sending_id>/", views.letter, name="letter"),
    path("documents/messages/out/<int:sending_id>/answered/", views.answered, name="answered"),
]
