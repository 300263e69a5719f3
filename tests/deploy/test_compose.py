"""docker-compose.yml against the product: nothing forgotten, nothing open, nobody who knows another's secret."""

import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

from gateway.processes.pace import LINGER_S
from services.identity.settings import SignInSettings
from shared.bus.broker import SERVICES
from shared.service import Service
from shared.settings import Settings

ROOT = Path(__file__).parents[2]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
CONTAINERS: dict[str, Any] = COMPOSE["services"]
ENGINES = {"postgres", "redis"}
KINDS = ("web", "worker", "relay")
OURS = {name: container for name, container in CONTAINERS.items() if name not in ENGINES}
OF_SERVICES = {f"{kind}-{service}": (kind, service) for kind in KINDS for service in SERVICES}


def front_door(service: str) -> Service:
    found: Service = import_module(f"services.{service}.main").service
    return found


def secrets_of(container: dict[str, Any]) -> dict[str, str]:
    """{name of the secret: name of the file in the container}."""
    given = container.get("secrets", [])
    return {one: one for one in given if isinstance(one, str)} | {
        one["source"]: one["target"] for one in given if isinstance(one, dict)
    }


@pytest.mark.parametrize("name", OF_SERVICES)
def test_every_service_has_a_web_process_a_worker_and_a_relay_from_its_own_image(name: str) -> None:
    kind, service = OF_SERVICES[name]
    container = CONTAINERS[name]
    assert container["command"][:4] == ["python", "-m", "deploy.process", kind]
    assert container["build"]["args"]["SERVICE"] == service
    assert container["build"]["target"] == "service"
    assert container["image"].startswith(f"guongsang-{service}:")


def test_there_is_no_container_but_those_known() -> None:
    assert set(CONTAINERS) == ENGINES | {"migrate", "admin", "housekeeper", "proxy"} | set(OF_SERVICES)


