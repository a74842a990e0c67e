"""/planning/: plans of reorganisation, each with its events and what it would do."""

from django.urls import path

from noivu.planning.views import acts, events, plans

app_name = "planning"
urlpatterns = [
    path("", plans.plans, name="plans"),
    path("new/", plans.new, name="new"),
    path("bring/", plans.bring, name="bring"),
    path("<int:plan_id>/", plans.plan, name="plan"),
    path("<int:plan_id>/head/", plans.head, name="head"),
    path("<int:plan_id>/text/", plans.text, name="text"),
    path("<int:plan_id>/text/download/", plans.download, name="download"),
    path("<int:plan_id>/units/", plans.units_after, name="units-after"),
    path("<int:plan_id>/things/", plans.things, name="things"),
    path("<int:plan_id>/history/", plans.history, name="history"),
    path("<int:plan_id>/set-aside/", plans.set_aside, name="set-aside"),
    path("<int:plan_id>/take-up/", plans.take_up, name="take-up"),
    path("<int:plan_id>/annex/<slug:form>/", acts.annex, name="annex"),
    path("<int:plan_id>/carry-out/", acts.carry_out, name="carry-out"),
    path("<int:plan_id>/take-back/", acts.take_back, name="take-back"),
    path("<int:plan_id>/events/add/<slug:kind>/", events.add, name="add"),
    path("<int:plan_id>/events/<int:number>/", events.change, name="event"),
    path("<int:plan_id>/events/<int:number>/remove/", events.remove, name="remove"),
    path("<int:plan_id>/events/<int:number>/move/", events.move, name="move"),
]
