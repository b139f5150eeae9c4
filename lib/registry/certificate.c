#include "registry/certificate.h"

#include <qrencode.h>

#include "base/html.h"
#include "json/scan.h"
#include "json/write.h"
#include "registry/ledger.h"

#define STATEMENT "院内登记凭证，不替代主管部门登记证书"

struct issue {
	struct slice no, title, holder, level, source, time, version_sha;
	struct slice payload; /* canonical */
	char sha256[65];      /* of the payload */
	uint64_t version;
};

static bool
version_digest(
    struct registry *r, const struct asset *a, struct slice *out, struct err *e)
{
	struct statement *s = store_prepare(r->db,
	    "SELECT sha256 FROM version"
	    " WHERE asset = ?1 AND n = ?2",
	    e);
	int got;

	if (s == NULL)
		return false;
	statement_bind(s, 1, a->code);
	statement_bind_int(s, 2, (int64_t)a->version);
	got = statement_step(s, e);
	if (got == 1)
		*out = arena_slice(r->arena, statement_text(s, 0));
	statement_free(s);
	return got == 1;
}

/* Numbers run on: one certificate never has another's. */
static bool
next_number(struct registry *r, struct slice *no, struct err *e)
{
	struct statement *s =
	    store_prepare(r->db, "SELECT count(*) + 1 FROM certificate", e);

	if (s == NULL || statement_step(s, e) != 1) {
		statement_free(s);
		return false;
	}
	*no = slice_of(arena_printf(
	    r->arena, "MDX-%06lld", (long long)statement_int(s, 0)));
	statement_free(s);
	return true;
}

static struct slice
card_or_null(
    struct registry *r, const struct asset *a, const char *key, const char *sub)
{
	struct slice json = card_get(r, a->code, key, sub, NULL);

	return json.n > 0 ? json : SLICE("null");
}

static bool
make_payload(
    struct registry *r, const struct asset *a, struct issue *i, struct err *e)
{
	struct buf b = { 0 }, canonical = { 0 };
	uint8_t d[DIGEST_SIZE];
	bool ok;

	i->title = card_or_null(r, a, "title", "");
	i->holder = card_or_null(r, a, "owner", "");
	i->level = card_or_null(r, a, "level", "");
	i->source = card_or_null(r, a, "source", "how");
	i->version = a->version;
	if (!next_number(r, &i->no, e) ||
	    !version_digest(r, a, &i->version_sha, e))
		return false;
	buf_adds(&b, "{\"no\":");
	json_put_string(&b, i->no);
	json_put_key(&b, "asset");
	json_put_string(&b, a->code);
	json_put_key(&b, "title");
	buf_add_slice(&b, i->title);
	buf_addf(&b,
	    ",\"version\":%llu,\"sha256\":", (unsigned long long)a->version);
	json_put_string(&b, i->version_sha);
	json_put_key(&b, "holder");
	buf_add_slice(&b, i->holder);
	json_put_key(&b, "dept");
	buf_add_slice(&b, card_or_null(r, a, "dept", ""));
	buf_adds(&b, ",\"rights\":[],\"level\":");
	buf_add_slice(&b, i->level);
	json_put_key(&b, "scope");
	buf_add_slice(&b, card_or_null(r, a, "scenario", ""));
	json_put_key(&b, "source");
	buf_add_slice(&b, i->source);
	json_put_key(&b, "outside");
	buf_add_slice(&b, card_or_null(r, a, "outside", ""));
	json_put_key(&b, "issuer");
	json_put_string(&b, vkey_text(&r->actor.key, r->arena));
	json_put_key(&b, "statement");
	json_put_cstring(&b, STATEMENT);
	buf_addc(&b, '}');
	ok = json_canonical(json_pad(buf_slice(&b), r->arena), &canonical, e);
	if (ok) {
		i->payload = arena_slice(r->arena, buf_slice(&canonical));
		digest_bytes(i->payload.p, i->payload.n, d);
		digest_hex(d, i->sha256);
	}
	buf_release(&b);
	buf_release(&canonical);
	return ok;
}

static bool
entry_bytes(struct registry *r, uint64_t n, struct slice *out, struct err *e)
{
	struct statement *s =
	    store_prepare(r->db, "SELECT bytes FROM entry WHERE n = ?1", e);
	int got;

	if (s == NULL)
		return false;
	statement_bind_int(s, 1, (int64_t)n);
	got = statement_step(s, e);
	if (got == 1)
		*out = arena_slice(r->arena, statement_blob(s, 0));
	statement_free(s);
	return got == 1;
}

