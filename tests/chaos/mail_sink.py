"""A mail server that takes everything and remembers what it took; it can be down, and it can lie."""

import email
import socketserver
import threading
from collections import Counter


class Conversation(socketserver.StreamRequestHandler):
    server: "Sink"

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.server.take(self.read_message())
                if self.server.tell_lie():
                    return  # taken, and never a word of it
                self.say("250 taken")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 yes")

    def read_message(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line)
        return b"".join(lines)

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")


class Sink(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, port: int, taken: Counter[str]) -> None:
        super().__init__(("127.0.0.1", port), Conversation)
        self.taken = taken
        self.lies = 0
        self.lock = threading.Lock()

    def tell_lie(self) -> bool:
        with self.lock:
            self.lies, lied = max(0, self.lies - 1), self.lies > 0
        return lied

    def take(self, message: bytes) -> None:
        with self.lock:
            self.taken[email.message_from_bytes(message)["Message-ID"]] += 1


class MailServer:
    """`taken` counts messages by their Message-ID, over all its lives."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.taken: Counter[str] = Counter()
        self.sink: Sink | None = None

    def start(self) -> None:
        self.sink = Sink(self.port, self.taken)
        threading.Thread(target=self.sink.serve_forever, args=(0.05,), daemon=True).start()

    def lie(self, count: int) -> None:
        """Take the next mails and close the connection in place of an answer."""
        self.sink.lies = count

    def stop(self) -> None:
        self.sink.shutdown()
        self.sink.server_close()
