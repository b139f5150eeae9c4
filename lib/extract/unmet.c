#include "extract/unmet.h"

#include "base/mem.h"

void
unmet_init(struct extract_met *m, const struct extract *x)
{
	*m = (struct extract_met){ 0 };
	if (x->join != NULL)
		m->joined = mem_zalloc(join_rows(x->join) + 1);
	if (x->filled != NULL)
		m->rows = mem_zalloc(filled_count(x->filled) + 1);
}

void
unmet_release(struct extract_met *m)
{
	mem_free(m->joined);
	mem_free(m->rows);
}

void
unmet_add(struct extract_met *to, const struct extract *x,
    const struct extract_met *m)
{
	for (size_t i = 0; m->joined != NULL && i < join_rows(x->join); i++)
		to->joined[i] |= m->joined[i];
	for (size_t i = 0; m->rows != NULL && i < filled_count(x->filled); i++)
		to->rows[i] |= m->rows[i];
}

/* Filled rows without the mark; first: the first of them. */
static struct join_unmet
without(const struct extract *x, unsigned mark)
{
	struct join_unmet n = { .path = filled_path(x->filled) };

	for (size_t i = 0; i < filled_count(x->filled); i++) {
		const struct filled_row *row = filled_at(x->filled, i);

		if (row->new_value.n == 0)
			continue;
		n.rows++;
		if ((x->met.rows[i] & mark) == 0 && n.unmatched++ == 0)
			n.line = row->line;
	}
	return n;
}

void
unmet_report(const struct extract *x, struct buf *b)
{
	if (x->join != NULL) {
		struct join_unmet n = join_unmet(x->join, x->met.joined);

		buf_addf(b, "\"join\":{\"rows\":%llu,\"unmatched\":%llu},",
		    (unsigned long long)n.rows,
		    (unsigned long long)n.unmatched);
	}
	if (x->filled != NULL)
		buf_addf(b,
		    "\"corrections\":{\"applied\":%llu,\"unapplied\":%llu,"
		    "\"unmatched\":%llu},",
		    (unsigned long long)x->corrected,
		    (unsigned long long)x->unapplied,
		    (unsigned long long)without(x, ROW_MET).unmatched);
}

static void
put_rows(struct buf *b, const char *option, const struct join_unmet *n,
    const char *what)
{
	if (n->unmatched > 0)
		buf_addf(b, "%s%llu of %llu rows of %s %s (the first: %s:%llu)",
		    b->n > 0 ? "; " : "", (unsigned long long)n->unmatched,
		    (unsigned long long)n->rows, option, what, n->path,
		    (unsigned long long)n->line);
}

void
unmet_say(const struct extract *x, struct run *run)
{
	struct join_unmet n;
	struct buf b = { 0 };

	if (x->join != NULL) {
		n = join_unmet(x->join, x->met.joined);
		put_rows(&b, "--join", &n, "met no record or object");
	}
	if (x->filled != NULL) {
		n = without(x, ROW_USED);
		put_rows(&b, "--corrections", &n, "changed no record");
	}
	if (b.n > 0)
		run_note(run, buf_slice(&b));
	buf_release(&b);
}
