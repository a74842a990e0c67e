"""A mail server of the tests: a thread that speaks as much SMTP as the product asks for, and keeps what it took."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from typing import Any


class MailServer(socketserver.ThreadingTCPServer):
    """What it takes stands in `taken`; `refuses` names addresses that it will not have, with its answer."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), _Talk)
        self.taken: list[Message] = []
        self.refuses: dict[str, str] = {}
        self.breaks_after_data = False

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def message_ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.taken]


class _Talk(socketserver.StreamRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            words = line.decode().strip()
            verb = words[:4].upper()
            if verb == "QUIT":
                return self._say("221 bye")
            if verb == "DATA":
                self._say("354 go on")
                self.server.taken.append(message_from_bytes(self._letter()))
                if self.server.breaks_after_data:
                    return None
            self._say(self._answer(verb, words))
        return None

    def _answer(self, verb: str, words: str) -> str:
        refused = next((said for address, said in self.server.refuses.items() if address in words), "")
        return refused if verb == "RCPT" and refused else "250 fine"

    def _letter(self) -> bytes:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def mail_server(port: int = 0) -> Iterator[MailServer]:
    """A mail server that runs for a while."""
    with MailServer(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def sends_to(settings: Any, port: int) -> None:
    """Let the product send to a mail server of the tests."""
    settings.NOIVU_SENDS_EMAIL, settings.EMAIL_HOST, settings.EMAIL_PORT = True, "127.0.0.1", port
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_SSL = False
    settings.NOIVU_URL = "https://noivu.example.gov.vn"
