/*
 * RTF: one record a file, {"text":"..."} (rtf_text.c).
 */
#include <stdint.h>

#include "json/write.h"
#include "sources/format.h"
#include "sources/rtf_text.h"

bool
rtf_is(struct slice head)
{
	return slice_starts(head, "{\\rtf");
}

/* Editors put a line end or a NUL behind the document, mailers more. */
static void
skip_behind(struct member *m, struct slice whole, size_t used)
{
	struct piece p = { .from = m->at,
		.to = m->at + whole.n - used,
		.next = m->at + whole.n - used,
		.bytes = { whole.p + used, whole.n - used } };

	if (used < whole.n)
		member_skip(m, &p, "behind_document");
}

static bool
take_document(struct member *m, struct slice whole, struct err *e)
{
	struct piece p = { .from = m->at, .line = 1 };
	struct buf text = { .ceiling = m->limits->max_record };
	struct err why = { 0 };
	size_t used = whole.n;
	bool good = rtf_text(whole, &text, &used, &p.encoding, &why), ok;

	if (!good)
		used = whole.n;
	p.to = p.next = p.from + used;
	p.bytes = (struct slice){ whole.p, used };
	if (good) {
		buf_adds(member_open(m), "{\"text\":");
		json_put_string(&m->sink->out, buf_slice(&text));
		ok = member_record(m, &p, e);
	} else {
		ok = member_reject(m, &p, &why, e);
	}
	if (ok)
		skip_behind(m, whole, used);
	buf_release(&text);
	return ok;
}

bool
rtf_read(struct member *m, struct err *e)
{
	struct piece p = { .line = 1 };
	struct slice whole;
	bool ok;

	member_names(m);
	if (!text_whole(m, &whole, e))
		return false;
	if (whole.n == SIZE_MAX)
		return true;
	p.to = p.next = whole.n;
	p.bytes = whole;
	ok = input_failed(m->input, NULL) ? member_reject_cut(m, &p, e)
					  : take_document(m, whole, e);
	if (ok)
		input_take(m->input, whole.n);
	return ok;
}
