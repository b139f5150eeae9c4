#include "terms/learn.h"

#include <dirent.h>
#include <stdlib.h>

#include "base/hash.h"
#include "base/mem.h"
#include "io/reader.h"
#include "io/together.h"
#include "json/write.h"
#include "terms/pick.h"
#include "terms/ruling.h"
#include "terms/training.h"
#include "terms/vocabulary.h"

#define LARGEST ((size_t)256 << 20)

struct learning {
	const struct learn_options *o;
	struct rulings *rulings;
	struct together *together; /* NULL: dry */
	struct arena *arena;
	struct table_faults *faults;
	struct buf *out;
	struct err *e;
};

/* --- reading ------------------------------------------------------------- */

static bool
add_table(struct learning *l, const char *path, bool asked)
{
	struct buf text = { 0 };
	bool ok = reader_slurp(path, LARGEST, &text, l->e);

	if (!ok)
		l->e->kind = ERR_USAGE;
	ok = ok &&
	    rulings_add(
		l->rulings, path, buf_slice(&text), asked, l->faults, l->e);
	buf_release(&text);
	return ok;
}

/* What was approved before; the order does not matter. */
static bool
add_approved(struct learning *l)
{
	const char *folder =
	    arena_printf(l->arena, "%s/approved", l->o->folder);
	DIR *d = opendir(folder);
	const struct dirent *f;
	bool ok = true;

	while (d != NULL && (f = readdir(d)) != NULL) {
		size_t n = strlen(f->d_name);

		if (f->d_name[0] == '.' || n < 5 ||
		    strcmp(f->d_name + n - 4, ".csv") != 0)
			continue;
		ok = add_table(l,
			 arena_printf(l->arena, "%s/%s", folder, f->d_name),
			 false) &&
		    ok;
	}
	if (d != NULL)
		closedir(d);
	return ok;
}

/* --- one field and system ------------------------------------------------ */

struct aim {
	struct slice field, system, version;
};

/* The terms of a field with their codes in a system; units are one term. */
static void
add_lessons(struct learning *l, const struct aim *aim, struct training *t)
{
	size_t n = rulings_count(l->rulings);

	for (size_t i = 0; i < n;) {
		const struct ruling *first = rulings_at(l->rulings, i), *one;
		struct slice *codes, *displays;
		size_t ncodes = 0, all = 0, k, c;
		bool none = false;

		for (k = i; k < n; k++) {
			one = rulings_at(l->rulings, k);
			if (!slice_eq(one->field, first->field) ||
			    !slice_eq(one->folded, first->folded))
				break;
			all += one->n;
		}
		codes = arena_alloc(l->arena, (all + 1) * sizeof(*codes));
		displays = arena_alloc(l->arena, (all + 1) * sizeof(*displays));
		for (; i < k; i++) {
			one = rulings_at(l->rulings, i);
			none = none || one->none;
			for (c = 0; !one->ignored && c < one->n; c++) {
				if (!slice_eq(
					one->codes[c].system, aim->system))
					continue;
				codes[ncodes] = one->codes[c].code;
				displays[ncodes++] = one->codes[c].display;
			}
		}
		if (slice_eq(first->field, aim->field) && (ncodes > 0 || none))
			training_add(t, first->folded, codes, displays, ncodes);
	}
}

static void
put_figures(struct learning *l, const struct aim *aim, const struct training *t,
    const struct scores *s, double cut)
{
	const struct ruled_before *before = rulings_before(l->rulings);
	struct buf *b = l->out;
	size_t sure, right;

	buf_adds(b, "{\"field\":");
	json_put_string(b, aim->field);
	json_put_key(b, "system");
	json_put_string(b, aim->system);
	json_put_key(b, "mappings");
	json_put_uint(b, training_terms(t));
	scores_put(s, cut, b);
	scores_sure(s, &sure, &right);
	json_put_key(b, "promise");
	buf_adds(b,
	    sure >= TRAINING_LEAST && right * 10 >= sure * 9 ? "true"
							     : "false");
	json_put_key(b, "before");
	buf_addc(b, '{');
	json_put_key(b, "terms");
	json_put_uint(b, before->terms);
	json_put_key(b, "right");
	json_put_uint(b, before->first);
	json_put_key(b, "any");
	json_put_uint(b, before->any);
	buf_adds(b, "},\"conflicts\":0,\"skipped\":{");
	rulings_put_skipped(l->rulings, b);
	buf_adds(b, "}}\n");
}

