"""/units/: the units of a day as overview, tree and list, one unit and its lineage, the content of the unit picker."""

from django.urls import path

from noivu.units import views

app_name = "units"
urlpatterns = [
    path("", views.units, name="units"),
    path("tree/", views.units_tree, name="tree"),
    path("list/", views.units_list, name="list"),
    path("branch/<str:code>/", views.branch, name="branch"),
    path("picker/", views.picker, name="picker"),
    path("<str:code>/", views.unit, name="unit"),
    path("<str:code>/lineage/", views.lineage, name="lineage"),
]
