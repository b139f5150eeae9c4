/*
 * Plain text: one record a file, {"text":"..."}.  Also what all readers of
 * text begin with.
 */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "json/write.h"
#include "sources/format.h"

#define SEEN ((size_t)1 << 20) /* bytes of a stream that settle its encoding */
#define MOST ((size_t)8 << 20) /* where those before say nothing */

/*
 * Standard input may be live and is not waited for: its rows are judged one
 * by one.  Whole files were looked at before (source.c) and say what they are.
 */
void
text_begin(struct member *m)
{
	size_t want = m->live ? 1 : SEEN;
	struct slice head = input_peek(m->input, want);

	while (want >= SEEN && want < MOST && head.n >= want && !m->judged &&
	    !charset_is_telling(head))
		head = input_peek(m->input, want *= 2);
	m->has_encoding = true;
	charset_judge(&m->charset, head);
	if (m->judged && m->charset.declared == NULL)
		m->charset.gb_first = m->judged_gb;
	if (m->live && m->charset.declared == NULL)
		m->charset.gb_first = false;
	if (m->charset.bom > 0) {
		struct piece bom = { .to = m->charset.bom,
			.next = m->charset.bom,
			.bytes = { head.p, m->charset.bom } };

		member_skip(m, &bom, "bom");
		input_take(m->input, m->charset.bom);
	}
}

void
text_recode(struct member *m, const char *encoding)
{
	struct err e = { 0 };

	m->recode =
	    recode_new(m->input, encoding, m->at, m->limits->max_record, &e);
	assert(m->recode != NULL); /* the encoding was opened before */
	m->own_input = m->input;
	m->input = recode_input(m->recode);
	m->charset.recoded = true;
}

/* For readers that cut text before they decode it. */
void
text_begin_rows(struct member *m)
{
	text_begin(m);
	if (charset_needs_recoding(&m->charset))
		text_recode(m, m->charset.declared);
}

uint64_t
text_lines(struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;
	uint64_t n = 0;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p))) != NULL) {
		n++;
		p++;
	}
	return n;
}

bool
text_whole(struct member *m, struct slice *whole, struct err *e)
{
	size_t limit = m->limits->max_record;
	struct piece p = { .from = m->at, .line = 1 };
	struct err why = { 0 };
	const char *block;

	*whole = input_peek(m->input, limit + 1);
	if (whole->n <= limit)
		return true;
	p.bytes = (struct slice){ "", 0 };
	while (input_next(m->input, &block, &why) > 0)
		continue;
	whole->n = SIZE_MAX;
	p.to = p.next = input_bytes(m->input);
	err_data(&why, "limit_record",
	    "document of more than %zu bytes (--max-record raises it)", limit);
	return member_reject(m, &p, &why, e);
}

bool
text_read(struct member *m, struct err *e)
{
	struct piece p = { .line = 1 };
	struct slice whole, text;
	struct err why = { 0 };

	text_begin(m);
	member_names(m);
	if (!text_whole(m, &whole, e))
		return false;
	if (whole.n == SIZE_MAX)
		return true;
	p.from = m->at;
	p.to = p.next = m->at + whole.n;
	p.bytes = whole;
	if (input_failed(m->input, NULL))
		return member_reject_cut(m, &p, e);
	input_take(m->input, whole.n);
	if (!charset_decode(&m->charset, whole, &text, &p.encoding, &why))
		return member_reject(m, &p, &why, e);
	buf_adds(member_open(m), "{\"text\":");
	json_put_string(&m->sink->out, text);
	return member_record(m, &p, e);
}
