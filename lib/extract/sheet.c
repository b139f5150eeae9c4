#include "extract/sheet.h"

#include "base/utf8.h"
#include "extract/unit.h"

struct line {
	struct slice name, content;
};

struct sheet {
	const struct answers *all;
	struct arena *arena;
	struct line *lines;
	size_t n;
};

/* The words of the text without blanks, and a blank before the unit. */
static struct slice
measured(struct slice quote, struct arena *arena)
{
	char *p = arena_alloc(arena, quote.n + 16);
	size_t n = 0, at;

	for (size_t i = 0; i < quote.n; i++)
		if (quote.p[i] != ' ' && quote.p[i] != '\t' &&
		    quote.p[i] != '\n' && quote.p[i] != '\r')
			p[n++] = quote.p[i];
	for (at = n; at > 0 && !(p[at - 1] >= '0' && p[at - 1] <= '9'); at--)
		;
	if (at > 0 && at < n) {
		size_t used;
		const struct unit *u =
		    unit_at((struct slice){ p + at, n - at }, &used);

		/* 7分32秒 has units all through and stays as it is. */
		if (u != NULL && used == n - at && u->dimension != DIM_TIME)
			return slice_of(arena_printf(
			    arena, "%.*s %s", (int)at, p, u->usual));
	}
	return (struct slice){ p, n };
}

static struct slice
without_blanks(struct slice quote, struct arena *arena)
{
	char *p = arena_alloc(arena, quote.n + 1);
	const char *from = quote.p, *end = quote.p + quote.n;
	size_t n = 0;

	while (from < end) {
		const char *at = from;
		uint32_t c = utf8_narrow(utf8_next(&from, end));

		if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
			continue;
		memcpy(p + n, at, (size_t)(from - at));
		n += (size_t)(from - at);
	}
	return (struct slice){ p, n };
}

/*
 * A code whose words say it already is shown in those words (甲状腺右叶 for
 * 右叶); one that had to be understood is shown as the code.
 */
static struct slice
content(const struct answer *a, struct arena *arena)
{
	struct slice quote;

	if (a->value.n == 0)
		return SLICE("--");
	if (slice_is(a->value, "true"))
		return SLICE("是");
	if (slice_is(a->value, "false"))
		return SLICE("否");
	if (a->evidence == NULL || !a->evidence->has_span)
		return json_text(json_of(a->value), arena);
	quote = a->evidence->quote;
	if (a->d->type == TYPE_CODE) {
		struct slice code = json_text(json_of(a->value), arena);
		struct slice words = without_blanks(quote, arena);

		return slice_find(words, code) != NULL ? words : code;
	}
	if (a->d->type == TYPE_TEXT)
		return without_blanks(quote, arena);
	return measured(quote, arena);
}

static void
add_line(struct sheet *s, struct slice name, struct slice text)
{
	s->lines[s->n++] = (struct line){ name, text };
}

static void
row(struct sheet *s, const struct field *f)
{
	unsigned n = f->group < 0 ? 0 : s->all->groups[f->group].nobjects;
	unsigned objects = n > 0 ? n : 1;

	for (unsigned i = 1; i <= objects; i++) {
		const struct answer *a =
		    answers_find(s->all, f->d, f->group < 0 ? 0 : i);
		struct slice name = f->d->name_zh;

		if (i > 1)
			name = slice_of(arena_printf(
			    s->arena, "%.*s（%u）", (int)name.n, name.p, i));
		add_line(
		    s, name, a == NULL ? SLICE("--") : content(a, s->arena));
	}
}

static size_t
columns(struct slice s)
{
	const char *p = s.p, *end = s.p + s.n;
	size_t n = 0;

	while (p < end)
		n += utf8_width(utf8_next(&p, end));
	return n;
}

static void
put_csv(struct buf *b, struct slice s)
{
	bool quote =
	    memchr(s.p, ',', s.n) != NULL || memchr(s.p, '"', s.n) != NULL;

	if (!quote) {
		buf_add_slice(b, s);
		return;
	}
	buf_addc(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			buf_addc(b, '"');
		buf_addc(b, s.p[i]);
	}
	buf_addc(b, '"');
}

static void
emit(struct job *job, enum sheet_form form, const struct line *l, size_t width)
{
	struct buf b = { 0 };

	switch (form) {
	case SHEET_TSV:
		buf_add_slice(&b, l->name);
		buf_addc(&b, '\t');
		buf_add_slice(&b, l->content);
		break;
	case SHEET_CSV:
		put_csv(&b, l->name);
		buf_addc(&b, ',');
		put_csv(&b, l->content);
		break;
	case SHEET_MD:
		buf_adds(&b, "| ");
		buf_add_slice(&b, l->name);
		buf_adds(&b, " | ");
		buf_add_slice(&b, l->content);
		buf_adds(&b, " |");
		break;
	case SHEET_TEXT:
		buf_add_slice(&b, l->name);
		for (size_t i = columns(l->name); i < width + 2; i++)
			buf_addc(&b, ' ');
		buf_add_slice(&b, l->content);
		break;
	}
	flow_emit(job, buf_slice(&b));
	buf_release(&b);
}

void
sheet(const struct extract *x, const struct doctype *t,
    const struct answers *all, bool again, struct job *job, struct arena *arena)
{
	struct sheet s = { .all = all, .arena = arena };
	bool listed = t->ntable > 0 && !x->all_rows;
	size_t most = (t->nfields + 1) * (READING_OBJECTS + 1) + 2, width = 0;

	s.lines = arena_alloc(arena, most * sizeof(*s.lines));
	add_line(&s, SLICE("项目"), SLICE("内容"));
	if (x->form == SHEET_MD)
		add_line(&s, SLICE("---"), SLICE("---"));
	for (size_t i = 0; listed && i < t->ntable; i++)
		row(&s, &t->fields[t->table[i]]);
	for (size_t i = 0; !listed && i < t->nfields; i++)
		row(&s, &t->fields[i]);
	for (size_t i = 0; i < s.n; i++)
		if (columns(s.lines[i].name) > width)
			width = columns(s.lines[i].name);
	if (again)
		flow_emit(job, SLICE(""));
	for (size_t i = 0; i < s.n; i++)
		emit(job, x->form, &s.lines[i], width);
}
