"""Archives of every sort around one table; each must give the same record."""
import io, os, subprocess, sys, tarfile, zipfile

TABLE = "a,b\n一,2\n".encode()
made = []


class OneWay:
    """A zip writer that cannot seek leaves sizes behind the data."""

    def __init__(self, f):
        self.f = f

    def write(self, b):
        return self.f.write(b)

    def flush(self):
        pass


def zipped(name, method, stream):
    with open(name, "wb") as f:
        z = zipfile.ZipFile(OneWay(f) if stream else f, "w", method)
        z.writestr("x/", "")
        z.writestr("x/t.csv", TABLE)
        z.writestr("y/u.csv", TABLE)
        z.close()
    made.append(name)


for method, word in ((zipfile.ZIP_STORED, "stored"), (zipfile.ZIP_DEFLATED, "deflated")):
    zipped(word + ".zip", method, False)
    zipped(word + "-piped.zip", method, True)
os.makedirs("x"), os.makedirs("y")
open("x/t.csv", "wb").write(TABLE)
open("y/u.csv", "wb").write(TABLE)
for command, name in ((["7z", "a", "-bd"], "a.7z"), (["7z", "a", "-bd", "-m0=Copy"], "copy.7z"),
                      (["tar", "cf"], "a.tar"), (["tar", "czf"], "a.tar.gz"),
                      (["tar", "cJf"], "a.tar.xz"), (["tar", "cjf"], "a.tar.bz2"),
                      (["tar", "--zstd", "-cf"], "a.tar.zst"), (["tar", "--lzip", "-cf"], "a.tar.lz"),
                      (["tar", "-I", "lz4", "-cf"], "a.tar.lz4")):
    subprocess.run(command + [name, "x/t.csv", "y/u.csv"], check=True, stdout=subprocess.DEVNULL)
    made.append(name)
subprocess.run("printf 'x/t.csv\\ny/u.csv\\n' | cpio -o -H newc 2>/dev/null >a.cpio", shell=True, check=True)
made.append("a.cpio")


def ids(command, data=None):
    done = subprocess.run(["mdx-ingest", "--sha256", "never", *command], input=data, capture_output=True)
    if done.returncode != 0:
        print(command, done.returncode, done.stderr.decode())
    import json
    records = [json.loads(line) for line in done.stdout.splitlines()]
    return [(r["_mdx"]["src"]["member"][-1], r["a"], r["b"], r["_mdx"]["id"]) for r in records]


want = ids(["stored.zip"])
print(want)
for name in made:
    print(name, ids([name]) == want, ids(["-"], open(name, "rb").read()) == want)
# Nested, the path is longer and so are the ids; what is in it is the same.
for name in made:
    with tarfile.open("outer.tar", "w") as t:
        t.add(name, "inner")
    got = ids(["outer.tar"])
    print("nested", name, [g[:3] for g in got] == [w[:3] for w in want], got == ids(["-"], open("outer.tar", "rb").read()))
