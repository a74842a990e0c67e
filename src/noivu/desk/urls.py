"""Addresses of the room."""

from django.urls import path

from noivu.desk.views import incoming, papers, registering, triage, turning

app_name = "desk"
_IN = "documents/in"
urlpatterns = [
    path(f"{_IN}/", incoming.register, name="incoming"),
    path(f"{_IN}/export/", incoming.export, name="incoming-export"),
    path(f"{_IN}/new/", registering.new, name="incoming-new"),
    path(f"{_IN}/assign/", registering.assign_chosen, name="incoming-assign"),
    path(f"{_IN}/triage/", triage.triage, name="triage"),
    path(f"{_IN}/triage/<int:document_id>/undo/", triage.undo, name="triage-undo"),
    path(f"{_IN}/<int:document_id>/", incoming.document, name="incoming-document"),
    path(f"{_IN}/<int:document_id>/opened/", incoming.opened, name="incoming-opened"),
    path(f"{_IN}/<int:document_id>/history/", incoming.history, name="incoming-history"),
    path(f"{_IN}/<int:document_id>/helping/", incoming.helping, name="incoming-helping"),
    path(f"{_IN}/<int:document_id>/slip/<slug:form>/", incoming.slip, name="incoming-slip"),
    path(f"{_IN}/<int:document_id>/correct/", registering.correct, name="incoming-correct"),
    path(f"{_IN}/<int:document_id>/cancel/", registering.cancel, name="incoming-cancel"),
    path(f"{_IN}/<int:document_id>/remove/", registering.remove, name="incoming-remove"),
    path(f"{_IN}/<int:document_id>/require-reply/", registering.require_reply, name="incoming-require-reply"),
    path(f"{_IN}/<int:document_id>/tasks/", turning.turn, name="incoming-turn"),
    path(f"{_IN}/<int:document_id>/assign/", registering.assign, name="incoming-assign-one"),
    path(f"{_IN}/<int:document_id>/undo/", registering.undo, name="incoming-undo"),
    path("documents/books/<slug:code>/", papers.book, name="book"),
    path("documents/books/<slug:code>/export/", papers.export, name="book-export"),
    path("documents/books/<slug:code>/<int:key>/", papers.line, name="book-line"),
    path("documents/books/<slug:code>/<int:key>/history/", papers.history, name="book-history"),
    path("documents/books/<slug:code>/<int:key>/remove/", papers.remove, name="book-remove"),
    path("documents/books/copies/<int:key>/recopy/", papers.recopy, name="recopy"),
    path("documents/books/kept/<int:key>/return/", papers.give_back, name="kept-return"),
    path("documents/<slug:direction>/<int:document_id>/papers/", papers.of_document, name="papers"),
    path("documents/<slug:direction>/<int:document_id>/copy/", papers.copy, name="copy"),
    path("documents/out/<int:document_id>/post/", papers.post, name="post"),
    path("documents/out/<int:document_id>/lend/", papers.lend, name="lend"),
]
