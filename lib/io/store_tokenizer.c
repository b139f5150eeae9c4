#include "io/store_tokenizer.h"

#include <sqlite3.h>

#include "base/tokenizer.h"

/*
 * Documents get the parts of compound words too, at the place of the whole
 * word, so that "CA19" finds CA19-9; a query is taken as it stands.  The
 * option `unigrams` adds single Chinese characters.
 */
struct options {
	unsigned flags;
};

struct feed {
	int (*take)(void *, int, const char *, int, int, int);
	void *ctx;
	int code;
};

static bool
take(void *ctx, const struct token *t)
{
	struct feed *f = ctx;
	int flags = t->kind == TOKEN_PART ? FTS5_TOKEN_COLOCATED : 0;

	f->code = f->take(
	    f->ctx, flags, t->text.p, (int)t->text.n, (int)t->from, (int)t->to);
	return f->code == SQLITE_OK;
}

static int
create(void *ctx, const char **args, int n, Fts5Tokenizer **out)
{
	struct options *o;

	(void)ctx;
	for (int i = 0; i < n; i++)
		if (sqlite3_stricmp(args[i], "unigrams") != 0)
			return SQLITE_ERROR;
	if ((o = sqlite3_malloc(sizeof(*o))) == NULL)
		return SQLITE_NOMEM;
	o->flags = n > 0 ? TOKEN_SINGLES : 0;
	*out = (Fts5Tokenizer *)o;
	return SQLITE_OK;
}

static void
destroy(Fts5Tokenizer *t)
{
	sqlite3_free(t);
}

static int
cut(Fts5Tokenizer *t, void *ctx, int why, const char *text, int n,
    int (*give)(void *, int, const char *, int, int, int))
{
	struct options *o = (struct options *)t;
	struct feed f = { give, ctx, SQLITE_OK };
	unsigned flags = o->flags;

	if (why & FTS5_TOKENIZE_DOCUMENT)
		flags |= TOKEN_PARTS;
	if (n > 0)
		tokenize((struct slice){ text, (size_t)n }, flags, take, &f);
	return f.code;
}

/* FTS5 hands out its interface as a pointer bound to a statement. */
static fts5_api *
find_fts5(sqlite3 *db)
{
	sqlite3_stmt *stmt = NULL;
	fts5_api *api = NULL;

	if (sqlite3_prepare_v2(db, "SELECT fts5(?1)", -1, &stmt, NULL) ==
	    SQLITE_OK) {
		sqlite3_bind_pointer(stmt, 1, &api, "fts5_api_ptr", NULL);
		sqlite3_step(stmt);
	}
	sqlite3_finalize(stmt);
	return api;
}

int
store_tokenizer_add(sqlite3 *db)
{
	static const fts5_tokenizer methods = { create, destroy, cut };
	fts5_api *api = find_fts5(db);
	fts5_tokenizer mine = methods;

	if (api == NULL)
		return SQLITE_ERROR;
	return api->xCreateTokenizer(api, "mdx", NULL, &mine, NULL);
}
