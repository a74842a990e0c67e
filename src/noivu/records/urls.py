"""Addresses of the room."""

from django.urls import path

from noivu.records.views import dispatches, files, off_network, outgoing, registers, texts

app_name = "records"
_OUT = "documents/out"
urlpatterns = [
    path(f"{_OUT}/", outgoing.register, name="outgoing"),
    path(f"{_OUT}/export/", outgoing.export, name="outgoing-export"),
    path(f"{_OUT}/new/", outgoing.new, name="outgoing-new"),
    path(f"{_OUT}/<int:document_id>/", outgoing.document, name="outgoing-document"),
    path(f"{_OUT}/<int:document_id>/opened/", outgoing.opened, name="outgoing-opened"),
    path(f"{_OUT}/<int:document_id>/history/", outgoing.history, name="outgoing-history"),
    path(f"{_OUT}/<int:document_id>/correct/", outgoing.correct, name="outgoing-correct"),
    path(f"{_OUT}/<int:document_id>/cancel/", outgoing.cancel, name="outgoing-cancel"),
    path(f"{_OUT}/<int:document_id>/remove/", outgoing.remove, name="outgoing-remove"),
    path(f"{_OUT}/<int:document_id>/send/", dispatches.send, name="send"),
    path(f"{_OUT}/<int:document_id>/recall/", dispatches.recall, name="recall"),
    path("documents/waiting/", dispatches.waiting, name="waiting"),
    path("documents/waiting/<int:dispatch_id>/", dispatches.sent, name="sent"),
    path("documents/waiting/<int:dispatch_id>/files/<int:file_id>/", dispatches.sent_file, name="sent-file"),
    path("documents/waiting/<int:dispatch_id>/files/<int:file_id>/shown/", dispatches.sent_shown, name="sent-shown"),
    path("documents/waiting/<int:dispatch_id>/register/", dispatches.receive, name="receive"),
    path("documents/waiting/<int:dispatch_id>/return/", dispatches.give_back, name="give-back"),
    path("documents/waiting/<int:dispatch_id>/recall/", dispatches.answer, name="answer-recall"),
    path("documents/<slug:direction>/<int:document_id>/files/", files.attach, name="attach"),
    path("documents/files/<int:file_id>/", files.download, name="file"),
    path("documents/files/<int:file_id>/shown/", files.shown, name="shown"),
    path("documents/files/<int:file_id>/remove/", files.detach, name="detach"),
    path("documents/text/", texts.search, name="texts"),
    path("documents/registers/", registers.registers, name="registers"),
    path("documents/registers/<int:book_id>/export/", registers.export, name="register-export"),
    path("documents/off-network/", off_network.declared, name="off-network"),
    path("documents/off-network/<int:declaration_id>/", off_network.declaration, name="declaration"),
]
