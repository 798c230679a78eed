"""What a container may use, and how that is changed while it lives."""

from __future__ import annotations

from dockertui.sim.answers import JSON, Refusal
from dockertui.sim.container import Container

_LEAST_MEMORY = 6 << 20
_NANO = 1_000_000_000
_PROCESSORS = 8
_UPDATED = (
    *("BlkioWeight", "CpuShares", "CpuPeriod", "CpuQuota", "CpuRealtimePeriod"),
    *("CpuRealtimeRuntime", "CpusetCpus", "CpusetMems", "Memory", "MemorySwap"),
    *("MemoryReservation", "KernelMemory", "NanoCpus"),
)
"""What changes unless it is nothing: an engine cannot tell that from not having been said."""


def check(given: JSON) -> None:
    """Refuse limits that no container can have."""
    memory = given.get("Memory") or 0
    if 0 < memory < _LEAST_MEMORY:
        raise Refusal(400, "Minimum memory limit allowed is 6MB")
    swap = given.get("MemorySwap") or 0
    if memory and 0 < swap < memory:
        raise Refusal(
            400,
            "Minimum memoryswap limit should be larger than memory limit, see usage",
        )
    if not 0 <= (given.get("NanoCpus") or 0) <= _PROCESSORS * _NANO:
        raise Refusal(
            400,
            f"Range of CPUs is from 0.01 to {_PROCESSORS}.00, "
            f"as there are only {_PROCESSORS} CPUs available",
        )


def filled_in(host_config: JSON) -> None:
    """Fill in what an engine does: as much swap as memory where nothing is said."""
    if host_config.get("Memory") and not host_config.get("MemorySwap"):
        host_config["MemorySwap"] = 2 * host_config["Memory"]


def update(container: Container, given: JSON) -> None:
    """Change limits and the restart policy, or refuse all of it."""
    check(given)
    now, name = container.host_config, container.id
    swap = now.get("MemorySwap") or 0
    if 0 < swap < (given.get("Memory") or 0) and not given.get("MemorySwap"):
        raise Refusal(
            400,
            f"Cannot update container {name}: Memory limit should be smaller than already "
            "set memoryswap limit, update the memoryswap at the same time",
        )
    policy = given.get("RestartPolicy") or {}
    if policy.get("Name") and now.get("AutoRemove") and policy["Name"] != "no":
        raise Refusal(
            400,
            f"Cannot update container {name}: Restart policy cannot be updated because "
            "AutoRemove is enabled for the container",
        )
    now.update({key: given[key] for key in _UPDATED if given.get(key)})
    if given.get("PidsLimit") is not None:
        now["PidsLimit"] = given["PidsLimit"] if given["PidsLimit"] > 0 else None
    if policy.get("Name"):
        now["RestartPolicy"] = {"Name": policy["Name"], "MaximumRetryCount": 0} | policy
    container.changed()
    container.emit("update")
