"""/ui/: the reader's switches and the design system's own page."""

from django.urls import path

from noivu.ui import views

app_name = "ui"
urlpatterns = [
    path("", views.components, name="components"),
    path("register/", views.register_specimen, name="register"),
    path("register/<int:number>/", views.specimen, name="specimen"),
    path("language/", views.choose_language, name="language"),
    path("theme/", views.choose_theme, name="theme"),
    path("density/", views.choose_density, name="density"),
    path("keys/", views.choose_keys, name="keys"),
    path("progress/<str:key>/", views.show_progress, name="progress"),
]
