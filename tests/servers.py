"""Real servers for the suites: on loopback, on a port of their own, below a
folder of their own, and as an ordinary user where the tests run as root (a
database refuses to run as root, and no test should need it).

    sys.path.insert(0, TOP + "/tests")
    import servers
    with servers.folder() as work:
        server = servers.Server(["nginx", "-p", work, ...], port)
        ...
        server.stop()

What was started is stopped when the program ends, whatever happened to it.
"""
import atexit, contextlib, glob, os, pwd, shutil, signal, socket, subprocess
import tempfile, time


def ordinary():
    """Arguments of subprocess for a child without privileges."""
    if os.getuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


@contextlib.contextmanager
def folder():
    """An empty folder that belongs to who runs the servers."""
    path = tempfile.mkdtemp(prefix="mdx-test-")
    os.chmod(path, 0o755)
    if os.getuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(path, user.pw_uid, user.pw_gid)
    try:
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def answers(port):
    """Whether something listens: on a port, or on a socket with a path."""
    try:
        if isinstance(port, str):
            with socket.socket(socket.AF_UNIX) as s:
                s.connect(port)
        else:
            socket.create_connection(("127.0.0.1", port), 1).close()
        return True
    except OSError:
        return False


def wait_for(ready, seconds=20):
    """Whether ready() became true in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if ready():
            return True
        time.sleep(0.05)
    return False


class Server:
    """A process that stays in the foreground and listens on a port, or on a
    socket with a path."""
    running = []

    def __init__(self, command, port, cwd=None, env=None, log=None,
            soft=signal.SIGTERM):
        self.command, self.port, self.cwd = command, port, cwd
        self.env, self.soft = env, soft
        self.log = log or os.devnull
        self.start()

    def start(self):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(self.command, cwd=self.cwd,
                env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                **ordinary())
        Server.running.append(self)
        if not wait_for(lambda: answers(self.port)
                or self.process.poll() is not None) or \
                self.process.poll() is not None:
            self.stop()
            with open(self.log, "rb") as log:
                said = log.read()[-600:].decode(errors="replace")
            raise RuntimeError(f"{self.command[0]} does not answer\n{said}")

    def stop(self, number=None):
        """By the signal, else as the server likes it; waits for its end."""
        if self in Server.running:
            Server.running.remove(self)
        if self.process.poll() is None:
            self.process.send_signal(number or self.soft)
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()


@atexit.register
def stop_all():
    for server in list(Server.running):
        server.stop()


class Postgres(Server):
    """A cluster of its own below the folder; user `app` with this password."""
    user, password = "app", "s3cret-of-app"

    @staticmethod
    def programs():
        """The newest installed, or None."""
        found = sorted(glob.glob("/usr/lib/postgresql/*/bin"),
            key=lambda path: int(path.split("/")[4]))
        return found[-1] if found else None

    def __init__(self, work, encoding="UTF8"):
        bin = Postgres.programs()
        data = os.path.join(work, "postgres")
        secret = os.path.join(work, "postgres.secret")
        with open(secret, "w") as f:
            f.write(Postgres.password + "\n")
        os.chmod(secret, 0o644)
        subprocess.run([bin + "/initdb", "-D", data, "-U", Postgres.user,
            "-A", "scram-sha-256", "--pwfile", secret, "-E", encoding,
            "--locale", "C", "-N"], check=True, cwd=work,
            stdout=subprocess.DEVNULL, **ordinary())
        os.unlink(secret)
        self.psql_program = shutil.which("psql") or bin + "/psql"
        super().__init__([bin + "/postgres", "-D", data, "-k", work,
            "-h", "127.0.0.1", "-p", str(port := free_port()), "-F"], port,
            cwd=work, log=os.path.join(work, "postgres.log"),
            soft=signal.SIGINT)
        wait_for(lambda: self.sql("SELECT 1", check=False) == "1\n")

    def sql(self, text, check=True):
        """What psql prints, unaligned and without headers."""
        return subprocess.run([self.psql_program, "-h", "127.0.0.1",
            "-p", str(self.port), "-U", Postgres.user, "-d", "postgres",
            "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"], input=text,
            text=True, check=check, stdout=subprocess.PIPE,
            stderr=None if check else subprocess.DEVNULL,
            env={**os.environ, "PGPASSWORD": Postgres.password}).stdout


class Slurm:
    """A controller and two nodes of one core below the folder, all of them on
    this machine, with a munge of their own.  env is for sbatch and others."""

    programs = ("munged", "slurmctld", "slurmd", "sbatch", "squeue", "scancel")

    @staticmethod
    def missing():
        """The first program that is not here, or None."""
        path = os.environ["PATH"] + ":/usr/sbin:/sbin"
        return next((p for p in Slurm.programs
            if shutil.which(p, path=path) is None), None)

    def __init__(self, work):
        self.work = work
        self.env = {**os.environ, "SLURM_CONF": work + "/slurm.conf",
            "PATH": os.environ["PATH"] + ":/usr/sbin:/sbin"}
        self.munge = work + "/munge.socket"
        key = work + "/munge.key"
        with open(key, "wb") as f:
            f.write(os.urandom(1024))
        os.chmod(key, 0o600)
        if os.getuid() == 0:
            user = pwd.getpwnam("nobody")
            os.chown(key, user.pw_uid, user.pw_gid)
        self.server(["munged", "--foreground", "--key-file", key,
            "--socket", self.munge, "--pid-file", work + "/munge.pid",
            "--log-file", work + "/munge.log",
            "--seed-file", work + "/munge.seed", "--num-threads", "2"],
            self.munge)
        ports = [free_port() for i in range(3)]
        with open(work + "/slurm.conf", "w") as f:
            f.write(self.configuration(ports))
        # No plugin asks for groups of control; left to itself slurmd looks for
        # their file system all the same, and a container may have none.
        with open(work + "/cgroup.conf", "w") as f:
            f.write("CgroupPlugin=cgroup/v1\n")
        os.mkdir(work + "/state")
        if os.getuid() == 0:
            os.chown(work + "/state", user.pw_uid, user.pw_gid)
        self.controller = self.server(["slurmctld", "-D"], ports[0])
        self.nodes = [self.server(["slurmd", "-D", "-N", f"n{i}"], ports[i])
            for i in (1, 2)]
        if not wait_for(lambda: self.ask("sinfo", "-h", "-o", "%D %t") ==
                "2 idle\n"):
            raise RuntimeError("the nodes do not come up: " +
                self.ask("sinfo", "-h", "-o", "%D %t"))

    def server(self, command, port):
        return Server(command, port, cwd=self.work, env=self.env,
            log=f"{self.work}/{command[0]}.log")

    def configuration(self, ports):
        host = socket.gethostname()
        user = pwd.getpwuid(ordinary().get("user", os.getuid())).pw_name
        nodes = "".join(f"NodeName=n{i} NodeHostname={host} "
            f"NodeAddr=127.0.0.1 Port={ports[i]} CPUs=1\n" for i in (1, 2))
        return f"""ClusterName=test
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={self.munge}
StateSaveLocation={self.work}/state
SlurmdSpoolDir={self.work}/spool.%n
SlurmctldPidFile={self.work}/slurmctld.pid
SlurmdPidFile={self.work}/slurmd.%n.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
SwitchType=switch/none
SelectType=select/cons_tres
SlurmdParameters=config_overrides
SchedulerParameters=batch_sched_delay=0
KillWait=1
ReturnToService=2
{nodes}PartitionName=all Nodes=n1,n2 Default=YES MaxTime=10 State=UP
"""

    def ask(self, *command):
        return subprocess.run(command, env=self.env, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL, **ordinary()).stdout
