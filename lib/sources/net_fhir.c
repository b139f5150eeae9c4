/*
 * fhir: a search, page by page, or with --export a bulk export
 * (sources/fhir_export).
 */
#include <string.h>

#include "sources/fhir_export.h"
#include "sources/fhir_outcome.h"
#include "sources/net_pages.h"

void
fhir_explain(struct net *n, struct arena *a, struct err *why)
{
	const char *code =
	    n->refused == 0 ? NULL : fhir_issue(buf_slice(&n->refusal), a);
	size_t at = strlen(why->text);

	if (code != NULL && at + strlen(code) + 4 < sizeof(why->text)) {
		memcpy(why->text + at, " (", 2);
		memcpy(why->text + at + 2, code, strlen(code));
		memcpy(why->text + at + 2 + strlen(code), ")", 2);
	}
}

static void
explain(struct pages *p, struct err *why)
{
	fhir_explain(p->net, p->arena, why);
}

static bool
check_page(struct pages *p, struct slice page, struct err *why)
{
	struct slice type = fhir_type(page, p->arena);
	const char *code;

	if (type.n == 0)
		return err_set(why, ERR_SERVICE,
		    "the answer is no FHIR resource (is this the address of a "
		    "FHIR server?)");
	if (!slice_is(type, "OperationOutcome"))
		return true;
	code = fhir_issue(page, p->arena);
	return err_set(why, ERR_SERVICE,
	    "the server answers with an OperationOutcome (%s)",
	    code == NULL ? "without a code" : code);
}

static struct slice
next_page(struct pages *p, struct slice page)
{
	return fhir_next(page, p->arena);
}

bool
net_fhir_read(struct job *j, const char *uri, struct err *e)
{
	struct pages p = { .shown = net_shown(j, uri),
		.accept = "application/fhir+json",
		.check = check_page,
		.explain = explain,
		.next = next_page };
	struct err why = { 0 };
	bool ok;

	p.net = net_new(j, strchr(uri, '+') + 1, &why);
	if (p.net == NULL)
		return net_fail(j, p.shown, &why, e);
	p.name = net_name(j->arena, p.net->first.path);
	if (j->options->net.export != NULL) {
		ok = fhir_export_read(p.net, p.shown, e);
	} else {
		http_url_put(&p.net->first, &p.url);
		ok = pages_read(&p, e);
	}
	net_free(p.net);
	return ok;
}
