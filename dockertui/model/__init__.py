"""What Docker is made of: frozen values with no I/O.

What only an inspection tells is in `container_detail`, which the first screen does without.
"""

from dockertui.model.base import DockerObject, Key
from dockertui.model.container import Container, ContainerState, Endpoint, Health, Mount, Port
from dockertui.model.event import Event
from dockertui.model.image import Image, Layer
from dockertui.model.processes import ProcessTable
from dockertui.model.project import Project
from dockertui.model.system import EngineInfo

__all__ = [
    "Container",
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
    "ProcessTable",
    "Project",
]
