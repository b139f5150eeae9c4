"""A store that speaks enough of S3 to be listed and read, and that verifies
every signature by itself, from the request as it came (AWS Signature Version
4, written down from its specification; nothing is shared with what it tests).
"""
import hashlib, hmac, re, urllib.parse, xml.sax.saxutils

from netsuite import Web

UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" \
    "0123456789-._~"


def encode(text, also=""):
    return urllib.parse.quote(text, safe=UNRESERVED + also)


def expected(q, key_id, secret, region):
    """The Authorization header that this request should have."""
    given = q.headers["Authorization"]
    signed = re.search(r"SignedHeaders=([^,]*)", given).group(1)
    date = q.headers["x-amz-date"]
    pairs = []
    for pair in q.query.split("&") if q.query else []:
        name, _, value = pair.partition("=")
        pairs.append((encode(urllib.parse.unquote(name)),
            encode(urllib.parse.unquote(value))))
    canonical = "\n".join([q.method,
        encode(urllib.parse.unquote(q.path), "/"),
        "&".join(f"{n}={v}" for n, v in sorted(pairs)),
        *(f"{name}:{' '.join((q.headers[name] or '').split())}"
            for name in signed.split(";")), "", signed,
        q.headers["x-amz-content-sha256"]])
    scope = f"{date[:8]}/{region}/s3/aws4_request"
    text = "\n".join(["AWS4-HMAC-SHA256", date, scope,
        hashlib.sha256(canonical.encode()).hexdigest()])
    key = ("AWS4" + secret).encode()
    for part in date[:8], region, "s3", "aws4_request":
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    assert {"host", "x-amz-content-sha256", "x-amz-date"} <= \
        set(signed.split(";"))
    return f"AWS4-HMAC-SHA256 Credential={key_id}/{scope}," \
        f"SignedHeaders={signed},Signature={signature}"


class Store(Web):
    key_id, secret, region = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+sec", \
        "cn-north-1"

    def __init__(self, bucket, objects, most=1000, token=None):
        self.objects, self.bucket, self.most = objects, bucket, most
        self.token, self.broken = token, set()
        super().__init__(self.answer)

    def refuse(self, reply, status, code):
        reply(status, f"<?xml version='1.0'?><Error><Code>{code}</Code>"
            f"<Message>key {self.key_id} of patient 0012</Message></Error>")

    def answer(self, q, reply):
        given = q.headers.get("Authorization", "")
        if not given or given.replace(", ", ",") != \
                expected(q, self.key_id, self.secret, self.region):
            return self.refuse(reply, 403, "SignatureDoesNotMatch")
        if q.headers.get("x-amz-security-token") != self.token:
            return self.refuse(reply, 403, "InvalidToken")
        path = urllib.parse.unquote(q.path)
        if path.split("/")[1] != self.bucket:
            return self.refuse(reply, 404, "NoSuchBucket")
        key = path[len(self.bucket) + 2:]
        if not key:
            return self.list(q, reply)
        if key in self.broken:
            return self.refuse(reply, 403, "AccessDenied")
        if key not in self.objects:
            return self.refuse(reply, 404, "NoSuchKey")
        body = self.objects[key]
        etag = '"%s"' % hashlib.md5(body).hexdigest()
        start = 0
        if q.headers.get("Range") and q.headers.get("If-Range") == etag:
            start = int(q.headers["Range"][6:-1])
        reply(206 if start else 200, body[start:], {"ETag": etag,
            **({"Content-Range": f"bytes {start}-{len(body) - 1}/"
                f"{len(body)}"} if start else {})})

    def list(self, q, reply):
        a = q.arguments
        assert a.get("list-type") == "2" and "encoding-type" in a, q.target
        keys = sorted((k for k in self.objects
            if k.startswith(a.get("prefix", ""))), key=lambda k: k.encode())
        # A token with all that has to be encoded.
        start = int(a["continuation-token"].split("=")[1]) \
            if "continuation-token" in a else 0
        page = keys[start:start + self.most]
        more = start + self.most < len(keys)
        out = ["<?xml version='1.0' encoding='UTF-8'?>"
            "<ListBucketResult xmlns='http://s3.amazonaws.com/doc/"
            "2006-03-01/'><EncodingType>url</EncodingType>"
            f"<IsTruncated>{str(more).lower()}</IsTruncated>"]
        if more:
            out.append("<NextContinuationToken>a+b/*&amp; ="
                f"{start + self.most}</NextContinuationToken>")
        for k in page:
            etag = hashlib.md5(self.objects[k]).hexdigest()
            out.append(f"<Contents><Key>{encode(k, '/')}</Key><ETag>&quot;"
                f"{etag}&quot;</ETag><Size>{len(self.objects[k])}</Size>"
                "<StorageClass>STANDARD</StorageClass></Contents>")
        reply(200, "".join(out) + "</ListBucketResult>")
