"""A service's front door, as a type: all that the gateway, a worker or a container may use of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from celery import Celery
from fastapi import FastAPI

from shared.bus.ear import Ear
from shared.bus.worker import worker_of
from shared.effects.performer import Performer


@dataclass(frozen=True, slots=True)
class Service:
    """`paths` are the prefixes that the service answers behind the one address, longest match first."""

    name: str
    paths: tuple[str, ...]
    web: FastAPI
    ear: Ear
    performers: Mapping[str, Performer] = field(default_factory=dict)

    def worker(self) -> Celery:
        return worker_of(self.ear, self.performers)
