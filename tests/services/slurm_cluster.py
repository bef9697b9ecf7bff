"""A real one-node Slurm with accounting (munge, MariaDB, slurmdbd, slurmctld, slurmd), without systemd."""

from __future__ import annotations

import os
import pwd
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from .debian import which
from .processes import Server, free_port, port_open, run

CLUSTER = "footing"
ACCOUNTS = ("claims", "docai")


@dataclass(frozen=True)
class Cluster:
    """What a client of the cluster needs to know."""

    slurm_conf: Path
    database_socket: Path

    @property
    def env(self) -> dict[str, str]:
        """Environment for sbatch, sacct and the rest; sacct prints local time, so the zone is said."""
        return {"SLURM_CONF": str(self.slurm_conf), "TZ": "UTC"}

    def submit(
        self, name: str, account: str, command: str, *, comment: str = "", gpus: int = 1, array: str = ""
    ) -> str:
        """Submit a job and give its id."""
        argv = ["sbatch", "--parsable", f"--job-name={name}", f"--account={account}", "--output=/dev/null"]
        argv += [f"--gres=gpu:{gpus}", f"--comment={comment}", "--ntasks=1", f"--wrap={command}"]
        argv += [f"--array={array}"] if array else []
        return run(argv, env=self.env).strip().split(";")[0]

    def state_of(self, job_id: str) -> str:
        """Give the state of a job or task now."""
        return run(["squeue", "-h", "-o", "%T", "-j", job_id], env=self.env).strip()

    def requeue(self, job_id: str) -> None:
        """Stop a running job and let it run once more at once."""
        run(["scontrol", "requeue", job_id], env=self.env)
        deadline = time.monotonic() + 30
        while self.state_of(job_id) != "PENDING" and time.monotonic() < deadline:
            time.sleep(0.2)
        # Slurm holds a requeued job back for two minutes.
        run(["scontrol", "update", f"JobId={job_id}", "StartTime=now"], env=self.env)

    def date_back(self, job_id: str, start: datetime, seconds: int) -> None:
        """Rewrite accounting so that an ended job and its steps ran at another time."""
        begin = int(start.timestamp())
        jobs, steps = (f"slurm_acct_db.{CLUSTER}_{table}_table" for table in ("job", "step"))
        times = f"time_start={begin}, time_end={begin + seconds}"
        statements = [
            f"update {steps} set {times} where job_db_inx in (select job_db_inx from {jobs} where id_job={job_id})",
            f"update {jobs} set time_submit={begin}, time_eligible={begin}, {times} where id_job={job_id}",
        ]
        run(["mariadb", "--no-defaults", f"--socket={self.database_socket}", "-e", ";".join(statements)])

    def wait_for(self, job_ids: list[str], seconds: float = 60) -> None:
        """Return when accounting knows the end of every job."""
        deadline = time.monotonic() + seconds
        argv = ["sacct", "-X", "-n", "-P", "-o", "JobID,State,End", "-j", ",".join(job_ids)]
        while True:
            rows = [line.split("|") for line in run(argv, env=self.env).splitlines()]
            if len(rows) == len(job_ids) and all(
                r[1] not in ("PENDING", "RUNNING", "REQUEUED") for r in rows
            ):
                return
            if time.monotonic() > deadline:
                raise RuntimeError(f"jobs not ended after {seconds:.0f} s: {rows}")
            time.sleep(0.3)


def start_slurm(directory: Path) -> Iterator[Cluster]:
    """Bring the cluster up until its node is idle; stop every daemon afterwards, last started first."""
    if os.geteuid() != 0:
        pytest.fail(
            "the Slurm test starts munged and mariadbd under their own users: run as root", pytrace=False
        )
    directory.chmod(0o755)  # munged and mariadbd run under users of their own and must reach theirs
    servers: list[Server] = []
    try:
        munge_socket = _start_munge(directory, servers)
        database_port = _start_mariadb(directory, servers)
        cluster = _start_slurm_daemons(directory, servers, munge_socket, database_port)
        yield cluster
    finally:
        for server in reversed(servers):
            server.stop()


def _owned_directory(path: Path, user: str) -> Path:
    path.mkdir(mode=0o755)
    record = pwd.getpwnam(user)
    os.chown(path, record.pw_uid, record.pw_gid)
    return path


def _start_munge(directory: Path, servers: list[Server]) -> Path:
    home = _owned_directory(directory / "munge", "munge")
    key, sock = home / "munge.key", home / "socket"
    key.write_bytes(os.urandom(128))
    record = pwd.getpwnam("munge")
    os.chown(key, record.pw_uid, record.pw_gid)
    key.chmod(0o400)
    files = [f"--key-file={key}", f"--socket={sock}", f"--pid-file={home}/pid"]
    files += [f"--log-file={home}/log", f"--seed-file={home}/seed"]
    server = Server([_path("munged"), "--foreground", *files], directory / "munged.log", user="munge")
    servers.append(server)
    server.wait_until(sock.exists)
    return sock


