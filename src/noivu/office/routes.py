"""Addresses of tasks, of recommendations, and of what waits for the reader."""

from django.urls import path

from noivu.office.views import load, matters, my, recommendations, tasks

_ONE = "recommendations/<int:obligation_id>/"
OBLIGATION_ROUTES = [
    path("tasks/", tasks.tasks, name="tasks"),
    path("tasks/export/", tasks.tasks_export, name="tasks-export"),
    path("tasks/new/", tasks.task_new, name="task-new"),
    path("tasks/<int:obligation_id>/", tasks.task, name="task"),
    path("tasks/<int:obligation_id>/opened/", tasks.task_opened, name="task-opened"),
    path("tasks/<int:obligation_id>/correct/", tasks.task_correct, name="task-correct"),
    path("recommendations/", recommendations.recommendations, name="recommendations"),
    path("recommendations/export/", recommendations.recommendations_export, name="recommendations-export"),
    path("recommendations/new/", recommendations.recommendation_new, name="recommendation-new"),
    path("recommendations/sessions/", recommendations.sessions, name="sessions"),
    path("recommendations/sessions/new/", recommendations.session_edit, name="session-new"),
    path("recommendations/sessions/<int:session_id>/", recommendations.session_edit, name="session"),
    path(_ONE, recommendations.recommendation, name="recommendation"),
    path(
        f"{_ONE}opened/",
        recommendations.recommendation_opened,
        name="recommendation-opened",
    ),
    path(
        f"{_ONE}correct/",
        recommendations.recommendation_correct,
        name="recommendation-correct",
    ),
    *matters.routes(),
    path("my/", my.my_work, name="my"),
    path("due/", my.due, name="due"),
    path("load/", load.load, name="load"),
    path("load/<slug:part>/", load.rows, name="load-rows"),
]
