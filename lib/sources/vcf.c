/*
 * VCF: one record of the header, and with --variants one a line.
 */
#include <string.h>

#include "io/table.h"
#include "json/write.h"
#include "sources/body.h"
#include "sources/format.h"
#include "sources/vcf_line.h"

#define FIRST "##fileformat=VCF"

bool
vcf_is(struct slice head)
{
	return slice_starts(head, FIRST);
}

/*
 * The bytes up to and with the line #CHROM, or up to the first line that is
 * none of the header; more than the limit where they do not end before it.
 */
static struct slice
find_header(struct input *in, size_t limit)
{
	struct slice s = input_peek(in, 1);
	size_t at = 0;

	for (;;) {
		const char *lf =
		    at < s.n ? memchr(s.p + at, '\n', s.n - at) : NULL;
		size_t had = s.n;

		if (at < s.n && s.p[at] != '#')
			return slice_span(s.p, s.p + at);
		if (lf == NULL) {
			s = input_peek(in, s.n + 1);
			if (s.n == had || s.n > limit)
				return s;
			continue;
		}
		if (at + 1 < s.n && s.p[at + 1] != '#')
			return slice_span(s.p, lf + 1);
		at = (size_t)(lf + 1 - s.p);
	}
}

static size_t
without_end(struct slice s)
{
	if (s.n > 0 && s.p[s.n - 1] == '\n')
		s.n--;
	if (s.n > 0 && s.p[s.n - 1] == '\r')
		s.n--;
	return s.n;
}

/* False where there is no header to read variants by, or *e says why. */
static bool
read_header(struct member *m, struct vcf_header *h, struct arena *a,
    bool *usable, struct err *e)
{
	struct slice text = find_header(m->input, m->limits->max_record);
	struct piece p = { .from = m->at, .line = 1 };
	struct err why = { 0 };
	bool ok;

	p.bytes = (struct slice){ text.p, without_end(text) };
	p.to = m->at + p.bytes.n;
	p.next = m->at + text.n;
	m->line += text_lines(text);
	if (text.n > m->limits->max_record)
		*usable = err_data(&why, "limit_record",
		    "header of more than %zu bytes (--max-record raises it)",
		    m->limits->max_record);
	else
		*usable = vcf_header_parse(
		    h, text, &m->charset, a, &p.encoding, &why);
	if (!*usable)
		return body_refuse(m, &why, e);
	buf_addc(member_open(m), '{');
	vcf_header_put(h, &m->sink->out);
	ok = member_record(m, &p, e);
	input_take(m->input, text.n);
	return ok;
}

/* --- the variants -------------------------------------------------------- */

static bool
take_line(struct member *m, struct vcf_line *v, struct piece *p, struct err *e)
{
	struct err why = { 0 };
	struct slice text;

	if (charset_decode(&m->charset, p->bytes, &text, &p->encoding, &why) &&
	    vcf_line_put(v, text, member_open(m), &why))
		return member_record(m, p, e);
	member_cancel(m);
	return member_reject(m, p, &why, e);
}

static bool
take_frame(
    struct member *m, struct vcf_line *v, const struct frame *f, struct err *e)
{
	struct piece p = { .from = f->from,
		.to = f->to,
		.next = f->next,
		.line = f->line,
		.bytes = f->bytes };
	struct err why = { 0 };

	if (f->kind == FRAME_BLANK || f->kind == FRAME_COMMENT) {
		member_skip(
		    m, &p, f->kind == FRAME_BLANK ? "blank_line" : "comment");
		return true;
	}
	if (f->next == f->to && input_at_end(m->input) &&
	    input_failed(m->input, NULL))
		return member_reject_cut(m, &p, e);
	if (f->kind == FRAME_RECORD)
		return take_line(m, v, &p, e);
	err_data(&why, f->why,
	    "line of more than %zu bytes (--max-record raises it)",
	    m->limits->max_record);
	return member_reject(m, &p, &why, e);
}

static bool
read_variants(struct member *m, const struct vcf_header *h, struct err *e)
{
	struct dialect d = { .delimiter = '\t',
		.comment = '#',
		.max_record = m->limits->max_record };
	struct framer *framer = framer_new(&d, input_read, m->input);
	struct vcf_line v;
	struct frame f;
	bool ok = true;

	vcf_line_init(&v, h);
	framer_start(framer, m->at, m->line);
	while (ok && framer_next(framer, &f, e) && f.kind != FRAME_END)
		ok = take_frame(m, &v, &f, e);
	framer_free(framer);
	vcf_line_release(&v);
	return ok;
}

bool
vcf_read(struct member *m, struct err *e)
{
	struct arena *a = arena_new();
	struct vcf_header h = { 0 };
	bool ok, usable;

	text_begin(m);
	member_code(m, "format", SLICE("vcf"));
	ok = read_header(m, &h, a, &usable, e);
	if (ok && usable && m->options->variants)
		ok = read_variants(m, &h, e);
	else if (ok && usable)
		body_pass(m);
	vcf_header_release(&h);
	arena_free(a);
	return ok;
}
