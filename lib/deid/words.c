#include <stdlib.h>

#include "base/mem.h"
#include "deid/letters.h"

/*
 * Words are sorted by their first letter; first[] says where those of a letter
 * begin, so that a position costs one look-up.
 */
struct deid_words {
	struct word *list;
	size_t n, room;
	uint16_t *first; /* 65537: of letters up to U+FFFF */
};

enum { WORD, PLACE, LABEL };

static const struct column word_columns[] = {
	{ "word", NULL, COLUMN_REQUIRED | COLUMN_FILLED }, { NULL, NULL, 0 }
};
static const struct column surname_columns[] = {
	{ "surname", NULL, COLUMN_REQUIRED | COLUMN_FILLED }, { NULL, NULL, 0 }
};
static const struct column title_columns[] = {
	{ "word", NULL, COLUMN_REQUIRED | COLUMN_FILLED },
	{ "place", NULL, COLUMN_REQUIRED }, { "label", NULL, COLUMN_REQUIRED },
	{ NULL, NULL, 0 }
};

/* What a number stands behind; the label is what it is replaced by. */
static const struct {
	const char *word;
	enum label label;
} numbers[] = { { "住院号", LABEL_MRN }, { "病案号", LABEL_MRN },
	{ "门诊号", LABEL_MRN }, { "病历号", LABEL_MRN },
	{ "登记号", LABEL_MRN }, { "就诊号", LABEL_MRN },
	{ "就诊卡号", LABEL_MRN }, { "患者ID", LABEL_MRN },
	{ "病人ID", LABEL_MRN }, { "患者编号", LABEL_MRN },
	{ "健康卡号", LABEL_HEALTH_CARD }, { "健康卡", LABEL_HEALTH_CARD },
	{ "医保卡号", LABEL_HEALTH_CARD }, { "医保号", LABEL_HEALTH_CARD },
	{ "社保卡号", LABEL_HEALTH_CARD }, { "社保号", LABEL_HEALTH_CARD },
	{ "身份证号码", LABEL_ID_CARD }, { "身份证号", LABEL_ID_CARD },
	{ "身份证", LABEL_ID_CARD }, { "证件号码", LABEL_ID_CARD },
	{ "证件号", LABEL_ID_CARD }, { "护照号码", LABEL_PASSPORT },
	{ "护照号", LABEL_PASSPORT }, { "护照", LABEL_PASSPORT },
	{ "银行卡号", LABEL_BANK_CARD }, { "银行卡", LABEL_BANK_CARD },
	{ "账号", LABEL_ACCOUNT }, { "帐号", LABEL_ACCOUNT },
	{ "微信号", LABEL_ACCOUNT }, { "微信", LABEL_ACCOUNT },
	{ "QQ", LABEL_ACCOUNT }, { "联系电话", LABEL_PHONE },
	{ "电话", LABEL_PHONE }, { "手机号", LABEL_PHONE },
	{ "手机", LABEL_PHONE }, { "床号", LABEL_BED },
	{ "车牌号", LABEL_PLATE }, { "住址", LABEL_ADDRESS },
	{ "现住址", LABEL_ADDRESS }, { "家庭住址", LABEL_ADDRESS },
	{ "家庭地址", LABEL_ADDRESS }, { "联系地址", LABEL_ADDRESS },
	{ "地址", LABEL_ADDRESS }, { "工作单位", LABEL_OTHER_ID } };

static bool
add_word(struct deid_words *w, struct slice text, enum word_kind kind,
    enum label label)
{
	const char *p = text.p, *end = text.p + text.n;
	struct word word = { .kind = kind, .label = label };

	while (p < end && word.n < WORD_MOST)
		word.code[word.n++] = utf8_narrow(utf8_next(&p, end));
	if (p < end || word.n == 0 || word.code[0] > 0xFFFF)
		return false;
	w->list = mem_room(w->list, w->n, &w->room, sizeof(*w->list));
	w->list[w->n++] = word;
	return true;
}

static int
by_first(const void *a, const void *b)
{
	const struct word *x = a, *y = b;

	if (x->code[0] != y->code[0])
		return x->code[0] < y->code[0] ? -1 : 1;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1; /* the longest first */
	return x->kind < y->kind ? -1 : x->kind > y->kind;
}

static bool
read_words(struct deid_words *w, const struct table *t, bool titles,
    enum word_kind kind, struct table_faults *faults, struct err *e)
{
	bool ok = true;

	for (size_t i = 0; i < table_rows(t); i++) {
		enum word_kind of = kind;
		enum label label = LABEL_NAME;

		if (titles) {
			struct slice place = table_cell(t, i, PLACE);

			of = slice_is(place, "label") ? WORD_LABEL
			    : slice_is(place, "kin")  ? WORD_KIN
						      : WORD_AFTER;
			if (slice_is(table_cell(t, i, LABEL), "STAFF"))
				label = LABEL_STAFF;
		}
		if (!add_word(w, table_cell(t, i, WORD), of, label))
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
	bool ok = t != NULL &&
	    read_words(w, t, columns == title_columns, kind, faults, e);

	table_free(t);
	arena_free(arena);
	return ok;
}

struct deid_words *
words_load(const char *share, struct table_faults *faults, struct err *e)
{
	struct deid_words *w = mem_zalloc(sizeof(*w));

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		add_word(w, slice_of(numbers[i].word), WORD_NUMBER,
		    numbers[i].label);
	if (!load_part(w, share, "surnames.csv", surname_columns, WORD_SURNAME,
		faults, e) ||
	    !load_part(
		w, share, "titles.csv", title_columns, WORD_AFTER, faults, e) ||
	    !load_part(w, share, "keep-words.csv", word_columns, WORD_KEEP,
		faults, e)) {
		words_free(w);
		return NULL;
	}
	qsort(w->list, w->n, sizeof(*w->list), by_first);
	w->first = mem_zalloc(65537 * sizeof(*w->first));
	for (size_t c = 0, i = 0; c <= 65536; c++) {
		while (i < w->n && w->list[i].code[0] < c)
			i++;
		w->first[c] = (uint16_t)i;
	}
	return w;
}

void
words_free(struct deid_words *w)
{
	if (w == NULL)
		return;
	mem_free(w->list);
	mem_free(w->first);
	mem_free(w);
}

const struct word *
words_at(const struct deid_words *w, const struct letters *l, size_t at,
    enum word_kind kind)
{
	uint32_t c = at < l->n ? l->code[at] : 0x10000;

	if (c >= 0x10000)
		return NULL;
	for (size_t i = w->first[c]; i < w->first[c + 1]; i++) {
		const struct word *word = &w->list[i];

		if (word->kind == kind && at + word->n <= l->n &&
		    memcmp(word->code, l->code + at,
			word->n * sizeof(*word->code)) == 0)
			return word;
	}
	return NULL;
}
