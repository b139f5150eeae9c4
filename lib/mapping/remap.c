#include "mapping/remap.h"

#include "base/mem.h"
#include "json/write.h"
#include "mapping/trail.h"
#include "terms/vocabulary.h"

struct remap {
	const struct terms *terms;
	const struct index *names;
	struct slice system, version; /* of the source */
	struct slice to, to_system;
	const char *field;
	uint64_t codes, added, there, unmapped;
};

/* What one worker counts, and its buffers. */
struct worker {
	struct remap *remap;
	struct trail trail;
	uint64_t codes, added, there, unmapped;
};

static bool
cut_edition(const char *text, struct slice *system, struct slice *version)
{
	const char *at = text == NULL ? NULL : strchr(text, '@');

	if (at == NULL || at == text || at[1] == '\0')
		return false;
	*system = slice_span(text, at);
	*version = slice_of(at + 1);
	return true;
}

struct remap *
remap_new(const struct terms *terms, const struct index *names,
    const char *from, const char *to, const char *field, struct err *e)
{
	struct remap *r = mem_zalloc(sizeof(*r));
	struct slice version;
	bool back;

	r->terms = terms;
	r->names = names;
	r->field = field;
	if (!cut_edition(from, &r->system, &r->version) ||
	    !cut_edition(to, &r->to_system, &version)) {
		err_set(e, ERR_USAGE,
		    "remap wants two editions: --from SYSTEM@VERSION --to "
		    "SYSTEM@VERSION");
		goto fail;
	}
	r->to = slice_of(to);
	if (terms_map(terms, r->system, r->version, r->to, &back) == NULL) {
		err_set(e, ERR_USAGE,
		    "no code map joins %s and %s (import it with --as map)",
		    from, to);
		goto fail;
	}
	return r;
fail:
	remap_free(r);
	return NULL;
}

void
remap_free(struct remap *r)
{
	mem_free(r);
}

static void *
open_worker(void *shared, struct err *e)
{
	struct worker *w = mem_zalloc(sizeof(*w));

	(void)e;
	w->remap = shared;
	return w;
}

static void
close_worker(void *shared, void *worker)
{
	struct remap *r = shared;
	struct worker *w = worker;

	r->codes += w->codes;
	r->added += w->added;
	r->there += w->there;
	r->unmapped += w->unmapped;
	trail_release(&w->trail);
	mem_free(w);
}

static struct slice
text_of(struct json object, const char *name, struct arena *a)
{
	struct json v = json_get(object, name);

	return v.type == JSON_STRING ? json_text(v, a) : SLICE("");
}

static bool
is_there(struct json list, const struct term_code *c, struct arena *a)
{
	struct json_walk walk = json_enter(list);
	struct json v;

	while (json_next_element(&walk, &v))
		if (slice_eq(text_of(v, "code", a), c->code) &&
		    slice_eq(text_of(v, "system", a), c->system) &&
		    slice_eq(text_of(v, "version", a), c->version))
			return true;
	return false;
}

static void
put_entry(struct buf *b, const struct term_code *c)
{
	json_put_comma(b);
	buf_addc(b, '{');
	json_put_key(b, "code");
	json_put_string(b, c->code);
	if (c->display.n > 0) {
		json_put_key(b, "display");
		json_put_string(b, c->display);
	}
	json_put_key(b, "system");
	json_put_string(b, c->system);
	json_put_key(b, "version");
	json_put_string(b, c->version);
	buf_addc(b, '}');
}

/* Two codes of one edition may become the same code of the other. */
static void
add_entry(struct term_code **list, size_t *n, struct arena *a,
    const struct term_code *c)
{
	struct term_code *grown;

	for (size_t i = 0; i < *n; i++)
		if (slice_eq((*list)[i].code, c->code))
			return;
	grown = arena_alloc(a, (*n + 1) * sizeof(*grown));
	if (*n > 0)
		memcpy(grown, *list, *n * sizeof(*grown));
	grown[(*n)++] = *c;
	*list = grown;
}

/* The new entries of one list; false: some code has none. */
static bool
follow_list(struct worker *w, struct json list, struct arena *a,
    struct term_code **made, size_t *n, const char **last)
{
	const struct remap *r = w->remap;
	struct json_walk walk = json_enter(list);
	struct json v;
	bool all = true;

