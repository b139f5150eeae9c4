#include "deid/members.h"

#include "base/hash.h"
#include "base/mem.h"
#include "base/utf8.h"

struct ending {
	struct slice text;
	enum label label;
};

struct members {
	struct arena *arena;
	struct index *names;
	enum label *labels; /* of names */
	struct ending *endings;
	size_t nendings;
};

enum { MEMBER, LABEL };

static const struct column columns[] = { { "member", NULL,
					     COLUMN_REQUIRED | COLUMN_FILLED },
	{ "label", NULL, COLUMN_REQUIRED }, { "note", NULL, 0 },
	{ NULL, NULL, 0 } };

static bool
read_row(struct members *m, const struct table *t, size_t row,
    struct table_faults *faults, struct err *e)
{
	struct slice name = arena_slice(m->arena, table_cell(t, row, MEMBER));
	enum label label;
	bool fresh;

	if (!label_parse(table_cell(t, row, LABEL), &label))
		return table_row_fault(t, row, faults, e, "unknown label");
	if (name.p[0] == '*') {
		m->endings[m->nendings++] =
		    (struct ending){ { name.p + 1, name.n - 1 }, label };
		return true;
	}
	m->labels[index_add(m->names, name, &fresh)] = label;
	return true;
}

struct members *
members_load(const char *share, struct table_faults *faults, struct err *e)
{
	struct members *m = mem_zalloc(sizeof(*m));
	struct table *t;
	bool ok;

	m->arena = arena_new();
	m->names = index_new();
	t = table_load(arena_printf(m->arena, "%s/deid/members.csv", share),
	    columns, 0, faults, e);
	ok = t != NULL;
	if (ok) {
		size_t rows = table_rows(t);

		m->labels = arena_zalloc(m->arena, rows * sizeof(*m->labels));
		m->endings = arena_zalloc(m->arena, rows * sizeof(*m->endings));
		for (size_t i = 0; i < rows; i++)
			ok = read_row(m, t, i, faults, e) && ok;
	}
	table_free(t);
	if (ok)
		return m;
	members_free(m);
	return NULL;
}

void
members_free(struct members *m)
{
	if (m == NULL)
		return;
	index_free(m->names);
	arena_free(m->arena);
	mem_free(m);
}

bool
members_find(const struct members *m, struct slice name, enum label *label)
{
	long i = index_find(m->names, name);

	if (i >= 0) {
		*label = m->labels[i];
		return true;
	}
	if (name.n == 0 || (unsigned char)name.p[name.n - 1] < 0x80)
		return false;
	for (size_t k = 0; k < m->nendings; k++) {
		struct slice end = m->endings[k].text;

		if (name.n < end.n ||
		    memcmp(name.p + name.n - end.n, end.p, end.n) != 0)
			continue;
		*label = m->endings[k].label;
		return true;
	}
	return false;
}

/* --- values -------------------------------------------------------------- */

static bool
is_nobody(struct slice text)
{
	static const char *const words[] = { "不详", "未知", "无", "无名氏",
		"患者", "病人", "匿名", "保密", "本人", "家属", "未填", "其他",
		"男", "女", "unknown", "null", "none", "N/A" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (slice_is(text, words[i]))
			return true;
	return false;
}

static void
add(struct values *v, struct slice text, enum label label)
{
	text = slice_trim(text);
	if (text.n == 0 || is_nobody(text))
		return;
	for (size_t i = 0; i < v->n; i++)
		if (slice_eq(v->list[i].text, text))
			return;
	v->list = mem_room(v->list, v->n, &v->room, sizeof(*v->list));
	v->list[v->n++] = (struct known){ .text = text, .label = label };
}

/* A child without a name yet: its mother's. */
static void
add_name(struct values *v, struct slice text, enum label label)
{
	static const char *const births[] = { "之子", "之女", "之婴", "之大子",
		"之小子", "之大女", "之小女", "之长子", "之次子" };

	add(v, text, label);
	for (size_t i = 0; i < sizeof(births) / sizeof(births[0]); i++) {
		const char *at = slice_find(text, slice_of(births[i]));

		if (at != NULL)
			add(v, slice_span(text.p, at), label);
	}
}

static bool
is_separator(uint32_t c)
{
	return c == '/' || c == ',' || c == ';' || c == '|' || c == 0x3001 ||
	    c == '(' || c == ')';
}

static void
add_list(struct values *v, struct slice text, enum label label)
{
	const char *p = text.p, *end = p + text.n, *from = p;

	while (p < end) {
		const char *at = p;

		if (!is_separator(utf8_narrow(utf8_next(&p, end))))
			continue;
		add_name(v, slice_span(from, at), label);
		from = p;
	}
	add_name(v, slice_span(from, end), label);
}

void
values_add(
    struct values *v, struct json value, enum label label, struct arena *arena)
{
	static const char *const parts[] = { "text", "family", "given", "value",
		"name", "telecom", "line" }; /* FHIR */
	struct json_walk walk = json_enter(value);
	struct json inner;
	struct slice text;

	switch (value.type) {
	case JSON_STRING:
	case JSON_NUMBER:
		text = json_text(value, arena);
		if (label == LABEL_NAME || label == LABEL_STAFF)
			add_list(v, text, label);
		else
			add(v, text, label);
		return;
	case JSON_ARRAY:
		while (json_next_element(&walk, &inner))
			values_add(v, inner, label, arena);
		return;
	case JSON_OBJECT:
		for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
			values_add(v, json_get(value, parts[i]), label, arena);
		return;
	default:
		return;
	}
}
