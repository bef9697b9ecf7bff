"""The compose file and the image, without an engine: schema, references, health, ports and secrets."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
BIN = Path(sys.executable).parent


def test_the_compose_schema_holds():
    command = [str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_hadolint_finds_nothing():
    done = subprocess.run(
        [str(BIN / "hadolint"), "Dockerfile"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_all_parts_are_there():
    wanted = {
        "postgres",
        "airflow-init",
        "airflow-api-server",
        "airflow-scheduler",
        "airflow-dag-processor",
        "airflow-triggerer",
        "dashboard",
    }
    assert set(SERVICES) == wanted


@pytest.mark.parametrize("name", SERVICES)
def test_references_lead_somewhere(name):
    service = SERVICES[name]
    for other, how in service.get("depends_on", {}).items():
        assert other in SERVICES
        if how["condition"] == "service_healthy":
            assert "healthcheck" in SERVICES[other]
    for volume in service.get("volumes", []):
        source = volume.split(":")[0]
        assert source in COMPOSE["volumes"] or (ROOT / source).exists()
    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])


def test_nothing_waits_for_itself():
    def reach(name, path=()):
        assert name not in path, f"cycle through {name}"
        for other in SERVICES[name].get("depends_on", {}):
            reach(other, (*path, name))

    for name in SERVICES:
        reach(name)


def test_ports_are_published_on_loopback_alone():
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert ports and all(port.startswith("127.0.0.1:") for port in ports)


def test_long_running_parts_say_how_they_are():
    assert {name for name, service in SERVICES.items() if "healthcheck" not in service} == {"airflow-init"}


def test_secrets_come_from_the_environment_and_are_named():
    text = (ROOT / "docker-compose.yml").read_text()
    used = set(re.findall(r"\$\{(\w+):\?", text))
    named = set(re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert used == named
    assert not re.findall(r"^\w+=.+$", (ROOT / ".env.example").read_text(), re.MULTILINE), (
        "no value is committed"
    )
    for key in re.findall(r"(\w*(?:PASSWORD|SECRET|FERNET)\w*): (.*)", text):
        assert key[1].startswith("${"), f"{key[0]} is a literal"
    assert not re.findall(r"\$\{\w+(?::-[^}]*)?\}", text), "a secret may not have a default"


def test_all_admins_is_never_on_here():
    assert "ALL_ADMINS" not in (ROOT / "docker-compose.yml").read_text()


def test_what_the_image_copies_exists():
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    sources = [part for line in lines if line.startswith("COPY ") for part in line.split()[1:-1]]
    assert sources and all((ROOT / source).exists() for source in sources)
    assert any(line.startswith("USER 10001") for line in lines)