static bool
train(struct learning *l, const struct aim *aim)
{
	const struct vocabulary *v = terms_list(l->o->terms, aim->system);
	struct training *t = training_new(
	    v == NULL ? NULL : vocabulary_lexicon(v),
	    v != NULL && !vocabulary_partial(v), terms_synonyms(l->o->terms));
	struct model model = { .field = aim->field,
		.system = aim->system,
		.version = aim->version };
	struct scores *scores = scores_new();
	struct buf image = { 0 };
	bool ok = true;

	add_lessons(l, aim, t);
	if (training_terms(t) >= TRAINING_LEAST) {
		training_run(t, scores, &model, &image);
		ok = l->together == NULL ||
		    together_put(l->together,
			arena_printf(l->arena, "learned/%.*s.%.*s.mdxl",
			    (int)aim->field.n, aim->field.p, (int)aim->system.n,
			    aim->system.p),
			buf_slice(&image), l->e);
	}
	put_figures(l, aim, t, scores, model.cut);
	scores_free(scores);
	training_free(t);
	buf_release(&image);
	return ok;
}

static bool
write_approved(struct learning *l, struct slice field)
{
	struct buf text = { 0 };
	bool ok;

	rulings_text(l->rulings, field, &text);
	ok = l->together == NULL ||
	    together_put(l->together,
		arena_printf(
		    l->arena, "approved/%.*s.csv", (int)field.n, field.p),
		buf_slice(&text), l->e);
	buf_release(&text);
	return ok;
}

/* A field is part of a file's name. */
static bool
names_a_file(struct learning *l, const struct ruling *one)
{
	struct slice f = one->field;

	for (size_t i = 0; i < f.n; i++)
		if (f.p[i] == '/' || f.p[i] == '\0' || f.p[i] == '.' ||
		    f.p[i] == '-')
			f.n = 0;
	return f.n > 0 ||
	    table_fault(l->faults, one->path, one->line, l->e,
		"'%.*s' is no field", (int)one->field.n, one->field.p);
}

/* Each field, and in it each system, in the order of the sorted rulings. */
static bool
each_aim(struct learning *l)
{
	struct index *aims = index_new(), *fields = index_new();
	bool ok = true;

	for (size_t i = 0; ok && i < rulings_count(l->rulings); i++) {
		const struct ruling *one = rulings_at(l->rulings, i);
		bool fresh;

		index_add(fields, one->field, &fresh);
		if (fresh)
			ok = names_a_file(l, one) &&
			    write_approved(l, one->field);
		for (size_t k = 0; ok && k < one->n; k++) {
			const struct ruled_code *c = &one->codes[k];
			const struct aim aim = { one->field, c->system,
				c->version };

			index_add(aims,
			    slice_of(arena_printf(l->arena, "%.*s/%.*s",
				(int)aim.field.n, aim.field.p,
				(int)aim.system.n, aim.system.p)),
			    &fresh);
			if (fresh)
				ok = train(l, &aim);
		}
	}
	index_free(aims);
	index_free(fields);
	return ok;
}

bool
learn(const struct learn_options *o, struct table_faults *faults,
    struct buf *out, struct err *e)
{
	struct learning l = { .o = o, .faults = faults, .out = out, .e = e };
	bool ok = true;

	if (!o->dry && (l.together = together_begin(o->folder, e)) == NULL)
		return false;
	l.arena = arena_new();
	l.rulings = rulings_new(o->terms);
	for (size_t i = 0; o->tables[i] != NULL; i++)
		ok = add_table(&l, o->tables[i], true) && ok;
	ok = add_approved(&l) && ok;
	ok = rulings_settle(l.rulings, faults, e) && ok;
	ok = ok && each_aim(&l) && (o->dry || together_commit(l.together, e));
	together_free(l.together);
	rulings_free(l.rulings);
	arena_free(l.arena);
	return ok;
}
