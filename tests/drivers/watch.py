"""Folders that are watched and files that are followed, as writers treat them."""
import json, os, queue, signal, subprocess, sys, threading, time

passed = failed = 0


def check(ok, what):
    global passed, failed
    if ok:
        passed += 1
    else:
        failed += 1
        print("FAIL ", what)


class Run:
    """mdx-ingest that stays; its records come through a queue."""
    def __init__(self, *args):
        self.p = subprocess.Popen(["mdx-ingest", *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.lines = queue.Queue()
        threading.Thread(target=self.pump, daemon=True).start()

    def pump(self):
        for line in self.p.stdout:
            self.lines.put(json.loads(line))

    def next(self, wait=20):
        try:
            record = self.lines.get(timeout=wait)
        except queue.Empty:
            return None
        at = record.pop("_mdx")
        return record, at

    def quiet(self, wait):
        return self.next(wait) is None

    def stop(self):
        self.p.send_signal(signal.SIGTERM)
        status = self.p.wait(20)
        time.sleep(0.05)
        return status, self.p.stderr.read().decode()


def values(run, n):
    got = [run.next() for _ in range(n)]
    return [tuple(g[0].values()) if g else None for g in got]


def put(path, text, mode="w"):
    with open(path, mode) as f:
        f.write(text)


def manifest(path):
    return [json.loads(line) for line in open(path)]


# --- --watch ----------------------------------------------------------------

def watches_a_slow_writer():
    os.makedirs("slow/sub")
    run = Run("slow", "--watch", "--settle", "700ms", "--state", "slow.db", "--manifest", "slow.m", "--rejects", "slow.r")
    with open("slow/a.csv", "w") as f:
        for i in range(8):
            f.write(f"{i},{i}\n" if i else "a,b\n")
            f.flush()
            time.sleep(0.2)
            check(run.lines.empty(), "slow: nothing comes while the writer writes")
    check(values(run, 7) == [(str(i), str(i)) for i in range(1, 8)], "slow: then all of it comes, once")
    put("slow/a.csv", "8,8\n", "a")
    check(values(run, 1) == [("8", "8")], "slow: what is added later comes alone")
    put("slow/.hidden.csv", "a,b\n0,0\n")
    put("slow/sub/late.csv", "a,b\n9,9\n")
    os.utime("slow/sub/late.csv", (1e9, 1e9))
    check(values(run, 1) == [("9", "9")], "slow: a late file with an older time comes")
    check(run.quiet(1.5), "slow: a name that begins with a dot does not")
    status, err = run.stop()
    check(status == 143 and err == "", f"slow: SIGTERM is the end: {status} {err}")
    check(os.path.exists("slow.m") and os.path.exists("slow.r"), "slow: manifest and rejects are there")
    run = Run("slow", "--watch", "--settle", "300ms", "--state", "slow.db")
    check(run.quiet(1.5), "slow: the next run knows it all")
    put("slow/a.csv", "10,10\n", "a")
    check(values(run, 1) == [("10", "10")], "slow: ... and takes what is new")
    run.stop()


def takes_what_is_renamed_in_at_once():
    os.makedirs("in/deep")
    run = Run("in", "--watch", "--settle", "1h")
    time.sleep(0.5)
    put("in/.part", "a,b\n1,1\n")
    os.rename("in/.part", "in/a.csv")
    check(values(run, 1) == [("1", "1")], "renamed in: at once, whatever the settling time")
    put("part", "a,b\n2,2\n")
    os.rename("part", "in/deep/b.csv")
    check(values(run, 1) == [("2", "2")], "renamed in: below, from elsewhere")
    put("part", "a,b\n3,3\n")
    os.rename("part", "in/a.csv")
    check(values(run, 1) == [("3", "3")], "renamed in: over one that was there")
    check(run.stop()[0] == 143, "renamed in: ends")


def waits_for_the_twin():
    os.mkdir("twin")
    run = Run("twin", "--watch", "--done", ".ok", "--settle", "200ms", "--manifest", "twin.m")
    put("twin/a.csv", "a,b\n1,1\n")
    check(run.quiet(1), "twin: not without it")
    put("twin/a.csv.ok", "")
    check(values(run, 1) == [("1", "1")], "twin: with it")
    time.sleep(0.5)
    check(run.stop() == (143, ""), "twin: an empty marker is no reject")
    check(["marker"] in [list(m["skipped"]) for m in manifest("twin.m")], "twin: it is a skip")


def sees_a_twin_of_the_same_second():
    """As long, and written so soon that a coarse clock shows no difference."""
    os.mkdir("same")
    run = Run("same", "--watch", "--settle", "200ms", "--manifest", "same.m")
    put("same/a.csv", "a,b\n1,1\n")
    check(values(run, 1) == [("1", "1")], "same second: the first")
    before = os.stat("same/a.csv")
    with open("same/a.csv", "r+") as f:
        f.write("a,b\n2,2\n")
    os.utime("same/a.csv", ns=(before.st_atime_ns, before.st_mtime_ns))
    check(values(run, 1) == [("2", "2")], "same second: the second, of the same size and time")
    run.stop()
    check("rewritten" in manifest("same.m")[1].get("notes", []), "same second: the manifest says that it was rewritten")


def reads_anew_what_was_cut_and_rewritten():
    os.mkdir("cut")
    run = Run("cut", "--watch", "--settle", "200ms", "--manifest", "cut.m")
    put("cut/a.csv", "a,b\n1,1\n2,2\n")
    check(values(run, 2) == [("1", "1"), ("2", "2")], "rewritten: before")
    put("cut/a.csv", "a,b\n5,5\n")
    check(values(run, 1) == [("5", "5")], "rewritten: all of the new, and only that")
    put("cut/a.csv", "6,6\n", "a")
    check(values(run, 1) == [("6", "6")], "rewritten: and it may grow")
    check(run.quiet(2.5), "rewritten: no more")
    run.stop()


# --- --follow ---------------------------------------------------------------

def gives_each_row_before_the_next_is_written():
    put("a.csv", "")
    put("b.ndjson", '{"n":0}\n')
    run = Run("a.csv", "b.ndjson", "--follow", "--state", "follow.db")
    check(values(run, 1) == [(0,)], "follow: what is there")
    put("a.csv", "x,y\n", "a")
    waits = []
    for i in range(1, 101):
        began = time.monotonic()
        put("a.csv", f"{i},{i}\n", "a") if i % 2 else put("b.ndjson", f'{{"n":{i}}}\n', "a")
        got = run.next()
        waits.append(time.monotonic() - began)
        check(got is not None and str(list(got[0].values())[0]) == str(i), f"follow: row {i} is out before the next")
    waits.sort()
    print(f"follow: median wait {waits[50] * 1000:.1f} ms, longest {waits[-1] * 1000:.1f} ms")
    check(waits[50] < 0.05, "follow: half of them within 50 ms")
    put("a.csv", "half,", "a")
    check(run.quiet(0.5), "follow: an unfinished line is held back")
    put("a.csv", "whole\n", "a")
    check(values(run, 1) == [("half", "whole")], "follow: ... until its end comes")
    put("a.csv", '1,"open\nand', "a")
    check(run.quiet(0.3), "follow: so is a row with an open quote")
    check(run.stop() == (143, ""), "follow: SIGTERM is the end, and sets nothing aside")
    run = Run("a.csv", "b.ndjson", "--follow", "--state", "follow.db")
    check(run.quiet(0.5), "follow: nothing comes twice")
    put("a.csv", ' closed"\n', "a")
    got = run.next()
    check(got and got[0]["y"] == "open\nand closed" and got[1]["src"]["row"] == 52, f"follow: it goes on where it was: {got}")
    os.rename("a.csv", "a.csv.1")
    put("a.csv.1", "old,1\n", "a")
    check(values(run, 1) == [("old", "1")], "follow: the old file is read on until there is a new one")
    put("a.csv.1", "last,1", "a")
    put("a.csv", "x,y\nnew,2\n")
    check(values(run, 2) == [("last", "1"), ("new", "2")], "follow: what took its name, behind the old one's end")
    put("a.csv", "x,y\nz\n"[:0])
    put("a.csv", "x\nz\n")
    check(values(run, 1) == [("z",)], "follow: one that was cut is read anew")
    run.stop()
    plain = subprocess.run(["mdx-ingest", "a.csv.1"], capture_output=True).stdout
    check(plain.count(b"\n") == 54, "follow: the old file had so many")


def waits_for_a_file_that_is_not_there():
    run = Run("later.ndjson", "--follow")
    time.sleep(0.3)
    put("later.ndjson", '{"n":1}\n')
    check(values(run, 1) == [(1,)], "absent: it is taken when it comes")
    status, err = run.stop()
    check(status == 143 and "is not there yet" in err, f"absent: and it was said: {err}")


def follows_into_numbered_files():
    put("r.ndjson", "")
    run = Run("r.ndjson", "--follow", "--state", "r.db", "-o", "out-%n.ndjson", "--rotate", "1s")
    put("r.ndjson", '{"n":1}\n', "a")
    for _ in range(100):
        if os.path.exists("out-000001.ndjson"):
            break
        time.sleep(0.1)
    check(os.path.exists("out-000001.ndjson"), "rotate: a file is finished by its age")
    put("r.ndjson", '{"n":2}\n', "a")
    time.sleep(0.3)
    check(run.stop()[0] == 143, "rotate: ends")
    check([json.loads(open(f"out-00000{i}.ndjson").read())["n"] for i in (1, 2)] == [1, 2], "rotate: the last one is there too")


for case in (watches_a_slow_writer, takes_what_is_renamed_in_at_once, waits_for_the_twin, sees_a_twin_of_the_same_second,
    reads_anew_what_was_cut_and_rewritten, gives_each_row_before_the_next_is_written, waits_for_a_file_that_is_not_there,
    follows_into_numbered_files):
    case()
print(f"watch: {passed} passed, {failed} failed, 0 skipped")
sys.exit(failed > 0)
