"""Put first on PYTHONPATH, this refuses every network socket in a process that a test starts."""

import socket


class _Refused(socket.socket):
    def connect(self, address):
        if self.family != socket.AF_UNIX:
            message = f"the test suite is offline; something tried to reach {address}"
            raise OSError(message)
        return super().connect(address)


socket.socket = _Refused
