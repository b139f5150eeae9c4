/*
 * Which document type a record is of, and the members that hold its text.
 */
#include "base/mem.h"
#include "extract/stage_part.h"
#include "extract/text.h"

static struct strings
members_of(const struct extract *x, const struct doctype *t)
{
	return x->text.n > 0 ? x->text : t->text.n > 0 ? t->text : text_usual;
}

static bool
where_holds(
    struct worker *w, size_t i, struct record *r, bool *holds, struct err *e)
{
	const struct document_settings *how = guide_at(w->x->guide, i)->how;
	struct err why = { 0 };

	*holds = true;
	if (how->where.n == 0)
		return true;
	if (w->where[i] == NULL) {
		char *text = mem_string(how->where.p, how->where.n);

		w->where[i] = filter_new(text, NULL, e);
		mem_free(text);
		if (w->where[i] == NULL)
			return err_wrap(e, "document '%.*s': where",
			    (int)how->id.n, how->id.p);
	}
	/* test() on a member that is missing is an error of jq: no match. */
	if (!filter_test(w->where[i], record_line(r), holds, &why))
		*holds = false;
	return true;
}

static bool
matches(
    struct worker *w, size_t i, struct record *r, bool *holds, struct err *e)
{
	const struct document_settings *how = guide_at(w->x->guide, i)->how;
	struct slice kind;

	*holds = true;
	if (how == NULL)
		return true;
	kind = record_kind(r);
	*holds = how->kinds.n == 0;
	for (size_t k = 0; k < how->kinds.n && !*holds; k++)
		*holds = slice_eq(how->kinds.list[k], kind);
	return !*holds || where_holds(w, i, r, holds, e);
}

bool
stage_document(struct worker *w, struct record *r, const struct doctype **type,
    struct strings *members, struct err *e)
{
	const struct extract *x = w->x;
	static const struct slice text[] = { { "text", 4 } };
	size_t n = guide_count(x->guide);
	bool holds;

	*type = x->doc;
	if (n == 1 && *type == NULL &&
	    (x->plain ||
		text_is_alone(
		    r, x->names, members_of(x, guide_at(x->guide, 0)))))
		*type = guide_at(x->guide, 0);
	for (size_t i = 0; *type == NULL && i < n; i++) {
		if (!matches(w, i, r, &holds, e))
			return false;
		if (holds)
			*type = guide_at(x->guide, i);
	}
	if (*type == NULL)
		return true;
	*members = members_of(x, *type);
	if (x->text.n == 0 &&
	    (x->plain || text_is_alone(r, x->names, *members)))
		*members = (struct strings){ text, 1 };
	return true;
}