@pytest.mark.parametrize("name", sorted(set(OURS) - {"proxy", "migrate"}))
def test_everything_begins_after_the_migration_and_the_broker(name: str) -> None:
    assert CONTAINERS[name]["depends_on"] == {
        "migrate": {"condition": "service_completed_successfully"},
        "redis": {"condition": "service_healthy"},
    }
    assert CONTAINERS["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


def test_only_the_proxy_can_be_reached_from_outside() -> None:
    assert [name for name, container in CONTAINERS.items() if "ports" in container] == ["proxy"]
    assert not [name for name, container in CONTAINERS.items() if container.get("network_mode")]
    assert COMPOSE["networks"]["front"]["internal"] is True
    assert COMPOSE["networks"]["back"]["internal"] is True
    assert set(CONTAINERS["proxy"]["networks"]) == {"edge", "front"}


def test_only_workers_that_act_outside_have_a_way_out() -> None:
    with_a_way_out = {name for name, container in CONTAINERS.items() if "outside" in container["networks"]}
    workers = {
        f"worker-{service}"
        for service in SERVICES
        if any(not performer.within for performer in front_door(service).performers.values())
    }
    assert with_a_way_out == workers | {"web-identity"}  # which asks the provider of OpenID Connect


def test_every_secret_that_a_container_names_is_declared_and_every_declared_one_is_used() -> None:
    named = {secret for container in CONTAINERS.values() for secret in secrets_of(container)}
    assert named == set(COMPOSE["secrets"])


@pytest.mark.parametrize("name", OF_SERVICES)
def test_a_service_knows_its_own_password_and_neither_the_owners_nor_another_services(name: str) -> None:
    _, service = OF_SERVICES[name]
    known = secrets_of(CONTAINERS[name])
    assert known.pop(f"role_{service}") == "guongsang_role_password"
    assert known.pop("redis_url") == "guongsang_redis_url"
    assert set(known) <= {"smtp_password"} | ({"sign_in_key", "oidc_client_secret"} if service == "identity" else set())
    assert CONTAINERS[name]["environment"]["GUONGSANG_DATABASE_URL"] == "postgresql://postgres:5432/guongsang"


def test_settings_read_every_secret_and_every_variable_that_is_ours() -> None:
    read = {f"guongsang_{field}" for field in Settings.model_fields | SignInSettings.model_fields}
    for name in OURS.keys() - {"proxy"}:
        given = set(secrets_of(CONTAINERS[name]).values()) | {key.lower() for key in CONTAINERS[name]["environment"]}
        assert given <= read, name


@pytest.mark.parametrize("name", OURS)
def test_our_containers_are_bound(name: str) -> None:
    container = CONTAINERS[name]
    assert container["read_only"] is True
    assert container["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in container["security_opt"]
    assert not {"privileged", "container_name", "user"} & set(container)  # a fixed name could not be scaled


def test_workers_can_be_scaled_and_have_processes_of_their_own() -> None:
    for service in SERVICES:
        assert CONTAINERS[f"worker-{service}"]["command"][4:] == ["--processes", "2"]


def test_web_processes_and_workers_have_their_health_check_here_where_every_engine_reads_it() -> None:
    for name, (kind, _) in OF_SERVICES.items():
        check = CONTAINERS[name].get("healthcheck", {}).get("test")
        assert check == (None if kind == "relay" else ["CMD", "python", "-m", "deploy.health", kind]), name
    assert "HEALTHCHECK" not in (ROOT / "Dockerfile").read_text(encoding="utf-8")


def test_relays_let_deliveries_gather_as_long_as_in_the_embedded_run() -> None:
    for service in SERVICES:
        lingers = CONTAINERS[f"relay-{service}"]["command"][4:]
        assert lingers == (["--linger", str(LINGER_S[service])] if service in LINGER_S else [])


def test_files_are_shared_by_those_who_write_and_read_them() -> None:
    with_files = {name for name, one in CONTAINERS.items() if "files:/var/lib/guongsang" in one.get("volumes", [])}
    assert with_files == {"web-nomination", "worker-nomination", "web-publish", "worker-publish", "admin"}


def test_published_heads_are_out_of_every_services_reach() -> None:
    with_heads = {
        name for name, one in CONTAINERS.items() if any("chain:" in volume for volume in one.get("volumes", []))
    }
    assert with_heads == {"housekeeper", "admin"}


def test_every_volume_and_network_is_declared_and_used() -> None:
    networks = {network for container in CONTAINERS.values() for network in container["networks"]}
    volumes = {volume.split(":")[0] for container in CONTAINERS.values() for volume in container.get("volumes", [])}
    assert networks == set(COMPOSE["networks"])
    assert {volume for volume in volumes if not volume.startswith(".")} == set(COMPOSE["volumes"])
    assert all((ROOT / volume).is_dir() for volume in volumes if volume.startswith("."))


def test_the_broker_keeps_a_log_evicts_nothing_and_lets_nobody_in_without_a_password() -> None:
    lines = (ROOT / "deploy/redis/valkey.conf").read_text(encoding="utf-8").splitlines()
    assert {"appendonly yes", "maxmemory-policy noeviction", "aclfile /run/secrets/redis_users"} <= set(lines)
    assert any(re.fullmatch(r"maxmemory \d+mb", line) for line in lines)
    assert secrets_of(CONTAINERS["redis"]) == {"redis_users": "redis_users"}


def test_tls_adds_certificates_and_a_port_to_the_proxy_and_nothing_else() -> None:
    text = (ROOT / "deploy/tls.yml").read_text(encoding="utf-8")
    more = yaml.safe_load(text)
    assert set(more["services"]) == {"proxy"}
    template = ROOT / "deploy/proxy/tls/server.conf.template"
    for secret in more["services"]["proxy"]["secrets"]:
        assert f"/run/secrets/{secret};" in template.read_text(encoding="utf-8")
        assert secret in more["secrets"]
