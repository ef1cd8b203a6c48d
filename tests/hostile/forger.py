"""A given cell for the attacks on the wire: it takes the learner's end of the connection to the tests' process.

Any submission could do the same. It is a file of its own so that it is checked like other code.
"""

import os
import sys


class Forger:
    """Says what it likes over the connection of the process it is made in."""

    def __init__(self):
        frame = sys._getframe(1)
        while frame is not None:
            for value in list(frame.f_locals.values()):
                if type(value).__name__ == "LearnersEnd":
                    self.channel = value.channel
                    self.was_answered = False
                    return
            frame = frame.f_back
        raise LookupError("the learner's end of the connection was not found")

    def raw(self, data):
        os.write(self.channel.write_fd, data)

    def send(self, message, buffers=()):
        self.channel.send(message, buffers)

    def receive(self):
        return self.channel.receive()[0]

    def ask(self, operation, *packed):
        self.send(["ask", operation, list(packed), [], None])
        reply = self.receive()
        if reply[0] != "value":
            raise ValueError("refused")
        self.was_answered = True
        return reply

    def call(self, function, *packed):
        return self.ask("call", function, ["l", list(packed)], ["d", []])

    def say_no_more(self):
        """Keep back the next message: the real reply, which would come after the forged one."""
        send = self.channel.send

        def swallow(*_):
            self.channel.send = send

        self.channel.send = swallow
