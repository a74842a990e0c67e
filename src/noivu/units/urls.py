"""/units/: all units of a day, one unit, the content of the unit picker."""

from django.urls import path

from noivu.units import views

app_name = "units"
urlpatterns = [
    path("", views.units, name="units"),
    path("picker/", views.picker, name="picker"),
    path("<str:code>/", views.unit, name="unit"),
]
