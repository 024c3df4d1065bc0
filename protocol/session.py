"""Both ends of a connection under one name; each lives in a file of its own."""

from protocol.client_session import ClientSession
from protocol.server_session import ServerSession

__all__ = ["ClientSession", "ServerSession"]
