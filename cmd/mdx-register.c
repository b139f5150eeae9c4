/*
 * mdx-register - the hospital's own register of data assets.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "cli/tool.h"
#include "io/reader.h"
#include "io/writer.h"
#include "json/scan.h"
#include "json/write.h"
#include "registry/asset.h"
#include "registry/certificate.h"
#include "registry/ledger.h"
#include "registry/workflow.h"

static const char *store_folder, *key_path, *origin, *kek_path, *title, *kind,
    *qc_path, *public_path, *roles, *org, *reason, *html_path, *cert_path,
    *log_key_path;
static struct opt_list runs;
static uint64_t wait_s = 30;

static const struct opt opts[] = {
	{ OPT_TEXT, 'S', "store", "DIR", "the store ($MDX_STORE)",
	    "资产库目录（$MDX_STORE）", &store_folder },
	{ OPT_TEXT, 'k', "key", "FILE", "private key of who acts ($MDX_KEY)",
	    "操作人私钥（$MDX_KEY）", &key_path },
	{ OPT_TEXT, 0, "origin", "NAME", "init: name of the log",
	    "init：账本名称", &origin },
	{ OPT_TEXT, 0, "kek", "FILE", "init: key-encryption key, outside",
	    "init：库外的密钥加密密钥", &kek_path },
	{ OPT_TEXT, 0, "public", "FILE", "party: public key, PEM or vkey",
	    "party：公钥（PEM 或 vkey）", &public_path },
	{ OPT_TEXT, 0, "roles", "R,...", "party: roles", "party：角色",
	    &roles },
	{ OPT_TEXT, 0, "org", "NAME", "party: organization", "party：单位",
	    &org },
	{ OPT_TEXT, 0, "title", "TEXT", "put, party: title", "put、party：名称",
	    &title },
	{ OPT_TEXT, 0, "kind", "KIND", "put: dataset or indicators (dataset)",
	    "put：dataset 或 indicators（dataset）", &kind },
	{ OPT_TEXT, 0, "qc", "FILE", "put: report of mdx-qc over these data",
	    "put：这批数据的 mdx-qc 报告", &qc_path },
	{ OPT_LIST, 0, "run", "FILE", "put: report of another tool's run",
	    "put：其他工具的运行报告", &runs },
	{ OPT_TEXT, 0, "reason", "TEXT", "return: why", "return：理由",
	    &reason },
	{ OPT_TEXT, 0, "html", "FILE", "cert: the page", "cert：凭证页面",
	    &html_path },
	{ OPT_TEXT, 0, "cert", "FILE", "verify: a certificate, offline",
	    "verify：离线核验凭证", &cert_path },
	{ OPT_TEXT, 0, "log-key", "FILE", "verify: the log's vkey",
	    "verify：账本公钥", &log_key_path },
	{ OPT_NUMBER, 0, "wait", "S", "wait so long for a busy store (30)",
	    "等待占用中的资产库的秒数（30）", &wait_s },
	{ 0 }
};

static const struct verb verbs[] = { { "init", "DIR", "make a store",
					 "建立资产库" },
	{ "party", "NAME", "add a person, department or buyer",
	    "登记人员、科室或使用方" },
	{ "put", "[ASSET] [FILE...]", "a new version", "存入新版本" },
	{ "describe", "ASSET KEY=TEXT...", "change the card", "填写资产卡片" },
	{ "submit", "ASSET", "hand it to the office", "提交登记" },
	{ "approve", "ASSET", "the next signature", "审核通过" },
	{ "return", "ASSET", "refuse it, with --reason", "退回" },
	{ "show", "ASSET", "everything about one", "查看资产" },
	{ "list", NULL, "all assets", "列出资产" },
	{ "log", NULL, "the ledger", "账本" },
	{ "verify", "[ASSET]", "recompute and check", "核验" },
	{ "cert", "ASSET", "issue a certificate", "签发登记凭证" }, { 0 } };

static const char *const usage[] = { "[-S DIR] [-k FILE] VERB ...", NULL };

static const struct tool tool = { "mdx-register",
	"register data assets: stored, signed, approved",
	"数据资产登记：存储、签名、审核", usage, verbs, opts, OPT_NO_PACK };

static struct run *run;

static bool
print_line(void *ctx, struct slice line, struct err *e)
{
	(void)ctx;
	return run_write(run, line, 1, e);
}

/* Ends the line, prints it and lets go of it. */
static bool
print_buf(struct buf *b, struct err *e)
{
	bool ok;

	buf_addc(b, '\n');
	ok = run_write(run, buf_slice(b), 1, e);
	buf_release(b);
	return ok;
}

