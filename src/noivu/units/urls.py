"""/units/: the picker of every page that speaks of a unit."""

from django.urls import path

from noivu.units import views

app_name = "units"
urlpatterns = [path("picker/", views.picker, name="picker")]
