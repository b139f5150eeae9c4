#include "sources/body.h"

#include "base/mem.h"

#define RAW ((size_t)64 << 10)

bool
body_head(struct member *m, size_t n, struct slice *head, struct err *e)
{
	size_t limit = m->limits->max_record;

	if (n > limit)
		return err_data(e, "limit_record",
		    "header of more than %zu bytes (--max-record raises it)",
		    limit);
	*head = input_peek(m->input, n);
	return head->n >= n ||
	    err_data(e, "cut_off", "the input ends within its header");
}

void
body_pass(struct member *m)
{
	struct err ignored = { 0 };
	const char *block;

	if (m->size > m->at) {
		member_skip_to(m, m->size, "body");
		return;
	}
	if (m->size == 0 && m->file && !input_ended(m->input)) {
		member_note(m, "body_unread");
	} else {
		while (
		    m->size == 0 && input_next(m->input, &block, &ignored) > 0)
			continue;
	}
	if (input_bytes(m->input) > m->at)
		member_skip_to(m, input_bytes(m->input), "body");
}

bool
body_refuse(struct member *m, const struct err *why, struct err *e)
{
	struct slice head = input_peek(m->input, 1);
	struct piece p = { .from = m->at };
	struct err ignored = { 0 };
	const char *block;
	char *kept;
	bool ok;

	/* What the reject shows is its beginning, or nothing. */
	if (input_offset(m->input) != m->at)
		head.n = 0;
	if (head.n > RAW)
		head.n = RAW;
	kept = mem_dup(head.p, head.n);
	p.bytes = (struct slice){ kept, head.n };
	p.to = m->size;
	if (m->size <= m->at) {
		while (input_next(m->input, &block, &ignored) > 0)
			continue;
		p.to = input_bytes(m->input);
	}
	p.next = p.to;
	m->incomplete = true;
	ok = input_failed(m->input, NULL) ? member_reject_cut(m, &p, e)
					  : member_reject(m, &p, why, e);
	mem_free(kept);
	return ok;
}