/* A receipt is the answer on standard output and the report's own member. */
static bool
print_receipt(struct buf *receipt, struct err *e)
{
	run_own(run, buf_slice(receipt));
	return print_buf(receipt, e);
}

static const char *
need(const char *value, const char *what)
{
	if (value == NULL)
		opt_misuse(&tool, "needs %s", what);
	return value;
}

static bool
do_init(char **operands, struct err *e)
{
	struct arena *arena = arena_new();
	struct slice vkey;
	struct buf line = { 0 };
	bool ok;

	ok = registry_init(need(operands[0], "a folder"),
	    need(origin, "--origin NAME"), need(kek_path, "--kek FILE"),
	    need(key_path, "-k FILE"), arena, &vkey, e);
	if (ok) {
		buf_add_slice(&line, vkey);
		ok = print_buf(&line, e);
	}
	arena_free(arena);
	return ok;
}

static bool
check_roles(struct err *e)
{
	static const char known[] =
	    ",custodian,steward,office,security,legal,"
	    "head,ethics,operator,consumer,director,auditor,";
	struct slice rest = slice_of(roles), role;
	char word[64];

	while (slice_next(&rest, ',', &role)) {
		int n =
		    snprintf(word, sizeof(word), ",%.*s,", (int)role.n, role.p);

		if (n >= (int)sizeof(word) || strstr(known, word) == NULL)
			return err_set(e, ERR_USAGE,
			    "unknown role '%.*s'; "
			    "roles are custodian steward office security "
			    "legal head ethics operator consumer director "
			    "auditor",
			    (int)role.n, role.p);
	}
	return true;
}

static void
put_party_body(struct registry *r, const struct party *p, struct buf *body)
{
	struct slice rest = p->roles, role;

	buf_adds(body, "{\"name\":");
	json_put_string(body, p->name);
	json_put_key(body, "vkey");
	json_put_string(body, vkey_text(&p->key, r->arena));
	json_put_key(body, "roles");
	buf_addc(body, '[');
	while (slice_next(&rest, ',', &role)) {
		json_put_comma(body);
		json_put_string(body, role);
	}
	buf_adds(body, "]}");
}

static bool
do_party(struct registry *r, char **operands, struct err *e)
{
	struct party p = { .name = slice_of(need(operands[0], "a name")),
		.roles = slice_of(need(roles, "--roles R,...")) };
	struct event event = { .type = "party" };
	uint8_t public[SIGN_PUBLIC];
	struct buf body = { 0 }, receipt = { 0 };
	bool ok;

	if (!registry_require(r, "party", "custodian", NULL, e) ||
	    !check_roles(e) ||
	    !public_load(need(public_path, "--public FILE"), public, e))
		return false;
	vkey_make(&p.key, p.name, public);
	put_party_body(r, &p, &body);
	event.body = buf_slice(&body);
	ok = store_begin(r->db, e) && ledger_add_party(r, &p, title, org, e) &&
	    ledger_append(r, &event, e) && store_commit(r->db, e);
	if (!ok)
		store_rollback(r->db);
	buf_release(&body);
	if (!ok || !ledger_publish(r, e))
		return false;
	buf_addf(&receipt, "{\"entry\":%llu,\"type\":\"party\",\"party\":",
	    (unsigned long long)event.n);
	json_put_string(&receipt, p.name);
	buf_addc(&receipt, '}');
	return print_receipt(&receipt, e);
}

