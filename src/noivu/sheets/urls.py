"""The pages of imports."""

from django.urls import path, re_path

from noivu.sheets import views

app_name = "sheets"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("new/", views.new, name="new"),
    path("templates/<slug:name>.xlsx", views.template, name="template"),
    path("<int:number>/", views.batch, name="batch"),
    path("<int:number>/heads/", views.heads, name="heads"),
    path("<int:number>/codes/", views.codes, name="codes"),
    path("<int:number>/forget/", views.forget, name="forget"),
    path("<int:number>/import/", views.run, name="run"),
    re_path(r"^(?P<number>\d+)/kept\.(?P<form>xlsx|csv)$", views.kept, name="kept"),
]