def _start_mariadb(directory: Path, servers: list[Server]) -> int:
    home = _owned_directory(directory / "mariadb", "mysql")
    data, sock, port = home / "data", home / "socket", free_port()
    install = ["mariadb-install-db", "--no-defaults", "--user=mysql", f"--datadir={data}"]
    run([*install, "--auth-root-authentication-method=normal", "--skip-test-db"])
    argv = [_path("mariadbd"), "--no-defaults", "--user=mysql", f"--datadir={data}", f"--socket={sock}"]
    argv += ["--bind-address=127.0.0.1", f"--port={port}", f"--pid-file={home}/pid"]
    argv += ["--innodb-buffer-pool-size=64M", "--innodb-flush-log-at-trx-commit=2"]
    server = Server(argv, directory / "mariadbd.log", user="mysql")
    servers.append(server)
    server.wait_until(lambda: port_open(port))
    grants = "".join(
        f"create user slurm@'{host}' identified by 'slurm'; grant all on slurm_acct_db.* to slurm@'{host}';"
        for host in ("127.0.0.1", "localhost")
    )
    run(["mariadb", "--no-defaults", f"--socket={sock}", "-e", f"create database slurm_acct_db;{grants}"])
    return port


def _start_slurm_daemons(directory: Path, servers: list[Server], munge: Path, database_port: int) -> Cluster:
    ports = {name: free_port() for name in ("slurmdbd", "slurmctld", "slurmd")}
    host = socket.gethostname().split(".")[0]
    for name in ("state", "spool"):
        (directory / name).mkdir()
    for index in range(2):
        # The fake GPUs are null devices: accounting counts them, nothing computes on them.
        os.mknod(directory / f"nv{index}", 0o600 | 0o020000, os.makedev(1, 3))
    _write_conf(directory / "slurmdbd.conf", _slurmdbd_conf(directory, munge, database_port, ports), 0o600)
    _write_conf(directory / "slurm.conf", _slurm_conf(directory, munge, host, ports), 0o644)
    gres = f"NodeName={host} Name=gpu Type=fake File={directory}/nv[0-1]\n"
    _write_conf(directory / "gres.conf", gres, 0o644)
    cluster = Cluster(directory / "slurm.conf", directory / "mariadb" / "socket")

    def start(name: str) -> Server:
        server = Server([_path(name), "-D"], directory / f"{name}.out", env=cluster.env)
        servers.append(server)
        return server

    start("slurmdbd").wait_until(lambda: port_open(ports["slurmdbd"]))
    run(["sacctmgr", "-i", "add", "cluster", CLUSTER], env=cluster.env)
    for account in ACCOUNTS:
        run(
            ["sacctmgr", "-i", "add", "account", account, "Description=test", "Organization=test"],
            env=cluster.env,
        )
        run(["sacctmgr", "-i", "add", "user", "root", f"account={account}"], env=cluster.env)
    start("slurmctld").wait_until(lambda: port_open(ports["slurmctld"]))
    start("slurmd").wait_until(lambda: _node_idle(cluster))
    return cluster


def _slurmdbd_conf(directory: Path, munge: Path, database_port: int, ports: dict[str, int]) -> str:
    return f"""\
AuthType=auth/munge
AuthInfo=socket={munge}
DbdHost=localhost
DbdAddr=127.0.0.1
DbdPort={ports["slurmdbd"]}
SlurmUser=root
StorageType=accounting_storage/mysql
StorageHost=127.0.0.1
StoragePort={database_port}
StorageUser=slurm
StoragePass=slurm
StorageLoc=slurm_acct_db
LogFile={directory}/slurmdbd.log
PidFile={directory}/slurmdbd.pid
"""


def _slurm_conf(directory: Path, munge: Path, host: str, ports: dict[str, int]) -> str:
    # AccountingStoragePass is the munge socket here: sacctmgr looks in /run/munge without it.
    return f"""\
ClusterName={CLUSTER}
SlurmctldHost={host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={munge}
CredType=cred/munge
SlurmctldPort={ports["slurmctld"]}
SlurmdPort={ports["slurmd"]}
SlurmctldPidFile={directory}/slurmctld.pid
SlurmdPidFile={directory}/slurmd.pid
SlurmctldLogFile={directory}/slurmctld.log
SlurmdLogFile={directory}/slurmd.log
StateSaveLocation={directory}/state
SlurmdSpoolDir={directory}/spool
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SwitchType=switch/none
MpiDefault=none
ReturnToService=2
GresTypes=gpu
AccountingStorageType=accounting_storage/slurmdbd
AccountingStorageHost=127.0.0.1
AccountingStoragePort={ports["slurmdbd"]}
AccountingStoragePass={munge}
AccountingStorageTRES=gres/gpu
AccountingStoreFlags=job_comment
JobAcctGatherType=jobacct_gather/linux
JobAcctGatherFrequency=1
NodeName={host} NodeAddr=127.0.0.1 CPUs={min(os.cpu_count() or 1, 2)} Gres=gpu:fake:2
PartitionName=gpu Nodes={host} Default=YES MaxTime=60 State=UP OverSubscribe=NO
"""


def _write_conf(path: Path, text: str, mode: int) -> None:
    path.write_text(text)
    path.chmod(mode)


def _node_idle(cluster: Cluster) -> bool:
    return run(["sinfo", "-h", "-o", "%T"], env=cluster.env).strip() == "idle"


def _path(command: str) -> str:
    found = which(command)
    if found is None:
        raise RuntimeError(f"{command} is not installed")
    return found
