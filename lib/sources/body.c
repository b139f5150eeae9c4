#include "sources/body.h"

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
