"""Every limit of the streaming server in one place (S31): values, units and why. All are settings."""

from msgspec import Struct

from backend.lane import LaneLimits
from backend.resume import DearRules
from protocol.messages import Limits
from protocol.server_session import SessionRules


class ServerLimits(Struct, frozen=True, kw_only=True):
    connections: int = 2000
    """Sockets of this node, handshakes included; more are refused with 503."""
    per_address: int = 20
    per_user: int = 5
    before_login: int = 200
    """Logins at a time; others wait for their turn, within the session's hello time."""
    commands_per_s: float = 10.0
    """Of one user over all sessions; beyond it the answer is `busy`."""
    commands_burst: int = 30
    commands_in_flight: int = 64
    """Of one session, sent and not answered."""
    queries_in_flight: int = 4
    query_timeout_s: float = 10.0
    store_timeout_s: float = 10.0
    """For one look into the log or the token file; then the client is sent away for `store_wait_s`."""
    snapshot_timeout_s: float = 60.0
    store_wait_s: int = 5
    close_timeout_s: float = 2.0
    ping_s: float | None = 20.0
    """The library's own pings, for proxies on the way; nobody waits for their answer (P7)."""
    recheck_s: float = 60.0
    """How often an open session's token is looked at again (S14)."""
    send_buffer: int = 256 * 1024
    """Kernel buffer of a socket: what hides there is not counted, so it is small."""
    write_high: int = 64 * 1024
    """Above this the transport says stop, and frames wait in the lane, shared instead of copied."""
    session: SessionRules = SessionRules()
    import_session: SessionRules = SessionRules(frames_per_s=5000.0, frames_burst=10_000)
    """For sessions with the import right: recorded days come faster than people type."""
    import_commands_per_s: float = 5000.0
    import_in_flight: int = 2048
    lane: LaneLimits = LaneLimits()
    dear: DearRules = DearRules()

    def announced(self) -> Limits:
        rules = self.session
        return Limits(rules.max_inbound, rules.heartbeat_s, rules.silence_s)
