"""Drives mdx-ingest mllp:// for tests/suites/mllp, in an empty folder."""
import glob, json, os, random, signal, socket, subprocess, sys, threading, time

KILLS = int(os.environ.get("MLLP_KILLS", "25"))
passed = failed = skipped = 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAIL ", what)


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def message(control_id, text="血糖"):
    return (f"MSH|^~\\&|LIS|FY|HIS|BJ|20240131102233||ORU^R01|{control_id}|P|2.4\r"
            f"PID|||000123^^^^MR||王^小明\r"
            f"OBX|1|NM|GLU^{text}||5.60|mmol/L\r").encode("gb18030")


class Listener:
    def __init__(self, port, out, *options):
        self.port = port
        self.out = open(out, "ab")
        self.process = subprocess.Popen(
            ["mdx-ingest", f"mllp://127.0.0.1:{port}", *options],
            stdout=self.out, stderr=subprocess.PIPE)
        for _ in range(400):
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                return
            except OSError:
                time.sleep(0.01)
        raise SystemExit("the listener does not listen")

    def end(self, number):
        self.process.send_signal(number)
        status = self.process.wait(20)
        self.error = self.process.stderr.read().decode()
        self.process.stderr.close()
        self.out.close()
        return status


class Sender:
    """One connection; a message is sent when the one before was answered."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.settimeout(20)
        self.held = b""

    def send(self, payload):
        self.socket.sendall(b"\x0b" + payload + b"\x1c\r")
        while b"\x1c\r" not in self.held:
            got = self.socket.recv(65536)
            if not got:
                raise OSError("closed")
            self.held += got
        answer, self.held = self.held.split(b"\x1c\r", 1)
        return answer.decode("latin-1")


def records(path):
    """Whole lines only: a killed writer may leave half of one."""
    with open(path, "rb") as f:
        return [json.loads(line) for line in f.read().split(b"\n")[:-1]]


def whole_records(path):
    good = []
    with open(path, "rb") as f:
        for line in f.read().split(b"\n"):
            try:
                good.append(json.loads(line))
            except ValueError:
                pass
    return good


# --- many connections ------------------------------------------------------
port = free_port()
listener = Listener(port, "many.ndjson", "--spool", "many", "--manifest", "many.m")
answers = []


def run_sender(k):
    sender = Sender(port)
    for n in range(40):
        answers.append(sender.send(message(f"{k}-{n}")))


began = time.monotonic()
threads = [threading.Thread(target=run_sender, args=(k,)) for k in range(50)]
for t in threads:
    t.start()
for t in threads:
    t.join()
seconds = time.monotonic() - began
check(len(answers) == 2000, "each message of 50 connections is answered")
check(all("MSA|AA|" in a for a in answers), "with AA")
check(listener.end(signal.SIGTERM) == 143, f"SIGTERM is the normal end: {listener.error}")
got = records("many.ndjson")
check(sorted(r["control_id"] for r in got) ==
      sorted(f"{k}-{n}" for k in range(50) for n in range(40)), "each once in the output")
check(len({r["_mdx"]["id"] for r in got}) == 2000, "with an id of its own")
check(got[0]["segments"][2]["3"]["2"] == "血糖", "GB18030 becomes UTF-8")
check(glob.glob("many/*.mllp") == [], "the spool of a listener that ended is empty")
line = json.loads(open("many.m").read())
check(line["records"] == 2000 and sum(line["bytes_of"].values()) == line["bytes"],
      "the manifest adds up")
listener = Listener(port, "again.ndjson", "--spool", "many")
Sender(port).send(message("0-0"))
listener.end(signal.SIGTERM)
again = records("again.ndjson")
check(len(again) == 1, "what was delivered does not come again with the spool")
check(again[0]["_mdx"]["id"] in {r["_mdx"]["id"] for r in got},
      "a message that is sent again has the id that it had")

# --- what is no message ----------------------------------------------------
listener = Listener(port, "bad.ndjson", "--spool", "bad", "--rejects", "bad.rejects",
                    "--max-record", "1K")
sender = Sender(port)
check("MSA|AR||" in sender.send(b"hello"), "a frame without MSH is refused")
check("MSA|AA|7" in sender.send(message("7")), "and the connection goes on")
check("MSA|AA|8" in sender.send(b"MSH|^~\\&|X|||||||8\rnonsense"), "content is not judged")
try:
    sender.send(b"MSH|^~\\&|" + b"x" * 5000)
    check(False, "a message over the limit is not acknowledged")
except OSError:
    check(True, "")
cut = socket.create_connection(("127.0.0.1", port))
cut.sendall(b"\x0bMSH|^~\\&|half")
cut.close()
time.sleep(0.3)
check(listener.end(signal.SIGTERM) == 143, "the listener ends well")
codes = [r["error"]["code"] for r in records("bad.rejects")]
check(sorted(codes) == ["cut_off", "hl7_header", "limit_record"], f"rejects: {codes}")

# --- killed at any moment --------------------------------------------------
acknowledged, seed = set(), int(os.environ.get("MLLP_SEED", "7"))
rng = random.Random(seed)
serial = 0
for kill in range(KILLS):
    port = free_port()
    listener = Listener(port, "killed.ndjson", "--spool", "killed")
    stop = threading.Event()

    def send_until_killed(k):
        global serial
        try:
            sender = Sender(port)
            while not stop.is_set():
                serial += 1
                name = f"k{kill}-{k}-{serial}"
                if "MSA|AA|" + name in sender.send(message(name)):
                    acknowledged.add(name)
        except OSError:
            pass

    threads = [threading.Thread(target=send_until_killed, args=(k,)) for k in range(4)]
    for t in threads:
        t.start()
    time.sleep(rng.uniform(0.0, 0.15))
    listener.end(signal.SIGKILL)
    stop.set()
    for t in threads:
        t.join()
    # A line that was cut off is ended, as a reader would find it.
    with open("killed.ndjson", "ab") as f:
        f.write(b"\n")
listener = Listener(free_port(), "killed.ndjson", "--spool", "killed")
time.sleep(0.2)
listener.end(signal.SIGTERM)
came = {r["control_id"] for r in whole_records("killed.ndjson")}
check(len(acknowledged) > KILLS, f"messages were acknowledged ({len(acknowledged)})")
check(acknowledged <= came, f"killed {KILLS} times: {len(acknowledged - came)} acknowledged "
      f"messages are missing (MLLP_SEED={seed})")

# --- a file that appears whole ----------------------------------------------
port = free_port()
listener = Listener(port, "null", "--spool", "file", "-o", "file.ndjson")
first = Sender(port)
for n in range(20):
    first.send(message(f"a{n}"))
listener.end(signal.SIGKILL)
check(not os.path.exists("file.ndjson"), "a kill leaves no half file")
listener = Listener(port, "null", "--spool", "file", "-o", "file.ndjson")
second = Sender(port)
for n in range(20):
    second.send(message(f"b{n}"))
listener.end(signal.SIGTERM)
names = [r["control_id"] for r in records("file.ndjson")]
check(names == [f"a{n}" for n in range(20)] + [f"b{n}" for n in range(20)],
      "the next run's file has all of it, once, in order")
listener = Listener(port, "null", "--spool", "file", "-o", "file2.ndjson")
listener.end(signal.SIGTERM)
check(records("file2.ndjson") == [], "and the one after it nothing again")
check(len(glob.glob("file/*.mllp")) <= 1, "segments that were delivered are removed")

# --- a peer that the project did not write ----------------------------------
try:
    import hl7.client
    port = free_port()
    listener = Listener(port, "peer.ndjson", "--spool", "peer")
    with hl7.client.MLLPClient("127.0.0.1", port, encoding="utf-8") as client:
        answer = client.send_message(message("p1").decode("gb18030"))
    parsed = hl7.parse(answer.decode().strip("\x0b\x1c\r"))
    check(str(parsed.segment("MSA")[1]) == "AA" and str(parsed.segment("MSA")[2]) == "p1",
          "python3-hl7 understands the answer")
    listener.end(signal.SIGTERM)
    check(records("peer.ndjson")[0]["control_id"] == "p1", "and its message came")
except ImportError:
    print("skip  python3-hl7 is not there")
    skipped += 1

# --- faults -------------------------------------------------------------------
port = free_port()
listener = Listener(port, "null", "--no-spool")
other = subprocess.run(["mdx-ingest", f"mllp://127.0.0.1:{port}", "--spool", "other"],
                       capture_output=True, text=True)
check(other.returncode == 5 and "in use" in other.stderr, f"a taken port: {other.stderr}")
check("MSA|AA|n" in Sender(port).send(message("n")), "without a spool it answers too")
listener.end(signal.SIGTERM)
print(f"mllp: {passed} passed, {failed} failed, {skipped} skipped")
sys.stderr.write(f"{2000 / seconds:.0f} messages/s over 50 connections\n")
