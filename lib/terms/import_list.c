/*
 * Which list a file is of, and its sheets as a draft, of import_part.h.
 */
#include "terms/import_part.h"

/* "2.0" of a title; a date such as 2024.01.15 has more digits or points. */
static struct slice
version_in(struct slice s, size_t *at)
{
	for (size_t i = *at; i < s.n; i++) {
		size_t from = i, points = 0;

		if (s.p[i] < '0' || s.p[i] > '9')
			continue;
		while (i < s.n &&
		    ((s.p[i] >= '0' && s.p[i] <= '9') ||
			(s.p[i] == '.' && i + 1 < s.n && s.p[i + 1] >= '0' &&
			    s.p[i + 1] <= '9')))
			points += s.p[i++] == '.';
		*at = i;
		if (points == 1 &&
		    s.p[from + 1 + (s.p[from + 1] != '.')] == '.')
			return (struct slice){ s.p + from, i - from };
	}
	return SLICE("");
}

/* Adds what a title says; false where titles say different versions. */
static bool
add_title(const struct systems *s, struct slice title, uint64_t *of,
    struct slice *version)
{
	struct slice found;
	size_t at = 0;

	*of &= systems_titled(s, title);
	while ((found = version_in(title, &at)).n > 0) {
		if (version->n > 0 && !slice_eq(*version, found))
			return false;
		*version = found;
	}
	return true;
}

/* The highest of the release numbers that rows of LOINC carry. */
static struct slice
highest(const struct grid_sheet *sheet, const struct columns *c)
{
	struct slice best = SLICE("");

	for (size_t i = c->row + 1; i < sheet->nrows; i++) {
		struct slice s =
		    columns_text(c, &sheet->rows[i], HEADER_VERSION);

		if (s.n > best.n || (s.n == best.n && slice_cmp(s, best) > 0))
			best = s;
	}
	return best;
}

struct told {
	struct slice system, version;
	bool assumed;
};

/* Which list a sheet is of: by the user, the headers and the titles. */
static bool
tell(struct import *im, const struct grid *g, const struct grid_sheet *sheet,
    const struct columns *c, struct told *t)
{
	const char *base = strrchr(g->path, '/');
	struct slice file = slice_of(base == NULL ? g->path : base + 1);
	struct slice version = SLICE(""), titled = SLICE("");
	const struct system *system = NULL;
	uint64_t of = c->of;
	size_t several = 0;
	bool agree = true;

	for (size_t i = 0; i < c->row; i++)
		for (size_t k = 0; k < sheet->rows[i].n; k++)
			agree =
			    add_title(im->systems, sheet->rows[i].cells[k].text,
				&of, &titled) &&
			    agree;
	if (sheet->name != NULL)
		agree = add_title(
			    im->systems, slice_of(sheet->name), &of, &titled) &&
		    agree;
	for (size_t i = file.n; i-- > 1;)
		if (file.p[i] == '.') {
			file.n = i;
			break;
		}
	agree = add_title(im->systems, file, &of, &titled) && agree;
	version = titled.n > 0 ? titled : highest(sheet, c);
	for (size_t i = 0; i < systems_count(im->systems); i++)
		if (of >> i & 1) {
			system = systems_at(im->systems, i);
			several++;
		}
	t->system = im->o->system != NULL ? slice_of(im->o->system)
	    : several == 1                ? system->name
					  : SLICE("");
	if (t->system.n == 0)
		return draft_fault(g, sheet, &sheet->rows[c->row], 0,
		    im->faults, im->e,
		    several == 0
			? "the headers and the titles are of different "
			  "systems: say which it is (--system)"
			: "the headers are of several systems: say which it "
			  "is (--system)");
	system = systems_find(im->systems, t->system);
	t->assumed = version.n == 0;
	t->version = im->o->version != NULL ? slice_of(im->o->version)
	    : !agree                        ? SLICE("")
	    : version.n > 0                 ? version
	    : system != NULL                ? system->edition
					    : SLICE("");
	t->assumed = t->assumed && im->o->version == NULL;
	return t->version.n > 0 ||
	    draft_fault(g, sheet, &sheet->rows[c->row], 0, im->faults, im->e,
		"the file does not say which version it is (--version)");
}

/* The draft of the list among those of this file. */
static struct draft *
draft_of(struct import *im, const struct grid *g, const struct told *t)
{
	const struct system *s = systems_find(im->systems, t->system);
	struct import_item *item;

	for (size_t i = 0; i < im->n; i++)
		if (im->items[i].draft != NULL &&
		    strcmp(im->items[i].path, g->path) == 0 &&
		    slice_eq(im->items[i].draft->system, t->system) &&
		    slice_eq(im->items[i].draft->version, t->version))
			return im->items[i].draft;
	item = import_add(im, g->path);
	item->draft = draft_new(t->system, t->version);
	item->draft->pattern = s == NULL ? NULL : s->codes;
	item->draft->assumed = t->assumed;
	return item->draft;
}

bool
import_vocabulary(struct import *im, const struct grid *g)
{
	bool found = false, ok = true;

	for (size_t i = 0; i < g->nsheets; i++) {
		const struct grid_sheet *sheet = &g->sheets[i];
		struct columns c;
		struct told t = { 0 };

		if ((im->o->sheet != NULL && sheet->name != NULL &&
			strcmp(sheet->name, im->o->sheet) != 0) ||
		    !columns_find(im->systems, sheet, im->o->columns,
			HEADER_CODE, HEADER_NAME, &c))
			continue;
		found = true;
		if (!tell(im, g, sheet, &c, &t)) {
			ok = false;
			continue;
		}
		ok = draft_read(draft_of(im, g, &t), g, sheet, &c, im->faults,
			 im->e) &&
		    ok;
	}
	return found
	    ? ok
	    : import_fault(im, g->path,
		  "no row of headers in the first 20 rows: name the columns "
		  "(--columns code=HEADER,name=HEADER), or say which "
		  "editions a code map joins (--from, --to)");
}
