#include "sources/qido.h"

#include <string.h>

#include "base/arena.h"
#include "json/scan.h"
#include "sources/dicom_json.h"

static bool
take(struct member *m, struct json object, struct piece *p, struct arena *a,
    struct err *e)
{
	struct buf *b = member_open(m);
	struct err why = { 0 };
	struct slice modality;
	uint64_t bulk = 0;

	/* Its id is the same wherever it stands in a page. */
	member_chain(m, SLICE(""));
	m->base = p->from;
	buf_addc(b, '{');
	if (!dicom_json_put(object, b, a, &bulk, &why)) {
		member_cancel(m);
		return member_reject(m, p, &why, e);
	}
	modality = dicom_json_first(object, "00080060", a);
	if (modality.n == 0)
		modality = dicom_json_first(object, "00080061", a);
	p->kind = member_code(m, "dicom", modality);
	if (p->kind == NULL)
		p->kind = "image-other";
	if (bulk > 0)
		member_note(m, "bulk_values: %llu", (unsigned long long)bulk);
	return member_record(m, p, e);
}

static bool
reject_page(
    struct member *m, struct slice page, const struct err *why, struct err *e)
{
	struct piece p = { .from = m->at,
		.to = m->at + page.n,
		.next = m->at + page.n,
		.bytes = page,
		.placeless = true };

	return member_reject(m, &p, why, e);
}

bool
qido_read(struct member *m, struct err *e)
{
	size_t limit = m->limits->max_record;
	struct slice page = input_peek(m->input, limit);
	struct arena *a = arena_new();
	struct err why = { 0 };
	struct json_walk walk;
	struct json all, object;
	bool ok = true;

	if (!json_check(page.p, page.n, m->limits->max_depth, &why)) {
		ok = reject_page(m, page, &why, e);
		arena_free(a);
		return ok;
	}
	all = json_of(page);
	if (all.type != JSON_ARRAY) {
		err_data(&why, "dicom_syntax",
		    "the answer is no array of the DICOM JSON model");
		ok = reject_page(m, page, &why, e);
	}
	walk = json_enter(all);
	while (
	    ok && all.type == JSON_ARRAY && json_next_element(&walk, &object)) {
		struct piece p = { .bytes = object.text, .placeless = true };

		p.from = (uint64_t)(object.text.p - page.p);
		p.to = p.next = p.from + object.text.n;
		ok = take(m, object, &p, a, e);
		arena_reset(a);
	}
	arena_free(a);
	return ok;
}
