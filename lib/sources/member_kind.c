/*
 * What kind a member, or one record of it, is proved to be.
 */
#include <stdio.h>
#include <string.h>

#include "sources/member.h"

/*
 * The names that a kind may be told by: the file's, and before it the sheet's.
 * That of an archive says nothing of a single file in it.
 */
static void
names_of(const struct member *m, const char *names[3])
{
	const struct place_of *at = m->place;
	bool two = at->helped || strcmp(m->format, "xlsx") == 0 ||
	    strcmp(m->format, "sqlite") == 0;
	size_t want = two ? 2 : 1, n = 0;

	for (size_t i = at->nparts + 1; i-- > at->unchained && n < want;) {
		const char *uri = at->shown != NULL ? at->shown : at->uri;
		const char *part = i == at->unchained ? uri : at->parts[i - 1];
		const char *base = strrchr(part, '/');

		names[n++] = base == NULL ? part : base + 1;
	}
	names[n] = NULL;
}

static void
take_proof(struct member *m, struct kind_proof proof)
{
	m->kind = proof.kind;
	m->kind_by = proof.by;
	if (proof.tied[0] != NULL)
		member_note(
		    m, "kind_tie: %s or %s", proof.tied[0], proof.tied[1]);
}

void
member_columns(struct member *m, const struct slice *columns, size_t n)
{
	const char *names[3];

	names_of(m, names);
	if (m->options->kind == NULL)
		take_proof(
		    m, kinds_of_table(m->options->kinds, columns, n, names));
}

void
member_names(struct member *m)
{
	const char *names[3];

	names_of(m, names);
	if (m->options->kind == NULL)
		take_proof(m, kinds_of_names(m->options->kinds, names));
}

const char *
member_code(struct member *m, const char *system, struct slice code)
{
	struct kind_proof proof;
	const char *names[3];
	char key[128];
	int n;

	if (m->options->kind != NULL)
		return m->options->kind;
	n = snprintf(key, sizeof(key), "%s:%.*s", system, (int)code.n, code.p);
	if (n <= 0 || (size_t)n >= sizeof(key))
		return NULL;
	names_of(m, names);
	proof = kinds_of_code(
	    m->options->kinds, (struct slice){ key, (size_t)n }, names);
	if (strcmp(proof.by, "none") == 0)
		return NULL;
	if (strcmp(m->kind_by, "none") == 0)
		take_proof(m, proof);
	return proof.kind;
}
