#include "sources/helper.h"

#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/mem.h"
#include "io/child.h"
#include "io/table.h"
#include "json/write.h"
#include "sources/source.h"

enum { NAME, SUFFIXES, MAGIC, COMMAND, FORMAT, ENCODING, NOTE };

static const struct column layout[] = {
	[NAME] = { "name", "名称", COLUMN_REQUIRED | COLUMN_FILLED },
	[SUFFIXES] = { "suffixes", "后缀", 0 },
	[MAGIC] = { "magic", "开头字节", 0 },
	[COMMAND] = { "command", "命令", COLUMN_REQUIRED | COLUMN_FILLED },
	[FORMAT] = { "format", "格式", COLUMN_REQUIRED | COLUMN_FILLED },
	[ENCODING] = { "encoding", "编码", 0 },
	[NOTE] = { "note", "说明", 0 },
	{ NULL, NULL, 0 },
};

struct helpers {
	struct table *table;
	struct arena *arena;
	struct helper *list;
	struct slice *commands; /* as the table has them */
	size_t n;
};

static char **
words_of(struct arena *a, struct slice command)
{
	char **argv = arena_alloc(a, (command.n + 2) * sizeof(*argv));
	struct slice word;
	size_t n = 0;

	while (slice_next(&command, ' ', &word))
		if (word.n > 0)
			argv[n++] = arena_string(a, word.p, word.n);
	argv[n] = NULL;
	return argv;
}

static int
digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0'
	    : c >= 'A' && c <= 'F'  ? c - 'A' + 10
	    : c >= 'a' && c <= 'f'  ? c - 'a' + 10
				    : -1;
}

static bool
bytes_of(struct arena *a, struct slice hex, struct slice *to)
{
	char *bytes = arena_alloc(a, hex.n / 2 + 1);

	*to = (struct slice){ bytes, hex.n / 2 };
	for (size_t i = 0; i < to->n; i++) {
		int high = digit(hex.p[2 * i]), low = digit(hex.p[2 * i + 1]);

		if (high < 0 || low < 0)
			return false;
		bytes[i] = (char)(high * 16 + low);
	}
	return hex.n % 2 == 0;
}

static const char *
string_at(struct helpers *h, size_t row, size_t column)
{
	struct slice s = table_cell(h->table, row, column);

	return arena_string(h->arena, s.p, s.n);
}

static bool
add_row(struct helpers *h, size_t row, struct err *e)
{
	struct helper *to = &h->list[row];

	to->name = string_at(h, row, NAME);
	to->suffixes = string_at(h, row, SUFFIXES);
	to->format = string_at(h, row, FORMAT);
	to->encoding = string_at(h, row, ENCODING);
	if (to->encoding[0] == '\0')
		to->encoding = NULL;
	h->commands[row] = table_cell(h->table, row, COMMAND);
	to->argv = words_of(h->arena, h->commands[row]);
	if (source_format_find(to->format) == NULL)
		return table_row_fault(
		    h->table, row, NULL, e, "unknown format '%s'", to->format);
	if (!bytes_of(h->arena, table_cell(h->table, row, MAGIC), &to->magic))
		return table_row_fault(h->table, row, NULL, e,
		    "magic is no row of bytes in hexadecimal");
	if (to->magic.n == 0 && to->suffixes[0] == '\0')
		return table_row_fault(h->table, row, NULL, e,
		    "neither suffixes nor magic tell what it reads");
	return true;
}

static bool
allow(struct helpers *h, const char *asked, struct err *e)
{
	const char *equals = strchr(asked, '='), *near;
	struct slice name =
	    equals == NULL ? slice_of(asked) : slice_span(asked, equals);
	const char **names = arena_alloc(h->arena, (h->n + 1) * sizeof(*names));
	struct helper *to = NULL;
	char *path;

	for (size_t i = 0; i < h->n; i++) {
		names[i] = h->list[i].name;
		if (slice_is(name, names[i]))
			to = &h->list[i];
	}
	names[h->n] = NULL;
	if (to == NULL) {
		near = slice_suggest(name, names);
		return err_set(e, ERR_USAGE,
		    near == NULL
			? "unknown helper '%.*s' (--list helpers shows "
			  "them)"
			: "unknown helper '%.*s' (did you mean '%s'?)",
		    (int)name.n, name.p, near);
	}
	if (equals != NULL)
		to->argv = words_of(h->arena, slice_of(equals + 1));
	if (to->argv[0] == NULL)
		return err_set(
		    e, ERR_USAGE, "helper '%s': no command is given", to->name);
	path = child_find(to->argv[0]);
	to->allowed = path != NULL;
	mem_free(path);
	return to->allowed ||
	    err_set(e, ERR_USAGE,
		"helper '%s': '%s' is not installed (--helper %s=COMMAND "
		"names another)",
		to->name, to->argv[0], to->name);
}

struct helpers *
helpers_load(const char *path, const char *const *allowed, struct err *e)
{
	struct helpers *h = mem_zalloc(sizeof(*h));

	h->arena = arena_new();
	h->table = table_load(path, layout, 0, NULL, e);
	if (h->table == NULL)
		goto fail;
	h->n = table_rows(h->table);
	h->list = mem_zalloc((h->n + 1) * sizeof(*h->list));
	h->commands = mem_zalloc((h->n + 1) * sizeof(*h->commands));
	for (size_t i = 0; i < h->n; i++)
		if (!add_row(h, i, e))
			goto fail;
	for (; allowed != NULL && *allowed != NULL; allowed++)
		if (!allow(h, *allowed, e))
			goto fail;
	return h;

fail:
	helpers_free(h);
	return NULL;
}

void
helpers_free(struct helpers *h)
{
	if (h == NULL)
		return;
	table_free(h->table);
	arena_free(h->arena);
	mem_free(h->list);
	mem_free(h->commands);
	mem_free(h);
}

static bool
has_suffix(const struct helper *h, const char *name)
{
	struct slice rest = slice_of(h->suffixes), one;
	size_t n = strlen(name);

	if (rest.n == 0)
		return true;
	while (slice_next(&rest, ' ', &one))
		if (one.n > 0 && one.n < n &&
		    strncasecmp(name + n - one.n, one.p, one.n) == 0)
			return true;
	return false;
}

const struct helper *
helpers_find(
    const struct helpers *h, struct slice head, const char *name, bool marked)
{
	for (size_t i = 0; h != NULL && i < h->n; i++) {
		const struct helper *one = &h->list[i];

		if ((one->magic.n > 0) != marked || head.n < one->magic.n)
			continue;
		if ((one->magic.n == 0 ||
			memcmp(head.p, one->magic.p, one->magic.n) == 0) &&
		    has_suffix(one, name))
			return one;
	}
	return NULL;
}

void
helpers_print(const struct helpers *h, struct buf *b)
{
	for (size_t i = 0; i < h->n; i++) {
		const struct helper *one = &h->list[i];
		struct slice note = table_cell(h->table, i, NOTE);
		char *path = child_find(one->argv[0]);

		buf_adds(b, "{\"helper\":");
		json_put_cstring(b, one->name);
		json_put_key(b, "suffixes");
		json_put_cstring(b, one->suffixes);
		json_put_key(b, "command");
		json_put_string(b, h->commands[i]);
		json_put_key(b, "format");
		json_put_cstring(b, one->format);
		json_put_key(b, "installed");
		buf_adds(b, path != NULL ? "true" : "false");
		json_put_key(b, "note");
		json_put_string(b, note);
		buf_adds(b, "}\n");
		mem_free(path);
	}
}
