"""What a case asks of an implementation: the class of its verdict."""

from __future__ import annotations

from suites import _bus as bus

VALID = "valid"                     # everything in it is carried out
MUST_REFUSE = "must-refuse"         # an access or a request in it has to be refused, and to change nothing else
IMPLEMENTATION = "implementation-defined"   # more than one answer passes: `free` says which


def verdict(kind: str, case: dict) -> str:
    """Of a case with `given` and `expect`. That of accesses is run for it."""
    if "free" in case:
        return IMPLEMENTATION
    if kind == "firmware":
        refused = any(reply[0] != 0 for reply in case["expect"]["replies"])
    else:
        refused = kind == "bus" and bus.made(case["given"]).refusals > 0
    return MUST_REFUSE if refused else VALID
