"""/figures/: every figure of a unit and a period, and what stands behind each."""

from django.urls import path

from noivu.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("<str:code>/", views.figure, name="figure"),
    path("<str:code>/why/", views.why, name="why"),
    path("<str:code>/evidence/", views.evidence, name="evidence"),
]
