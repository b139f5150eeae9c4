/*
 * BAM: one record of the header; the reads are not read.
 *
 *	"BAM\1" l_text text n_ref { l_name name NUL l_ref } ...
 *
 * The list of references is what the reads refer to, so it gives the contigs;
 * the text may lack them.
 */
#include <string.h>

#include "json/write.h"
#include "sources/body.h"
#include "sources/bytes.h"
#include "sources/format.h"
#include "sources/sam_header.h"

bool
bam_is(struct slice head)
{
	return head.n >= 4 && memcmp(head.p, "BAM\1", 4) == 0;
}

static bool
put_reference(
    struct member *m, const char *p, size_t name, struct buf *b, struct err *e)
{
	const char *encoding;
	struct slice text;

	if (!charset_decode(&m->charset, (struct slice){ p, strnlen(p, name) },
		&text, &encoding, e))
		return false;
	json_put_comma(b);
	buf_adds(b, "{\"ID\":");
	json_put_string(b, text);
	buf_addf(b, ",\"length\":\"%llu\"}",
	    (unsigned long long)bytes_le(p + name, 4));
	return true;
}

/* The references from *at on, which is then behind them. */
static bool
put_references(struct member *m, size_t *at, struct buf *b, struct err *e)
{
	struct slice s;
	uint64_t n;

	if (!body_head(m, *at + 4, &s, e))
		return false;
	n = bytes_le(s.p + *at, 4);
	*at += 4;
	for (; n > 0; n--) {
		size_t name;

		if (!body_head(m, *at + 4, &s, e))
			return false;
		name = bytes_le(s.p + *at, 4);
		if (!body_head(m, *at + 8 + name, &s, e) ||
		    !put_reference(m, s.p + *at + 4, name, b, e))
			return false;
		*at += 8 + name;
	}
	return true;
}

static bool
read_header(struct member *m, struct piece *p, struct buf *record,
    struct buf *contigs, struct err *e)
{
	struct slice s, text;
	size_t n;

	if (!body_head(m, 8, &s, e))
		return false;
	if (!bam_is(s))
		return err_data(e, "sam_syntax", "does not begin as BAM does");
	n = bytes_le(s.p + 4, 4);
	p->to = 8 + n;
	if (!body_head(m, p->to, &s, e) ||
	    !put_references(m, &p->to, contigs, e) ||
	    !body_head(m, p->to, &s, e))
		return false;
	p->next = p->to;
	p->bytes = (struct slice){ s.p, p->to };
	return charset_decode(&m->charset,
		   (struct slice){ s.p + 8, strnlen(s.p + 8, n) }, &text,
		   &p->encoding, e) &&
	    sam_header_put(text, "BAM", contigs, record, e);
}

bool
bam_read(struct member *m, struct err *e)
{
	struct buf record = { 0 }, contigs = { 0 };
	struct piece p = { 0 };
	struct err why = { 0 };
	bool ok;

	member_code(m, "format", SLICE("bam"));
	buf_addc(&record, '{');
	if (read_header(m, &p, &record, &contigs, &why)) {
		buf_add_slice(member_open(m), buf_slice(&record));
		ok = member_record(m, &p, e);
		if (ok)
			body_pass(m);
	} else {
		ok = body_refuse(m, &why, e);
	}
	buf_release(&record);
	buf_release(&contigs);
	return ok;
}
