#include "mdx-extract/extract.h"

struct shared_options shared;

static struct arena *arena;
static struct catalogue *catalogue;
static struct guide *guide;

struct arena *
setup_arena(void)
{
	if (arena == NULL)
		arena = arena_new();
	return arena;
}

struct strings
setup_parts(const char *list)
{
	struct slice rest = slice_of(list), part, *out;
	struct strings s = { 0 };

	if (list == NULL)
		return s;
	s.list = out = arena_alloc(setup_arena(), (rest.n + 1) * sizeof(*out));
	while (slice_next(&rest, ',', &part))
		out[s.n++] = slice_trim(part);
	return s;
}

struct strings
setup_keys(void)
{
	struct strings keys =
	    setup_parts(shared.on == NULL ? "patient_id" : shared.on);

	for (size_t i = 0; i < keys.n; i++) {
		struct slice k = keys.list[i];
		bool bad = k.n == 0 || k.p[0] == '_' ||
		    slice_is(k, "gathered") || slice_is(k, "indicators");

		for (size_t j = 0; j < i && !bad; j++)
			bad = slice_eq(k, keys.list[j]);
		if (bad)
			opt_misuse(&extract_tool,
			    "--on: '%.*s' is no member that could be a key",
			    (int)k.n, k.p);
	}
	if (keys.n == 0)
		opt_misuse(&extract_tool, "--on names no member");
	return keys;
}

struct catalogue *
setup_catalogue(struct err *e)
{
	if (catalogue == NULL)
		catalogue = catalogue_load(
		    tool_share(), opt_common.packs.items, true, tool_say, e);
	return catalogue;
}

const struct guide *
setup_guide(struct err *e)
{
	if (opt_common.packs.count == 0)
		opt_misuse(&extract_tool, "no pack given, use -p PACK");
	if (setup_catalogue(e) != NULL)
		guide = guide_new(catalogue, tool_say, e);
	return guide;
}

void
setup_release(void)
{
	guide_free(guide);
	catalogue_free(catalogue);
	arena_free(arena);
}

/* --- what a verb does ---------------------------------------------------- */

static void
note_table(void *run, const char *path, const uint8_t digest[DIGEST_SIZE])
{
	run_table(run, path, digest);
}

int
work_run(const struct work *w, char **operands, struct err *e)
{
	struct err why = { 0 };
	struct buf account = { 0 };
	struct run *run = run_open(&opt_common.run, e);
	int status;

	if (run == NULL)
		return (int)e->kind;
	if (w->tables != NULL)
		catalogue_tables(w->tables, note_table, run);
	if (!w->run(w->ctx, run, operands, &why))
		run_fail(run, &why);
	if (w->account != NULL) {
		w->account(w->ctx, &account);
		run_own(run, buf_slice(&account));
	}
	status = run_end(run, e);
	run_free(run);
	buf_release(&account);
	return status;
}

static bool
put_text(void *text, struct run *run, char **operands, struct err *e)
{
	(void)operands;
	return run_write(run, buf_slice(text), 0, e);
}

int
work_print(struct buf *b, struct err *e)
{
	struct work w = { .ctx = b, .run = put_text };
	int status = work_run(&w, NULL, e);

	buf_release(b);
	return status;
}
