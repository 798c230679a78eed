"""What Docker is made of: frozen values with no I/O."""

from dockertui.model.base import DockerObject, Key
from dockertui.model.container import Container, ContainerState, Endpoint, Health, Mount, Port
from dockertui.model.container_detail import ContainerDetail, Probe, ProcessTable
from dockertui.model.event import Event
from dockertui.model.image import Image, Layer
from dockertui.model.system import EngineInfo

__all__ = [
    "Container",
    "ContainerDetail",
    "ContainerState",
    "DockerObject",
    "Endpoint",
    "EngineInfo",
    "Event",
    "Health",
    "Image",
    "Key",
    "Layer",
    "Mount",
    "Port",
    "Probe",
    "ProcessTable",
]
