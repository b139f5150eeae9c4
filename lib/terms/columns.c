#include "terms/columns.h"

#include "base/tokenizer.h"

#define HEADER_ROWS 20

/* The role that --columns gives to a header; HEADER_ROLES for none. */
static enum header_role
given_role(const char *given, struct slice header)
{
	struct slice rest = slice_of(given), part;

	while (slice_next(&rest, ',', &part)) {
		const char *equal = memchr(part.p, '=', part.n);

		if (equal != NULL &&
		    fold_same(slice_span(equal + 1, part.p + part.n), header))
			return systems_role(
			    slice_trim(slice_span(part.p, equal)));
	}
	return HEADER_ROLES;
}

static bool
is_given(const char *given, enum header_role role)
{
	struct slice rest = slice_of(given), part;

	while (slice_next(&rest, ',', &part)) {
		const char *equal = memchr(part.p, '=', part.n);

		if (equal != NULL &&
		    systems_role(slice_trim(slice_span(part.p, equal))) == role)
			return true;
	}
	return false;
}

static void
read_header(const struct systems *s, const struct grid_row *row,
    const char *given, struct columns *c)
{
	size_t code = SIZE_MAX;

	*c = (struct columns){ .of = UINT64_MAX };
	for (size_t i = 0; i < row->n; i++) {
		struct slice text = row->cells[i].text;
		uint64_t of = UINT64_MAX;
		enum header_role role = given_role(given, text);

		if (role == HEADER_ROLES) {
			role = systems_header(s, text, &of);
			if (role < HEADER_ROLES && is_given(given, role))
				role = HEADER_ROLES;
		}
		if (role == HEADER_ROLES || text.n == 0 ||
		    c->n[role] == COLUMNS_SAME)
			continue;
		c->of &= of;
		c->at[role][c->n[role]++] = i;
		if (role == HEADER_PARENT_CODE)
			code = i;
		if (role != HEADER_PARENT_NAME || code == SIZE_MAX)
			continue;
		c->level_code[c->nlevels] = code;
		c->level_name[c->nlevels++] = i;
		code = SIZE_MAX;
	}
}

bool
columns_find(const struct systems *s, const struct grid_sheet *sheet,
    const char *given, enum header_role one, enum header_role other,
    struct columns *c)
{
	for (size_t i = 0; i < sheet->nrows && i < HEADER_ROWS; i++) {
		read_header(s, &sheet->rows[i], given, c);
		c->row = i;
		if (c->n[one] > 0 && c->n[other] > 0)
			return true;
	}
	return false;
}

struct slice
columns_text(
    const struct columns *c, const struct grid_row *row, enum header_role role)
{
	return c->n[role] == 0 ? SLICE("") : grid_text(row, c->at[role][0]);
}