static bool
do_put(struct registry *r, char **operands, struct err *e)
{
	struct put put = { .title = title,
		.kind = kind,
		.runs = runs.items,
		.qc = qc_path,
		.inputs = operands };
	struct slice first = slice_of(operands[0]);
	struct buf receipt = { 0 };
	struct err none = { 0 };
	struct asset a;

	if (kind != NULL && strcmp(kind, "dataset") != 0 &&
	    strcmp(kind, "indicators") != 0)
		return err_set(e, ERR_USAGE,
		    "--kind is dataset or indicators, not '%s'", kind);
	if (operands[0] != NULL &&
	    (asset_find(r, first, &a, &none) ||
		(asset_is_code(first) && access(operands[0], F_OK) != 0))) {
		put.code = first;
		put.inputs = operands + 1;
	}
	return asset_put(r, run, &put, &receipt, e) &&
	    print_receipt(&receipt, e);
}

static bool
do_describe(struct registry *r, char **operands, struct err *e)
{
	struct buf receipt = { 0 };
	struct asset a;
	uint64_t entry;

	if (operands[0] == NULL || operands[1] == NULL)
		opt_misuse(&tool, "describe needs an asset and KEY=TEXT");
	if (!asset_find(r, slice_of(operands[0]), &a, e) ||
	    !card_describe(r, &a, operands + 1, &entry, e))
		return false;
	buf_addf(&receipt, "{\"entry\":%llu,\"type\":\"describe\",\"asset\":",
	    (unsigned long long)entry);
	json_put_string(&receipt, a.code);
	json_put_key(&receipt, "state");
	json_put_string(&receipt, a.state);
	buf_addc(&receipt, '}');
	return print_receipt(&receipt, e);
}

static bool
do_step(struct registry *r, const char *verb, char **operands, struct err *e)
{
	struct buf receipt = { 0 };
	char path[4096];
	struct workflow *w;
	struct asset a;
	bool ok;

	if (strcmp(verb, "return") == 0)
		need(reason, "--reason TEXT");
	snprintf(path, sizeof(path), "%s/policies/register/workflow.csv",
	    tool_share());
	w = workflow_load(path, e);
	ok = w != NULL &&
	    asset_find(r, slice_of(need(operands[0], "an asset")), &a, e) &&
	    workflow_step(w, r, &a, verb, reason, &receipt, e) &&
	    print_receipt(&receipt, e);
	workflow_free(w);
	return ok;
}

static bool
do_show(struct registry *r, char **operands, struct err *e)
{
	struct buf b = { 0 };
	struct asset a;

	return asset_find(r, slice_of(need(operands[0], "an asset")), &a, e) &&
	    asset_show(r, &a, &b, e) && print_buf(&b, e);
}

static bool
do_cert(struct registry *r, char **operands, struct err *e)
{
	struct buf envelope = { 0 }, page = { 0 };
	struct asset a;
	bool ok;

	ok = asset_find(r, slice_of(need(operands[0], "an asset")), &a, e) &&
	    certificate_issue(r, &a, &envelope, &page, e) &&
	    run_write(run, buf_slice(&envelope), 1, e) &&
	    (html_path == NULL ||
		writer_put_file(html_path, buf_slice(&page), e));
	buf_release(&envelope);
	buf_release(&page);
	return ok;
}

static bool
print_entry(void *ctx, uint64_t n, struct slice entry, struct err *e)
{
	struct arena *arena = arena_new();
	struct json top = json_of(json_pad(entry, arena));
	struct tree_hash leaf;
	struct buf b = { 0 };
	char hex[65];
	bool ok;

	(void)ctx;
	tree_leaf(entry, &leaf);
	digest_hex(leaf.bytes, hex);
	buf_addf(&b,
	    "{\"n\":%llu,\"leaf\":\"%s\",\"event\":", (unsigned long long)n,
	    hex);
	buf_add_slice(&b, json_get(top, "event").text);
	json_put_key(&b, "sig");
	buf_add_slice(&b, json_get(top, "sig").text);
	buf_addc(&b, '}');
	ok = print_buf(&b, e);
	arena_free(arena);
	return ok;
}