static void
put_base64(struct buf *b, const void *bytes, size_t n)
{
	buf_addc(b, '"');
	note_base64(b, bytes, n);
	buf_addc(b, '"');
}

static bool
make_envelope(struct registry *r, const struct issue *i, uint64_t entry,
    struct buf *b, struct err *e)
{
	struct buf pae = { 0 }, proof = { 0 };
	uint8_t sig[SIGN_SIZE];
	struct slice bytes;
	bool ok = entry_bytes(r, entry, &bytes, e) &&
	    ledger_proof(r, entry, &proof, e);

	if (ok) {
		dsse_pae(&pae, CERTIFICATE_TYPE, i->payload);
		signer_sign(r->signer, buf_slice(&pae), sig);
		buf_adds(b, "{\"payload\":");
		put_base64(b, i->payload.p, i->payload.n);
		buf_adds(b,
		    ",\"payloadType\":\"" CERTIFICATE_TYPE
		    "\",\"signatures\":[{\"keyid\":");
		json_put_string(b, vkey_label(&r->actor.key, r->arena));
		buf_adds(b, ",\"sig\":");
		put_base64(b, sig, sizeof(sig));
		buf_adds(b, "}],\"entry\":");
		put_base64(b, bytes.p, bytes.n);
		json_put_key(b, "proof");
		json_put_string(b, buf_slice(&proof));
		buf_adds(b, "}\n");
	}
	buf_release(&pae);
	buf_release(&proof);
	return ok;
}

/* --- the page -------------------------------------------------------------- */

/* A QR code as SVG squares, with the quiet zone of four that it needs. */
static void
put_qr(struct buf *b, const char *text)
{
	QRcode *q = QRcode_encodeString(text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);

	if (q == NULL)
		return;
	buf_addf(b,
	    "<svg viewBox=\"-4 -4 %d %d\" role=\"img\" "
	    "aria-label=\"QR\"><path d=\"",
	    q->width + 8, q->width + 8);
	for (int y = 0; y < q->width; y++)
		for (int x = 0; x < q->width; x++)
			if (q->data[y * q->width + x] & 1)
				buf_addf(b, "M%d %dh1v1h-1z", x, y);
	buf_adds(b, "\"/></svg>");
	QRcode_free(q);
}

static void
put_row(struct registry *r, struct buf *b, const char *zh, const char *en,
    struct slice json)
{
	struct slice text = json_text(json_of(json), r->arena);

	buf_addf(b,
	    "<tr><th scope=\"row\">%s<span lang=\"en\">%s</span></th>"
	    "<td>",
	    zh, en);
	html_put(b, slice_is(json, "null") ? SLICE("—") : text);
	buf_adds(b, "</td></tr>\n");
}

static void
put_row_text(struct registry *r, struct buf *b, const char *zh, const char *en,
    struct slice text)
{
	struct buf json = { 0 };

	json_put_string(&json, text);
	put_row(r, b, zh, en, arena_slice(r->arena, buf_slice(&json)));
	buf_release(&json);
}

static const char style[] =
    "@page{size:A4;margin:18mm}*{box-sizing:border-box}"
    "body{margin:0;background:#eef1f4;color:#1c2733;font:16px/1.6 "
    "\"Noto Sans CJK SC\",\"Source Han Sans SC\",\"PingFang SC\","
    "\"Microsoft YaHei\",sans-serif}"
    "main{max-width:190mm;margin:12mm auto;background:#fff;padding:16mm;"
    "border:1px solid #b8c4cf;outline:3px double #1f5f8b;outline-offset:-6mm}"
    "h1{margin:0;text-align:center;font-size:30px;letter-spacing:.25em;"
    "color:#174a6e}h1 span,.no span,th span,footer span{display:block;"
    "font-size:12px;letter-spacing:0;color:#51606e;font-weight:400}"
    ".no{text-align:center;margin:.4em 0 1.6em}"
    "table{width:100%;border-collapse:collapse}"
    "th,td{border-bottom:1px solid #d5dde4;padding:.5em .6em;"
    "text-align:left;vertical-align:top}th{width:34%}"
    ".hash{font-family:monospace;font-size:13px;word-break:break-all}"
    "footer{display:flex;gap:8mm;align-items:center;margin-top:10mm}"
    "footer svg{width:34mm;flex:none}.statement{font-weight:600;"
    "color:#8a2b1d}@media print{body{background:#fff}main{margin:0;"
    "border:0}}";

