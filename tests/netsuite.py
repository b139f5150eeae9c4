"""What the suites of sources on the network share: cases that are functions,
a way to run mdx-ingest, and a small HTTP server whose answers a case scripts.

    suite = Suite("http", sys.argv[1])

    @suite.case
    def a_statement_that_holds(t):
        ...assert...

    suite.run()

A case gets an empty folder (the working folder) and may raise Skip.
"""
import contextlib, http.server, json, os, shutil, ssl, subprocess, sys
import tempfile, threading, time, traceback, urllib.parse

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TOP, "tests"))


class Skip(Exception):
    pass


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err
        self.records = []
        for line in out.splitlines():
            with contextlib.suppress(ValueError):
                self.records.append(json.loads(line))

    def ids(self):
        return [r["_mdx"]["id"] for r in self.records]

    def __repr__(self):
        return f"status {self.status}\n{self.out[-2000:]}\n{self.err}"


class Suite:
    def __init__(self, name, build):
        self.name, self.cases = name, []
        self.build = build if os.path.isabs(build) else \
            os.path.join(TOP, build)
        self.tool = os.path.join(self.build, "mdx-ingest")
        self.env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8",
            "TZ": "UTC", "HOME": "/nonexistent",
            "MDX_SHARE": os.path.join(TOP, "lib/share")}

    def case(self, f):
        self.cases.append(f)
        return f

    def start(self, *args, env={}, **more):
        return subprocess.Popen([self.tool, *args],
            env={**self.env, **env}, stdin=subprocess.DEVNULL, text=True,
            **more)

    def ingest(self, *args, env={}, timeout=120):
        p = subprocess.run([self.tool, *args], env={**self.env, **env},
            stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout)
        return Result(p.returncode, p.stdout.decode(), p.stderr.decode())

    def run(self):
        passed = failed = skipped = 0
        only = sys.argv[2:]
        for f in self.cases:
            if only and f.__name__ not in only:
                continue
            folder = tempfile.mkdtemp(prefix="mdx-" + self.name + "-")
            os.chdir(folder)
            try:
                f(self)
                passed += 1
            except Skip as e:
                print(f"skip  {self.name}: {f.__name__}: {e}")
                skipped += 1
            except Exception:
                print(f"FAIL  {self.name}: {f.__name__}")
                for line in traceback.format_exc().splitlines()[-12:]:
                    print("      " + line)
                failed += 1
            finally:
                os.chdir(TOP)
                shutil.rmtree(folder, ignore_errors=True)
        print(f"{self.name}: {passed} passed, {failed} failed, "
            f"{skipped} skipped")
        sys.exit(failed > 0)


def lines(path):
    with open(path, encoding="utf-8") as f:
        return [json.loads(line) for line in f]


def adds_up(manifest):
    """In = out + set aside + skips, for each line of a manifest."""
    for m in lines(manifest):
        assert sum(m["bytes_of"].values()) == m["bytes"], m


class Request:
    """One request as it came, with the time of its coming."""

    def __init__(self, handler, body):
        self.time = time.monotonic()
        self.method, self.target = handler.command, handler.path
        self.path, _, self.query = handler.path.partition("?")
        self.headers, self.body = handler.headers, body
        self.arguments = dict(urllib.parse.parse_qsl(self.query,
            keep_blank_values=True))


class Web:
    """A server on loopback: answer(request, reply) for each request.

    reply(status, body, headers) sends all; reply.cut(...) breaks off behind
    so many bytes; reply.handler is the handler itself.
    """

    def __init__(self, answer, certificate=None, client_ca=None):
        self.log = []
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *ignored):
                pass

            def reply(self, status=200, body=b"", headers={}, send=None):
                if isinstance(body, str):
                    body = body.encode()
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if status not in (204, 304):
                    self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body if send is None else body[:send])
                if send is not None:
                    self.close_connection = True

            def handle_one_request(self):
                with contextlib.suppress(ConnectionResetError):
                    return super().handle_one_request()
                self.close_connection = True

            def serve(self):
                n = int(self.headers.get("Content-Length") or 0)
                request = Request(self, self.rfile.read(n))
                web.log.append(request)
                with contextlib.suppress(BrokenPipeError,
                        ConnectionResetError):
                    answer(request, self.reply)

            do_GET = do_POST = do_DELETE = do_HEAD = serve

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0),
            Handler)
        self.server.daemon_threads = True
        scheme = "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            if client_ca:
                context.verify_mode = ssl.CERT_REQUIRED
                context.load_verify_locations(client_ca)
            self.server.socket = context.wrap_socket(self.server.socket,
                server_side=True)
            scheme = "https"
        self.port = self.server.server_address[1]
        self.url = f"{scheme}://127.0.0.1:{self.port}"
        self.thread = threading.Thread(target=self.server.serve_forever,
            args=(0.02,), daemon=True)
        self.thread.start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()


def secret(path, text):
    with open(path, "w") as f:
        f.write(text + "\n")
    os.chmod(path, 0o600)
    return path


def certificate(name="127.0.0.1"):
    """A self-signed certificate with its key, in one file."""
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
        "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2", "-subj",
        "/CN=" + name, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout",
        name + ".key", "-out", name + ".crt"], check=True,
        stderr=subprocess.DEVNULL)
    with open(name + ".pem", "w") as f:
        for part in ".key", ".crt":
            f.write(open(name + part).read())
    os.chmod(name + ".pem", 0o600)
    return name + ".pem", name + ".crt"