static bool
verify_certificate(struct err *e)
{
	struct arena *arena = arena_new();
	struct buf text = { 0 }, key = { 0 };
	struct vkey log;
	bool ok;

	ok = reader_slurp(
		 need(log_key_path, "--log-key FILE"), 1 << 16, &key, e) &&
	    reader_slurp(cert_path, 16 << 20, &text, e) &&
	    vkey_parse(slice_trim(buf_slice(&key)), &log, e) &&
	    certificate_verify(buf_slice(&text), &log, arena, e) &&
	    run_write(
		run, SLICE("{\"check\":\"certificate\",\"ok\":true}\n"), 1, e);
	if (!ok && e->kind == ERR_DATA)
		err_wrap(e, "%s", cert_path);
	buf_release(&text);
	buf_release(&key);
	arena_free(arena);
	return ok;
}

static bool
do_verify(struct registry *r, char **operands, struct err *e)
{
	struct slice code =
	    operands[0] == NULL ? SLICE("") : slice_of(operands[0]);
	unsigned bad = 0;
	struct asset a;

	if (code.n > 0 && !asset_find(r, code, &a, e))
		return false;
	if (!asset_verify(r, code, print_line, NULL, &bad, e))
		return false;
	return bad == 0 ||
	    err_data(e, "damaged", "%u of the checks failed", bad);
}

static bool
dispatch(struct registry *r, const char *verb, char **operands, struct err *e)
{
	if (strcmp(verb, "party") == 0)
		return do_party(r, operands, e);
	if (strcmp(verb, "put") == 0)
		return do_put(r, operands, e);
	if (strcmp(verb, "describe") == 0)
		return do_describe(r, operands, e);
	if (strcmp(verb, "show") == 0)
		return do_show(r, operands, e);
	if (strcmp(verb, "list") == 0)
		return asset_list(r, print_line, NULL, e);
	if (strcmp(verb, "log") == 0)
		return ledger_each(r, print_entry, NULL, e);
	if (strcmp(verb, "verify") == 0)
		return do_verify(r, operands, e);
	if (strcmp(verb, "cert") == 0)
		return do_cert(r, operands, e);
	return do_step(r, verb, operands, e);
}

static bool
only_reads(const char *verb)
{
	return strcmp(verb, "show") == 0 || strcmp(verb, "list") == 0 ||
	    strcmp(verb, "log") == 0 || strcmp(verb, "verify") == 0;
}

static bool
act(const char *verb, char **operands, struct err *e)
{
	struct registry *r;
	bool ok;

	if (strcmp(verb, "init") == 0)
		return do_init(operands, e);
	if (strcmp(verb, "verify") == 0 && cert_path != NULL)
		return verify_certificate(e);
	r = registry_open(need(store_folder, "-S DIR"),
	    only_reads(verb) ? NULL : need(key_path, "-k FILE"),
	    (unsigned)wait_s * 1000, e);
	ok = r != NULL && dispatch(r, verb, operands, e);
	registry_close(r);
	return ok;
}

int
main(int argc, char *argv[])
{
	const struct verb *verb;
	char **operands = opt_parse(&tool, argc, argv, &verb);
	struct err e = { 0 };
	int status;

	if (verb == NULL && operands[0] != NULL)
		opt_misuse(&tool, "unknown verb '%s'", operands[0]);
	if (verb == NULL)
		opt_misuse(&tool, "no verb given");
	if (store_folder == NULL)
		store_folder = getenv("MDX_STORE");
	if (key_path == NULL)
		key_path = getenv("MDX_KEY");
	tool_start(&tool);
	run = run_open(&opt_common.run, &e);
	if (run == NULL)
		return tool_end((int)e.kind, &e);
	if (!act(verb->name, operands, &e)) {
		if (e.kind == ERR_DATA)
			run_refuse(run, &e);
		else if (run_status(run) < (int)e.kind)
			run_fail(run, &e);
		if (run_out_count(run) == 0)
			run_discard(run);
		e.text[0] = '\0';
	}
	status = run_end(run, &e);
	run_free(run);
	return tool_end(status, &e);
}