static void
make_page(struct registry *r, const struct asset *a, const struct issue *i,
    uint64_t entry, struct buf *b)
{
	buf_adds(b,
	    "<!DOCTYPE html>\n<html lang=\"zh-CN\"><head>"
	    "<meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-"
	    "Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'"
	    "\"><meta name=\"viewport\" content=\"width=device-width\">"
	    "<title>");
	html_put(b, i->no);
	buf_addf(b,
	    "</title><style>%s</style></head><body><main>\n"
	    "<h1>数据资产登记凭证<span lang=\"en\">Certificate of registration "
	    "of a data asset</span></h1>\n<p class=\"no\">",
	    style);
	html_put(b, i->no);
	buf_adds(b, "</p>\n<table>\n");
	put_row(r, b, "资产名称", "Title", i->title);
	put_row_text(r, b, "资产编号", "Code", a->code);
	put_row_text(r, b, "版本", "Version",
	    slice_of(arena_printf(
		r->arena, "%llu", (unsigned long long)i->version)));
	put_row(r, b, "所属科室", "Department", card_or_null(r, a, "dept", ""));
	put_row(r, b, "持有人", "Holder", i->holder);
	put_row(r, b, "安全级别", "Level", i->level);
	put_row(r, b, "数据来源", "Source", i->source);
	put_row(r, b, "更新频次", "Update", card_or_null(r, a, "update", ""));
	put_row_text(
	    r, b, "签发人", "Issuer", vkey_label(&r->actor.key, r->arena));
	put_row_text(r, b, "账本条目", "Ledger entry",
	    slice_of(arena_printf(r->arena, "%.*s / %llu", (int)r->log.name.n,
		r->log.name.p, (unsigned long long)entry)));
	buf_adds(b,
	    "</table>\n<p>版本指纹 <span lang=\"en\">Digest of the "
	    "version (SHA-256)</span></p><p class=\"hash\">");
	html_put(b, i->version_sha);
	buf_adds(b, "</p>\n<footer>");
	put_qr(b,
	    arena_printf(
		r->arena, "%.*s %s", (int)i->no.n, i->no.p, i->sha256));
	buf_adds(b,
	    "<p><span class=\"statement\">" STATEMENT "</span>"
	    "<span lang=\"en\">The hospital's own record; it does not replace "
	    "a certificate of the authorities. Verified offline by "
	    "mdx-register verify --cert with the log's key.</span></p>"
	    "</footer></main></body></html>\n");
}

static bool
keep(struct registry *r, const struct asset *a, const struct issue *i,
    uint64_t entry, struct err *e)
{
	struct statement *s = store_prepare(
	    r->db, "INSERT INTO certificate VALUES(?1, ?2, ?3, ?4, ?5)", e);
	bool ok;

	if (s == NULL)
		return false;
	statement_bind(s, 1, i->no);
	statement_bind(s, 2, a->code);
	statement_bind_int(s, 3, (int64_t)i->version);
	statement_bind_int(s, 4, (int64_t)entry);
	statement_bind(s, 5, i->payload);
	ok = statement_run(s, e);
	statement_free(s);
	return ok;
}

bool
certificate_issue(struct registry *r, const struct asset *a,
    struct buf *envelope, struct buf *page, struct err *e)
{
	struct event event = { .type = "cert", .asset = a->code };
	struct issue i = { 0 };
	struct buf body = { 0 };
	bool ok;

	if (!registry_require(r, "cert", "office", NULL, e))
		return false;
	if (slice_is(a->state, "draft") || slice_is(a->state, "submitted"))
		return err_data(e, "wrong_state",
		    "%.*s: is '%.*s', not yet "
		    "registered",
		    (int)a->code.n, a->code.p, (int)a->state.n, a->state.p);
	if (!make_payload(r, a, &i, e))
		return false;
	buf_adds(&body, "{\"no\":");
	json_put_string(&body, i.no);
	buf_addf(&body, ",\"sha256\":\"%s\",\"issuer\":", i.sha256);
	json_put_string(&body, vkey_text(&r->actor.key, r->arena));
	buf_addc(&body, '}');
	event.body = buf_slice(&body);
	ok = store_begin(r->db, e) && ledger_append(r, &event, e) &&
	    keep(r, a, &i, event.n, e) && store_commit(r->db, e);
	if (!ok)
		store_rollback(r->db);
	ok = ok && ledger_publish(r, e) &&
	    make_envelope(r, &i, event.n, envelope, e);
	if (ok)
		make_page(r, a, &i, event.n, page);
	buf_release(&body);
	return ok;
}

