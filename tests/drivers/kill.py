"""kill -9 anywhere and run again: nothing is lost, and with -o nothing doubled.

kill.py [KILLS [SEED]]: about so many kills, spread over
- a pipe whose reader is slow, with files that grow between the runs;
- -o FILE, killed at random times and at each system call that matters;
- -o NAME-%n with --rotate, and rejects beside it.
"""
import gzip, io, json, os, random, re, shutil, signal, subprocess, sys, tarfile, time, zipfile

kills = int(sys.argv[1]) if len(sys.argv) > 1 else 40
rng = random.Random(int(sys.argv[2]) if len(sys.argv) > 2 else 20260917)
passed = failed = struck = 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAIL ", what)
    return ok


def csv_rows(first, n):
    return "".join(f"{i},检验{i % 97},{rng.random():.6f},{'x' * rng.randrange(60)}\n" for i in range(first, first + n))


def make(folder, bad=False):
    os.makedirs(folder + "/sub")
    table = "编号,项目,结果,备注\n" + csv_rows(0, 12000)
    if bad:
        table = table.replace("\n5000,", "\n5000,too,many,fields,", 1).replace("\n9000,", '\n9000,"open', 1)
    open(folder + "/a.csv", "w", encoding="gb18030").write(table)
    with open(folder + "/b.ndjson", "w") as f:
        for i in range(12000):
            f.write(json.dumps({"n": i, "pad": "y" * rng.randrange(90)}) + "\n")
    json.dump([{"k": i, "v": str(i) * 7} for i in range(6000)], open(folder + "/c.json", "w"))
    with open(folder + "/sub/d.hl7", "w", newline="") as f:
        for i in range(2500):
            f.write(f"MSH|^~\\&|LIS|FY|||2024||ORU^R01|M{i}|P|2.4\rPID|1||{i}\rOBX|1|NM|GLU^血糖||5.{i}|mmol/L\r")
    with gzip.open(folder + "/sub/e.csv.gz", "wt") as f:
        f.write("a,b,c,d\n" + csv_rows(100000, 6000))
    with zipfile.ZipFile(folder + "/sub/f.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for m in range(4):
            z.writestr(f"part{m}.csv", "a,b,c,d\n" + csv_rows(200000 + 10000 * m, 1500))
        inner = io.BytesIO()
        with tarfile.open(fileobj=inner, mode="w:gz") as t:
            data = ("a,b,c,d\n" + csv_rows(300000, 1500)).encode()
            info = tarfile.TarInfo("deep.csv")
            info.size = len(data)
            t.addfile(info, io.BytesIO(data))
        z.writestr("inner.tar.gz", inner.getvalue())
    with open(folder + "/z.csv", "w") as f:
        f.write("a,b,c,d\n" + csv_rows(400000, 3000))


def ids(data):
    found = {}
    for line in data.split(b"\n"):
        if line:
            found.setdefault(json.loads(line)["_mdx"]["id"], []).append(line)
    return found


def ingest(*args, **kw):
    return subprocess.run(["mdx-ingest", "-j", "1", *args], capture_output=True, **kw)


def read_slowly(p, limit):
    """All that comes, until about `limit` bytes are there; then the kill."""
    global struck
    data = bytearray()
    fd = p.stdout.fileno()
    while True:
        piece = os.read(fd, 1 << 16)
        data += piece
        if not piece:
            return bytes(data), False
        if limit is not None:
            time.sleep(0.004)
            if len(data) >= limit:
                p.kill()
                struck += 1
                limit = 1 << 62
                rest = p.stdout.read()
                return bytes(data) + rest, True


def whole_lines(data):
    return data[:data.rfind(b"\n") + 1]


def over_a_pipe(n):
    shutil.rmtree("in", ignore_errors=True)
    make("in")
    for f in os.listdir("."):
        if f.startswith("s.db"):
            os.unlink(f)
    size = len(ingest("in").stdout)
    union, runs = {}, 0
    while True:
        limit = rng.randrange(1, 2 * size // (n + 1)) if runs < n else None
        p = subprocess.Popen(["mdx-ingest", "-j", rng.choice("13"), "--sha256", "never", "--state", "s.db", "in"],
            stdout=subprocess.PIPE)
        data, killed = read_slowly(p, limit)
        p.stdout.close()
        status = p.wait()
        if not killed:
            check(status == 0, f"pipe: status {status}")
        for key, lines in ids(whole_lines(data) if killed else data).items():
            union.setdefault(key, set()).update(lines)
        runs += 1
        if limit is None:
            break
        with open("in/z.csv", "a") as f:
            f.write(csv_rows(500000 + 1000 * runs, 50))
    want = ids(ingest("--sha256", "never", "in").stdout)
    check(set(union) == set(want), f"pipe: {len(set(want) - set(union))} lost, {len(set(union) - set(want))} strange")
    check(all(union[k] == set(want[k]) for k in want if k in union), "pipe: a record is another one")
    again = ingest("--state", "s.db", "in")
    check(again.returncode == 0 and again.stdout == b"", "pipe: nothing comes twice")


def start_over(*names):
    for f in os.listdir("."):
        if any(f.startswith(n) or f.startswith("." + n) for n in names):
            os.unlink(f)


def one_output(command, out, want, name):
    """Killed once; then again to the end: whole in one of the two, never both."""
    start_over("s.db", "first", "second")
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    again = ingest("--state", "s.db", "-o", "second", "in")
    first = open("first", "rb").read() if os.path.exists("first") else b""
    check(again.returncode == 0, f"{name}: again: {again.stderr.decode()}")
    second = open("second", "rb").read()
    check(first + second == want and (not first or not second),
        f"{name}: {len(first)} and {len(second)} bytes, not {len(want)} in one")


def with_a_file(n):
    global struck
    shutil.rmtree("in", ignore_errors=True)
    make("in")
    want = ingest("in").stdout
    began = time.monotonic()
    start_over("s.db", "first")
    ingest("--state", "s.db", "-o", "first", "in")
    took = time.monotonic() - began
    for i in range(n // 2):
        start_over("s.db", "first", "second")
        p = subprocess.Popen(["mdx-ingest", "-j", "1", "--state", "s.db", "-o", "first", "in"])
        time.sleep(rng.random() * took * 1.1)
        p.kill()
        p.wait()
        struck += 1
        again = ingest("--state", "s.db", "-o", "second", "in")
        first = open("first", "rb").read() if os.path.exists("first") else b""
        second = open("second", "rb").read()
        check(again.returncode == 0 and first + second == want and (not first or not second),
            f"-o, time {i}: {len(first)} and {len(second)} bytes")
    if shutil.which("strace") is None:
        print("skip  kill: no strace, the kills at single calls are left out")
        return
    # A small folder: the calls of delivery are most of it.
    shutil.rmtree("in")
    os.mkdir("in")
    open("in/a.csv", "w").write("a,b\n1,2\n3,4\n")
    open("in/b.csv", "w").write("a,b\n5,6\n")
    want = ingest("in").stdout
    left = n - n // 2
    for call in ("rename", "fsync,fdatasync", "pwrite64", "unlink", "write"):
        share = max(2, left // 5)
        for nth in range(1, share + 1):
            start_over("log")
            command = ["strace", "-f", "-qq", "-o", "log", "-e", f"trace={call}",
                "-e", f"inject={call}:signal=KILL:when={nth}",
                "mdx-ingest", "-j", "1", "--state", "s.db", "-o", "first", "in"]
            one_output(command, "first", want, f"-o, {call} {nth}")
            if "killed by SIGKILL" not in open("log").read():
                break
            struck += 1


def in_turns(n):
    """Outputs one after the other, rejects in place: the same bytes in all."""
    global struck
    shutil.rmtree("in", ignore_errors=True)
    make("in", bad=True)
    plain = subprocess.run(["mdx-ingest", "-j", "1", "--rejects", "bad", "in"], capture_output=True)
    want, bad = plain.stdout, set(open("bad", "rb").read().splitlines())
    done = 0
    while done < n:
        start_over("s.db", "part-", "set-aside")
        command = ["mdx-ingest", "-j", rng.choice("13"), "--state", "s.db", "-o", "part-%n.ndjson", "--rotate", "512K",
            "--rejects", "set-aside", "in"]
        for _ in range(rng.randrange(1, 6)):
            p = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            time.sleep(rng.random() * 0.25)
            p.kill()
            p.wait()
            struck += 1
            done += 1
        last = subprocess.run(command, capture_output=True)
        parts = sorted(f for f in os.listdir(".") if f.startswith("part-"))
        got = b"".join(open(f, "rb").read() for f in parts)
        check(last.returncode in (0, 1), f"--rotate: status {last.returncode}")
        check(got == want, f"--rotate: {len(got)} bytes in {len(parts)} files, not {len(want)}")
        check(parts == [f"part-{i + 1:06}.ndjson" for i in range(len(parts))], f"--rotate: numbers: {parts}")
        check(set(open("set-aside", "rb").read().splitlines()) == bad, "--rotate: what was set aside")
        if kills > 100:
            print(f"so far {struck} kills, {passed} passed, {failed} failed", flush=True)


share = kills // 4
while struck < share:
    over_a_pipe(max(2, min(5, share - struck)))
    if kills > 100:
        print(f"so far {struck} kills, {passed} passed, {failed} failed", flush=True)
with_a_file(kills // 2)
in_turns(kills - share - kills // 2)
print(f"kill: {struck} kills")
print(f"kill: {passed} passed, {failed} failed, 0 skipped")
sys.exit(failed > 0)