	while (json_next_element(&walk, &v)) {
		struct term_code from = { text_of(v, "code", a),
			text_of(v, "display", a), text_of(v, "system", a),
			text_of(v, "version", a), "" };
		struct term_edition to;

		if (!slice_eq(from.system, r->system) ||
		    !slice_eq(from.version, r->version))
			continue;
		*last = v.text.p + v.text.n;
		w->codes++;
		terms_follow(r->terms, &from, r->to, a, &to);
		if (to.reason != NULL) {
			w->unmapped++;
			all = false;
			continue;
		}
		if (is_there(list, &to.codes[0], a))
			w->there++;
		else
			add_entry(made, n, a, &to.codes[0]);
	}
	return all;
}

static bool
is_listed(struct record *r, struct slice name, struct arena *a)
{
	struct json list = json_get(record_trail(r, "norm"), "unmapped");
	struct json_walk walk = json_enter(list);
	struct json v;

	while (json_next_element(&walk, &v))
		if (v.type == JSON_STRING && slice_eq(json_text(v, a), name))
			return true;
	return false;
}

static void
remap_member(struct worker *w, struct record *r, const struct json_member *m,
    struct slice field)
{
	struct arena *a = record_arena(r);
	struct json list = record_value(r, m);
	struct term_code *made = NULL;
	const char *last = NULL;
	size_t n = 0;
	struct buf b = { 0 };

	if (list.type != JSON_ARRAY)
		return;
	if (!follow_list(w, list, a, &made, &n, &last) &&
	    !is_listed(r,
		slice_of(arena_printf(a, "%.*s@%.*s", (int)field.n, field.p,
		    (int)w->remap->to_system.n, w->remap->to_system.p)),
		a))
		trail_missing(&w->trail, field, w->remap->to_system);
	if (n == 0)
		return;
	buf_add(&b, list.text.p, (size_t)(last - list.text.p));
	for (size_t i = 0; i < n; i++)
		put_entry(&b, &made[i]);
	buf_add(&b, last, (size_t)(list.text.p + list.text.n - last));
	w->added += n;
	record_set(r, m, arena_slice(a, buf_slice(&b)));
	buf_release(&b);
}

static enum verdict
remap_record(void *worker, struct record *r, struct job *job, struct err *e)
{
	static const char ending[] = "_codes";
	struct worker *w = worker;
	size_t n, k = sizeof(ending) - 1;
	const struct json_member *m = record_members(r, &n);

	(void)job;
	(void)e;
	trail_reset(&w->trail);
	for (size_t i = 0; i < n; i++) {
		struct slice key =
		    json_unescape(record_key(r, &m[i]), record_arena(r));

		if (key.n <= k || memcmp(key.p + key.n - k, ending, k) != 0)
			continue;
		key.n -= k;
		if (w->remap->field == NULL || slice_is(key, w->remap->field))
			remap_member(w, r, &m[i], key);
	}
	trail_write(&w->trail, r);
	return RECORD_PASS;
}

struct stage
remap_stage(struct remap *r)
{
	return (struct stage){ .names = r->names,
		.shared = r,
		.open = open_worker,
		.record = remap_record,
		.close = close_worker };
}

void
remap_counts(const struct remap *r, uint64_t *codes, uint64_t *unmapped)
{
	*codes = r->codes;
	*unmapped = r->unmapped;
}

void
remap_report(const struct remap *r, struct buf *b)
{
	buf_addf(b,
	    "{\"remap\":{\"codes\":%llu,\"added\":%llu,\"there\":%llu,"
	    "\"unmapped\":%llu}}",
	    (unsigned long long)r->codes, (unsigned long long)r->added,
	    (unsigned long long)r->there, (unsigned long long)r->unmapped);
}

struct running {
	const struct remap_options *o;
	struct remap *remap;
	char **operands;
};

static void
pass(struct run *run, void *ctx, struct err *e)
{
	const struct running *r = ctx;
	struct stage stage = remap_stage(r->remap);
	struct buf b = { 0 };
	uint64_t codes, unmapped;

	flow_run(run, r->operands, &stage, e);
	remap_report(r->remap, &b);
	run_own(run, buf_slice(&b));
	remap_counts(r->remap, &codes, &unmapped);
	limit_judge(
	    &r->o->limit, run, codes, unmapped, "_mdx.norm.unmapped has them");
	buf_release(&b);
}

int
remap_run(const struct remap_options *o, char **operands, struct err *e)
{
	const struct tables *t = o->tables;
	struct running r = { o,
		remap_new(t->terms, t->names, o->from, o->to, o->field, e),
		operands };
	int status;

	if (r.remap == NULL)
		return (int)e->kind;
	status = tables_run(t, o->run, pass, &r, e);
	remap_free(r.remap);
	return status;
}
