"""Renode's side of its co-simulation socket, for tests: what SocketConnection.cs and CoSimulationConnection.cs do, byte by byte.

Renode itself is not run. It listens on two ports, starts the simulation with them, shakes hands on the main one, and from then on
asks on the main one and is answered there, but for ticks, which are answered on the asynchronous one, where interrupts and lines of
its log come too.
"""

import socket
import struct
import subprocess

(TICK_CLOCK, WRITE, READ, RESET, LOG_MESSAGE, INTERRUPT, DISCONNECT, ERROR, OK, HANDSHAKE) = range(1, 11)
READS = {8: 21, 16: 22, 32: 23, 64: 24, None: READ}
WRITES = {8: 25, 16: 26, 32: 27, 64: 28, None: WRITE}
# A message: action, address, data and, since 2025, the index of a peripheral.
FORMATS = {20: "<iQQ", 24: "<iQQi"}
SECONDS = 20


class Renode:
    """A simulation that is connected. `size`: bytes of a message. `index`: of the peripheral, as platforms give it."""

    def __init__(self, command, arguments=(), size=24, handshake=HANDSHAKE, index=0):
        self.size, self.index = size, index
        listeners = [socket.create_server(("127.0.0.1", 0), backlog=1) for _ in range(2)]
        ports = [str(each.getsockname()[1]) for each in listeners]
        self.process = subprocess.Popen([command, *ports, "127.0.0.1", *arguments], stderr=subprocess.PIPE, text=True)
        sockets = []
        for listener in listeners:
            listener.settimeout(SECONDS)
            sockets.append(listener.accept()[0])
            sockets[-1].settimeout(SECONDS)
            sockets[-1].setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            listener.close()
        self.main, self.asynchronous = sockets
        if handshake is not None:
            self.send(handshake, index=-1)
        if handshake == HANDSHAKE:
            assert self.receive(self.main) == (HANDSHAKE, 0, 0, -1)

    def packed(self, action, address=0, data=0, index=None):
        index = self.index if index is None else index
        fields = (action, address, data, index) if self.size == 24 else (action, address, data)
        return struct.pack(FORMATS[self.size], *fields)

    def send(self, action, address=0, data=0, index=None):
        self.main.sendall(self.packed(action, address, data, index))

    def receive(self, connection):
        """The next message: action, address, data, index (-1 of those that have none); of a log message its text for the index."""
        fields = struct.unpack(FORMATS[self.size], self.bytes_of(connection, self.size))
        if fields[0] == LOG_MESSAGE:
            return (*fields[:3], self.bytes_of(connection, fields[1]).decode("ascii"))
        return (*fields, -1)[:4]

    @staticmethod
    def bytes_of(connection, count):
        got = b""
        while len(got) < count:
            more = connection.recv(count - len(got))
            if not more:
                raise EOFError(f"closed after {len(got)} of {count} bytes")
            got += more
        return got

    def read(self, width, address):
        """What a read returns, None where it ended with an error."""
        self.send(READS[width], address)
        action, at, data, index = self.receive(self.main)
        assert (action, index) == (ERROR, self.own) or (action, at, index) == (READ, address, self.own), (action, at, index)
        return None if action == ERROR else data

    def write(self, width, address, data):
        """Whether a write ended without an error."""
        self.send(WRITES[width], address, data)
        action, _, _, index = self.receive(self.main)
        assert action in (OK, ERROR) and index == self.own, (action, index)
        return action == OK

    @property
    def own(self):
        """The index that answers have."""
        return self.index if self.size == 24 else -1

    def tick(self, ticks):
        """Lets time pass. Returns what came on the asynchronous socket until the answer."""
        self.send(TICK_CLOCK, data=ticks, index=-1)
        return self.until(TICK_CLOCK)

    def until(self, action):
        """What comes on the asynchronous socket before a message of an action."""
        came = []
        while True:
            message = self.receive(self.asynchronous)
            if message[0] == action:
                return came
            came.append(message)

    def disconnect(self):
        """Ends the simulation as Renode does. Returns what came before its answer."""
        self.send(DISCONNECT, index=-1)
        return self.until(OK)

    def ended(self):
        """How the simulation ended, and what it said; it has to end by itself."""
        try:
            said = self.process.communicate(timeout=SECONDS)[1]
        finally:
            self.close()
        return self.process.returncode, said

    def close(self):
        """Ends all, whatever the simulation does."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for each in (self.main, self.asynchronous, self.process.stderr):
            each.close()
