/*
 * Whether the fields of a profile can be told, and where they come from if they
 * are too many.
 */
#include "rules/profile_parts.h"

static size_t
count_below(const struct node *n)
{
	size_t all = n->each == NULL ? 0 : 1 + count_below(n->each);

	for (size_t i = 0; n->names != NULL && i < index_count(n->names); i++)
		all += 1 + count_below(n->children[i]);
	return all;
}

/* What stands within a node and holds over half of its fields, or NULL. */
static const struct node *
main_part(const struct node *n)
{
	size_t half = count_below(n) / 2;

	if (n->each != NULL && count_below(n->each) > half)
		return n->each;
	for (size_t i = 0; n->names != NULL && i < index_count(n->names); i++)
		if (count_below(n->children[i]) > half)
			return n->children[i];
	return NULL;
}

static const struct node *
largest_kind(const struct profile *p)
{
	const struct node *most = p->roots[0];

	for (size_t i = 1; i < index_count(p->kinds); i++)
		if (count_below(p->roots[i]) > count_below(most))
			most = p->roots[i];
	return most;
}

/*
 * As long as one part holds most of the fields it is gone into; where none
 * does, the names of the members are the data, and they are not said.
 */
bool
profile_refuse(const struct profile *p, unsigned most, struct err *e)
{
	const struct node *n = largest_kind(p), *part;
	struct buf at = { 0 };

	while ((part = main_part(n)) != NULL) {
		bool element = part == n->each;

		if (at.n > 0 && !element)
			buf_addc(&at, '.');
		buf_add_slice(&at, part->name);
		n = part;
	}
	err_data(e, "limit_fields",
	    "more than %u fields, most of them in %s%s%s: names of its members "
	    "look like data; leave them out",
	    most, at.n > 0 ? "'" : "",
	    at.n > 0 ? buf_string(&at) : "the record", at.n > 0 ? "'" : "");
	buf_release(&at);
	return false;
}

bool
profile_fits(const struct profile *p, struct err *e)
{
	return p->nlive <= PROFILE_FIELDS ||
	    profile_refuse(p, PROFILE_FIELDS, e);
}
