"""A FHIR server of the smallest kind: searches in pages and bulk exports.

Resources are made from a seed, so that a test knows them: patient N with five
observations each.  What was asked is in `log`; kick-offs and deletions are
counted.  With `token` every request must carry it.
"""
import json, threading, uuid

from netsuite import Web

PAGE = 7


def resource(kind, n):
    """As the server writes it: its bytes must come through."""
    if kind == "Patient":
        return '{"resourceType": "Patient","id":"p%d", "name":[{"text":' \
            '"患者%d"}],"x":1.50}' % (n, n)
    return '{"resourceType":"Observation","id":"o%d","category":[{"coding":' \
        '[{"code":"laboratory"}]}],"subject":{"reference":"Patient/p%d"},' \
        '"valueQuantity":{"value":5.%02d0}}' % (n, n // 5, n % 100)


class Fhir(Web):
    def __init__(self, patients=20, polls=2, token=None, group="12",
            parts=3, errors=(), counts=True):
        self.counts = {"Patient": patients, "Observation": patients * 5}
        self.polls, self.token, self.group = polls, token, group
        self.parts, self.errors, self.counted = parts, list(errors), counts
        self.kick_offs, self.deleted, self.exports = [], [], {}
        self.open_files = False
        self.stumble = None     # a hook: stumble(request, reply) -> done
        self.lock = threading.Lock()
        super().__init__(self.answer)

    def outcome(self, reply, status, code, headers={}):
        reply(status, json.dumps({"resourceType": "OperationOutcome",
            "issue": [{"severity": "error", "code": code,
            "diagnostics": "patient 王小明 0012"}]}), headers)

    def answer(self, q, reply):
        free = self.open_files and q.path.startswith("/files/")
        if self.token and not free and \
                q.headers.get("Authorization") != "Bearer " + self.token:
            return self.outcome(reply, 401, "login")
        if self.stumble and self.stumble(q, reply):
            return
        part = q.path.strip("/").split("/")
        if part[0] == "status":
            return self.status(q, part[1], reply)
        if part[0] == "files":
            return self.file(q, part[1:], reply)
        if part[-1] == "$export":
            return self.kick_off(q, part[1:-1], reply)
        if part[0] == "fhir" and len(part) == 2:
            return self.search(q, part[1], reply)
        self.outcome(reply, 404, "not-found")

    # --- searches -------------------------------------------------------------

    def search(self, q, kind, reply):
        assert q.headers["Accept"] == "application/fhir+json"
        if kind not in self.counts:
            return self.outcome(reply, 400, "invalid")
        start = int(q.arguments.get("_start", 0))
        end = min(start + PAGE, self.counts[kind])
        link = [{"relation": "self", "url": self.url + q.target}]
        if end < self.counts[kind]:
            link.append({"relation": "next",
                "url": f"{self.url}/fhir/{kind}?_start={end}&a=b|c"
                .replace("|", "%7C")})
        entries = ",\n ".join('{"fullUrl":"%s/fhir/%s/%d","resource":%s}' %
            (self.url, kind, n, resource(kind, n))
            for n in range(start, end))
        reply(200, '{"resourceType":"Bundle","type":"searchset","link":%s,'
            '"entry":[%s]}' % (json.dumps(link), entries),
            {"Content-Type": "application/fhir+json"})

    # --- exports --------------------------------------------------------------

    def kick_off(self, q, below, reply):
        assert q.headers["Prefer"] == "respond-async"
        assert q.headers["Accept"] == "application/fhir+json"
        if below not in ([], ["Patient"], ["Group", self.group]):
            return self.outcome(reply, 404, "not-found")
        with self.lock:
            name = uuid.uuid4().hex
            self.kick_offs.append(q)
            self.exports[name] = {"polls": self.polls, "types":
                q.arguments.get("_type", "Patient,Observation").split(",")}
        reply(202, b"", {"Content-Location": f"{self.url}/status/{name}"})

    def status(self, q, name, reply):
        if name not in self.exports:
            return self.outcome(reply, 404, "not-found")
        if q.method == "DELETE":
            self.deleted.append(name)
            del self.exports[name]
            return reply(202)
        export = self.exports[name]
        if export["polls"] > 0:
            export["polls"] -= 1
            return reply(202, b"", {"Retry-After": "1",
                "X-Progress": "half"})
        output = []
        for kind in export["types"]:
            for part in range(self.parts):
                n = len(self.lines(kind, part))
                output.append({"type": kind,
                    "url": f"{self.url}/files/{name}/{kind}/{part}",
                    **({"count": n} if self.counted else {})})
        reply(200, json.dumps({"transactionTime": "2024-02-01T00:00:00.000Z",
            "request": self.url, "requiresAccessToken": not self.open_files,
            "output": output, "deleted": [], "error": [{"type":
            "OperationOutcome", "url": f"{self.url}/files/{name}/errors/0"}]
            if self.errors else []}))

    def lines(self, kind, part):
        return [resource(kind, n) for n in
            range(part, self.counts[kind], self.parts)]

    def file(self, q, part, reply):
        kind, number = part[1], int(part[2])
        lines = self.errors if kind == "errors" else self.lines(kind, number)
        body = "".join(line + "\n" for line in lines).encode()
        start = 0
        if "Range" in q.headers and q.headers.get("If-Range") == '"%s"' % kind:
            start = int(q.headers["Range"][6:-1])
        reply(206 if start else 200, body[start:], {"ETag": f'"{kind}"',
            **({"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            if start else {})})