/* --- verifying offline ----------------------------------------------------- */

static bool
forged(const char *what, struct err *e)
{
	return err_data(e, "forged", "%s", what);
}

static struct slice
unbase64(struct json v, struct arena *arena)
{
	struct buf b = { 0 };
	struct slice s = { "", 0 };

	if (v.type == JSON_STRING && note_unbase64(json_text(v, arena), &b))
		s = json_pad(buf_slice(&b), arena);
	buf_release(&b);
	return s;
}

/* The proof's lines: index, hashes, an empty line, the checkpoint. */
static bool
check_proof(struct slice entry, struct slice proof, const struct vkey *log,
    struct err *e)
{
	struct slice rest = proof, line, text, origin, size, root;
	struct buf hashes = { 0 }, want = { 0 };
	struct tree_hash leaf, top;
	unsigned long long index = 0, count = 0;
	bool ok = slice_next(&rest, '\n', &line) &&
	    slice_is(line, "c2sp.org/tlog-proof@v1") &&
	    slice_next(&rest, '\n', &line) && slice_starts(line, "index ") &&
	    slice_number((struct slice){ line.p + 6, line.n - 6 }, &index);

	while (ok && slice_next(&rest, '\n', &line) && line.n > 0)
		ok = note_unbase64(line, &hashes);
	ok = ok && note_open(rest, log, &text);
	ok = ok && slice_next(&text, '\n', &origin) &&
	    slice_eq(origin, log->name) && slice_next(&text, '\n', &size) &&
	    slice_number(size, &count) && slice_next(&text, '\n', &root) &&
	    note_unbase64(root, &want) && want.n == DIGEST_SIZE;
	if (ok) {
		tree_leaf(entry, &leaf);
		memcpy(top.bytes, want.p, DIGEST_SIZE);
		ok = tree_check(&leaf, index, count, buf_slice(&hashes), &top);
	}
	buf_release(&hashes);
	buf_release(&want);
	return ok ||
	    forged("the proof does not lead from the entry to a "
		   "checkpoint of this log",
		e);
}

static bool
check_entry(struct slice entry, struct slice payload, struct slice issuer,
    struct err *e)
{
	uint8_t d[DIGEST_SIZE];
	char quoted[68];
	struct json event, body;

	if (!json_check(entry.p, entry.n, 0, e))
		return forged("the entry is no JSON", e);
	event = json_get(json_of(entry), "event");
	body = json_get(event, "body");
	digest_bytes(payload.p, payload.n, d);
	quoted[0] = '"';
	digest_hex(d, quoted + 1);
	quoted[65] = '"';
	quoted[66] = '\0';
	if (!slice_is(json_get(event, "type").text, "\"cert\"") ||
	    !slice_is(json_get(body, "sha256").text, quoted) ||
	    !slice_eq(json_get(body, "issuer").text, issuer))
		return forged("the ledger entry is of another certificate", e);
	return true;
}

bool
certificate_verify(struct slice envelope, const struct vkey *log,
    struct arena *arena, struct err *e)
{
	struct slice padded = json_pad(slice_trim(envelope), arena);
	struct slice payload, entry, sig, issuer, type, proof;
	struct json top;
	struct vkey key;
	struct buf pae = { 0 };
	bool ok;

	if (!json_check(padded.p, padded.n, 0, e))
		return forged("is no certificate", e);
	top = json_of(padded);
	payload = unbase64(json_get(top, "payload"), arena);
	entry = unbase64(json_get(top, "entry"), arena);
	sig = unbase64(json_pointer(top, SLICE("/signatures/0/sig")), arena);
	type = json_text(json_get(top, "payloadType"), arena);
	proof = json_text(json_get(top, "proof"), arena);
	if (payload.n == 0 || entry.n == 0 || sig.n != SIGN_SIZE ||
	    !slice_is(type, CERTIFICATE_TYPE) ||
	    !json_check(payload.p, payload.n, 0, e))
		return forged("is no certificate", e);
	issuer = json_get(json_of(payload), "issuer").text;
	if (!vkey_parse(json_text(json_get(json_of(payload), "issuer"), arena),
		&key, NULL))
		return forged("names no issuer", e);
	dsse_pae(&pae, CERTIFICATE_TYPE, payload);
	ok = sign_verify(key.public, buf_slice(&pae), (const uint8_t *)sig.p);
	buf_release(&pae);
	if (!ok)
		return forged("the signature is not the issuer's", e);
	return check_entry(entry, payload, issuer, e) &&
	    check_proof(entry, proof, log, e);
}
