#include <stdlib.h>

#include "base/mem.h"
#include "deid/letters.h"

enum { WORD, PLACE, LABEL };

static const struct column word_columns[] = {
	{ "word", NULL, COLUMN_REQUIRED | COLUMN_FILLED }, { NULL, NULL, 0 }
};
static const struct column letter_columns[] = {
	{ "letter", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "note", NULL, 0 }, { NULL, NULL, 0 }
};
static const struct column place_columns[] = {
	{ "place", NULL, COLUMN_REQUIRED | COLUMN_FILLED }, { NULL, NULL, 0 }
};
static const struct column surname_columns[] = {
	{ "surname", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "note", NULL, 0 }, { NULL, NULL, 0 }
};
static const struct column title_columns[] = {
	{ "word", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "place", NULL, COLUMN_REQUIRED }, { "label", NULL, COLUMN_REQUIRED },
	{ NULL, NULL, 0 }
};

/* The column `place` of titles.csv. */
static const struct {
	const char *name;
	enum word_kind kind;
} places[] = { { "label", WORD_LABEL }, { "role", WORD_ROLE },
	{ "after", WORD_AFTER }, { "suffix", WORD_SUFFIX }, { "kin", WORD_KIN },
	{ "before", WORD_BEFORE }, { "then", WORD_THEN },
	{ "thing", WORD_THING }, { "number", WORD_NUMBER },
	{ "ward", WORD_WARD }, { "other", WORD_OTHER },
	{ "toward", WORD_TOWARD }, { "hospital", WORD_HOSPITAL },
	{ "institute", WORD_INSTITUTE }, { "vague", WORD_VAGUE },
	{ "lead", WORD_LEAD }, { "region", WORD_REGION }, { "road", WORD_ROAD },
	{ "unit", WORD_UNIT }, { "plate", WORD_PLATE } };

static bool
add_word(struct deid_words *w, struct slice text, const struct word *of)
{
	const char *p = text.p, *end = text.p + text.n;
	struct word word = *of;

	while (p < end && word.n < WORD_MOST)
		word.code[word.n++] = utf8_narrow(utf8_next(&p, end));
	if (p < end || word.n == 0 || word.code[0] > 0xFFFF ||
	    w->n == UINT16_MAX)
		return false;
	w->list = mem_room(w->list, w->n, &w->room, sizeof(*w->list));
	w->list[w->n++] = word;
	return true;
}

static bool
read_place(const struct table *t, size_t row, struct word *word)
{
	struct slice place = table_cell(t, row, PLACE);
	enum label label;

	if (!label_parse(table_cell(t, row, LABEL), &label))
		return false;
	word->label = (uint8_t)label;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++)
		if (slice_is(place, places[i].name)) {
			word->kind = (uint8_t)places[i].kind;
			return true;
		}
	return false;
}

static bool
read_words(struct deid_words *w, const struct table *t,
    const struct column *columns, enum word_kind kind,
    struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		struct word word = { .kind = (uint8_t)kind };

		if (columns == title_columns && !read_place(t, i, &word))
			ok = table_row_fault(
			    t, i, faults, e, "unknown place or label");
		if (columns == surname_columns)
			word.common = !slice_is(table_cell(t, i, PLACE), "");
		if (kind == WORD_GIVEN)
			word.common = slice_is(table_cell(t, i, PLACE), "");
		if (!add_word(w, table_cell(t, i, WORD), &word))
			ok = table_row_fault(t, i, faults, e,
			    "a word has %d letters at most", WORD_MOST);
	}
	return ok;
}

static bool
load_part(struct deid_words *w, const char *share, const char *file,
    const struct column *columns, enum word_kind kind,
    struct table_faults *faults, struct err *e)
{
	struct arena *arena = arena_new();
	struct table *t =
	    table_load(arena_printf(arena, "%s/deid/%s", share, file), columns,
		TABLE_EXTRA, faults, e);
	bool ok = t != NULL && read_words(w, t, columns, kind, faults, e);

