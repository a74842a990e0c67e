"""/figures/: every figure of a unit and a period, what stands behind each, and the map of all provinces."""

from django.urls import path

from noivu.figures import views
from noivu.figures.maps import views as maps

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("map/", maps.tile_map, name="map"),
    path("map/export/", maps.map_export, name="map-export"),
    path("map/drawing/", maps.map_drawing, name="map-drawing"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/why/", views.why, name="why"),
    path("<str:code>/evidence/", views.evidence, name="evidence"),
]
