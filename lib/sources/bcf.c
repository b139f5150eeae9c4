/*
 * BCF: one record of the header, which is VCF's in full, and with --variants
 * one a variant.
 *
 *	"BCF" 2 minor l_text text { l_shared l_own shared own } ...
 */
#include <string.h>

#include "sources/bcf_record.h"
#include "sources/body.h"
#include "sources/bytes.h"
#include "sources/format.h"

#define START 9 /* the mark and the length of the text */

bool
bcf_is(struct slice head)
{
	return head.n >= START && memcmp(head.p, "BCF\2", 4) == 0 &&
	    head.p[4] <= 2;
}

static bool
parse_header(struct member *m, struct vcf_header *h, struct arena *a,
    struct piece *p, struct err *e)
{
	struct slice s;
	size_t n;

	if (!body_head(m, START, &s, e))
		return false;
	if (!bcf_is(s))
		return err_data(e, "bcf_syntax", "does not begin as BCF does");
	n = bytes_le(s.p + 5, 4);
	if (!body_head(m, START + n, &s, e))
		return false;
	p->to = p->next = START + n;
	p->bytes = (struct slice){ s.p, START + n };
	s = (struct slice){ s.p + START, strnlen(s.p + START, n) };
	return vcf_header_parse(h, s, &m->charset, a, &p->encoding, e);
}

static bool
read_header(struct member *m, struct vcf_header *h, struct arena *a,
    bool *usable, struct err *e)
{
	struct piece p = { 0 };
	struct err why = { 0 };

	*usable = parse_header(m, h, a, &p, &why);
	if (!*usable)
		return body_refuse(m, &why, e);
	buf_addc(member_open(m), '{');
	vcf_header_put(h, &m->sink->out);
	if (!member_record(m, &p, e))
		return false;
	input_take(m->input, p.bytes.n);
	return true;
}

/* --- the variants -------------------------------------------------------- */

/* A record that is too long, or within which the input ends. */
static bool
set_aside(struct member *m, struct piece *p, uint64_t size, struct err *e)
{
	struct err why = { 0 };
	uint64_t had = input_skip(m->input, size);

	p->to = p->next = p->from + had;
	p->bytes = (struct slice){ "", 0 };
	if (input_failed(m->input, NULL))
		return member_reject_cut(m, p, e);
	if (had < size) {
		m->incomplete = true;
		err_data(&why, "cut_off", "the input ends within this record");
	} else {
		err_data(&why, "limit_record",
		    "record of more than %zu bytes (--max-record raises it)",
		    m->limits->max_record);
	}
	return member_reject(m, p, &why, e);
}

static bool
read_variant(struct member *m, struct bcf_record *r, struct err *e)
{
	struct slice s = input_peek(m->input, 8);
	struct piece p = { .from = m->at };
	struct err why = { 0 };
	uint64_t shared, size;
	bool ok;

	if (s.n < 8)
		return set_aside(m, &p, 8, e);
	shared = bytes_le(s.p, 4);
	size = 8 + shared + bytes_le(s.p + 4, 4);
	if (size > m->limits->max_record)
		return set_aside(m, &p, size, e);
	s = input_peek(m->input, size);
	if (s.n < size)
		return set_aside(m, &p, size, e);
	p.bytes = (struct slice){ s.p, size };
	p.to = p.next = p.from + size;
	if (bcf_record_put(r, (struct slice){ s.p + 8, shared },
		(struct slice){ s.p + 8 + shared, size - 8 - shared },
		member_open(m), &why)) {
		ok = member_record(m, &p, e);
	} else {
		member_cancel(m);
		ok = member_reject(m, &p, &why, e);
	}
	input_take(m->input, size);
	return ok;
}

bool
bcf_read(struct member *m, struct err *e)
{
	struct arena *a = arena_new();
	struct vcf_header h = { 0 };
	struct bcf_record r;
	bool ok, usable;

	member_code(m, "format", SLICE("bcf"));
	ok = read_header(m, &h, a, &usable, e);
	bcf_record_init(&r, &h);
	if (ok && usable && !m->options->variants)
		body_pass(m);
	while (ok && usable && m->options->variants && !input_at_end(m->input))
		ok = read_variant(m, &r, e);
	bcf_record_release(&r);
	vcf_header_release(&h);
	arena_free(a);
	return ok;
}