	table_free(t);
	arena_free(arena);
	return ok;
}

static int
by_first(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->code[0] != y->code[0])
		return x->code[0] < y->code[0] ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return x->n > y->n ? -1 : x->n < y->n; /* the longest first */
}

static void
make_first(struct deid_words *w)
{
	qsort(w->list, w->n, sizeof(*w->list), by_first);
	w->first = mem_zalloc(65537 * sizeof(*w->first));
	w->kinds = mem_zalloc(65536 * sizeof(*w->kinds));
	w->ones = mem_zalloc(65536 * sizeof(*w->ones));
	w->pairs = mem_zalloc(WORD_PAIRS * sizeof(*w->pairs));
	for (size_t c = 0, i = 0; c <= 65536; c++) {
		while (i < w->n && w->list[i].code[0] < c)
			i++;
		w->first[c] = (uint16_t)i;
	}
	w->keys = mem_alloc((w->n + 1) * sizeof(*w->keys));
	for (size_t i = 0; i < w->n; i++) {
		const struct word *word = &w->list[i];

		w->keys[i] = (struct word_key){ .kind = word->kind,
			.n = word->n,
			.second = word->n > 1 ? (uint16_t)word->code[1] : 0 };
		w->kinds[word->code[0]] |= KIND(word->kind);
		if (word->n == 1)
			w->ones[word->code[0]] |= KIND(word->kind);
		else
			w->pairs[words_pair(word->code[0], word->code[1])] |=
			    KIND(word->kind);
		if (word->kind == WORD_GIVEN && word->common)
			w->kinds[word->code[0]] |= KIND(WORD_TELLING);
	}
	for (size_t i = w->n; i-- > 0;) {
		bool same = i + 1 < w->n &&
		    w->list[i].code[0] == w->list[i + 1].code[0] &&
		    w->list[i].kind == w->list[i + 1].kind;

		w->keys[i].run = same ? w->keys[i + 1].run + 1 : 1;
	}
}

struct deid_words *
words_load(const char *share, struct table_faults *faults, struct err *e)
{
	static const struct {
		const char *file;
		const struct column *columns;
		enum word_kind kind;
	} parts[] = { { "surnames.csv", surname_columns, WORD_SURNAME },
		{ "titles.csv", title_columns, WORD_LABEL },
		{ "given.csv", letter_columns, WORD_GIVEN },
		{ "never.csv", letter_columns, WORD_NEVER },
		{ "foreign.csv", letter_columns, WORD_FOREIGN },
		{ "places.csv", place_columns, WORD_PLACE },
		{ "keep-words.csv", word_columns, WORD_KEEP } };
	struct deid_words *w = mem_zalloc(sizeof(*w));

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (!load_part(w, share, parts[i].file, parts[i].columns,
			parts[i].kind, faults, e)) {
			words_free(w);
			return NULL;
		}
	make_first(w);
	return w;
}

void
words_free(struct deid_words *w)
{
	if (w == NULL)
		return;
	mem_free(w->list);
	mem_free(w->first);
	mem_free(w->kinds);
	mem_free(w->ones);
	mem_free(w->pairs);
	mem_free(w->keys);
	mem_free(w);
}

const struct word *
words_search(const struct deid_words *w, const struct letters *l, size_t at,
    enum word_kind kind)
{
	uint32_t c = l->code[at];
	uint16_t second = (uint16_t)l->code[at + 1];

	for (size_t i = w->first[c], end = w->first[c + 1]; i < end;) {
		const struct word_key *k = &w->keys[i];

		if (k->kind > kind)
			break;
		if (k->kind < kind) {
			i += k->run;
			continue;
		}
		i++;
		if ((k->n == 1 || k->second == second) && at + k->n <= l->n &&
		    memcmp(w->list[i - 1].code, l->code + at,
			k->n * sizeof(uint32_t)) == 0)
			return &w->list[i - 1];
	}
	return NULL;
}
