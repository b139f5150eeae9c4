#include "deid/find.h"

#include "deid/letters.h"

static const char *const label_names[LABELS] = { "NAME", "STAFF", "ID_CARD",
	"PASSPORT", "PHONE", "EMAIL", "ACCOUNT", "MRN", "HEALTH_CARD",
	"BANK_CARD", "ADDRESS", "HOSPITAL", "BED", "PLATE", "DATE",
	"AGE_OVER_89", "URL", "IP", "OTHER_ID" };

const char *
label_name(enum label label)
{
	return label_names[label];
}

bool
label_parse(struct slice text, enum label *label)
{
	size_t i = 0;

	while (i < LABELS && !slice_is(text, label_names[i]))
		i++;
	*label = (enum label)i;
	return i < LABELS;
}

/* Where an ASCII word or number has begun before, nothing begins here. */
static bool
inside(const struct letters *l, size_t at)
{
	return at > 0 &&
	    (is_digit(l->code[at - 1]) || is_letter(l->code[at - 1]));
}

/* A number of 标本号 and such is stepped over, unless it proves itself. */
static size_t
behind_other(const struct deid_words *w, const struct letters *l, size_t at)
{
	const struct word *other = words_at(w, l, at, WORD_OTHER);
	struct finding f;
	size_t p;

	if (other == NULL)
		return at;
	p = at + other->n;
	while (l->code[p] == ':' || is_blank(l->code[p]))
		p++;
	if (find_proven(l, p, &f))
		return p;
	while (is_digit(l->code[p]) || is_letter(l->code[p]) ||
	    is_hyphen(l->code[p]) || l->code[p] == '.')
		p++;
	return p;
}

/* Nothing was found: no name begins inside a word that is none. */
static size_t
behind(const struct deid_words *w, const struct letters *l, size_t at)
{
	static const enum word_kind kinds[] = { WORD_KEEP, WORD_AFTER,
		WORD_ROLE, WORD_LABEL };
	uint32_t any = KIND(WORD_OTHER);
	size_t other;

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		any |= KIND(kinds[i]);
	if ((words_kinds(w, l->code[at]) & any) == 0)
		return at + 1;
	other = behind_other(w, l, at);
	if (other > at)
		return other;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		const struct word *word = words_at(w, l, at, kinds[i]);

		if (word != NULL)
			return at + word->n;
	}
	return at + 1;
}

struct list {
	struct found *all;
	size_t n, room;
	struct arena *arena;
};

static void
keep(struct list *list, const struct letters *l, const struct finding *f)
{
	if (list->n == list->room) {
		struct found *grown;

		list->room = list->room == 0 ? 8 : list->room * 2;
		grown = arena_alloc(list->arena, list->room * sizeof(*grown));
		if (list->n > 0)
			memcpy(grown, list->all, list->n * sizeof(*grown));
		list->all = grown;
	}
	list->all[list->n++] = (struct found){ .from = l->at[f->from],
		.to = l->at[f->to],
		.label = f->label,
		.rule = f->rule,
		.date = f->date };
}

static bool
find_ascii(const struct deid_words *w, const struct letters *l, size_t at,
    struct finding *f)
{
	uint32_t c = l->code[at];

	if (is_digit(c) || is_letter(c)) {
		if (inside(l, at))
			return false;
		if (find_mail(l, at, f) || (is_letter(c) && find_url(l, at, f)))
			return true;
	}
	if ((is_digit(c) || c == '+' || c == '(') && find_number(l, at, f))
		return true;
	if (is_upper(c) && is_digit(l->code[at + 1]) && find_bed(l, at, f))
		return true;
	return find_labelled(w, l, at, f) || find_name(w, l, at, f);
}

static bool
find_here(const struct deid_words *w, struct letters *l, size_t at, size_t last,
    struct finding *f)
{
	const uint32_t labels = KIND(WORD_NUMBER) | KIND(WORD_LABEL);
	uint32_t c = l->code[at];

	if (c < 0x80)
		return find_ascii(w, l, at, f);
	if (han_digit(c) >= 0 || c == 0x5341 /* 十 */) {
		letters_count_off(l, at);
		if (l->code[at] != c)
			return find_number(l, at, f);
		if (find_counted(l, at, f))
			return true;
	}
	if (words_kinds(w, c) == 0)
		return false;
	if ((words_kinds(w, c) & labels) && find_labelled(w, l, at, f))
		return true;
	return find_name(w, l, at, f) || find_place(w, l, at, last, f);
}

size_t
find_all(const struct deid_words *words, struct slice text,
    const struct known *values, size_t nknown, struct arena *arena,
    struct found **found)
{
	struct known_letters known;
	struct letters l;
	struct list list = { .arena = arena };
	size_t i = 0, last = 0;

	letters_of(text, arena, &l);
	known_letters_of(values, nknown, arena, &known);
	while (i < l.n) {
		struct finding f = { 0 };

		if (((known_may_begin(&known, l.code[i]) &&
			 find_known(&l, values, &known, i, &f)) ||
			find_here(words, &l, i, last, &f)) &&
		    f.to > f.from && f.from >= last) {
			keep(&list, &l, &f);
			i = last = l.last = f.to;
		} else {
			i = behind(words, &l, i);
		}
	}
	*found = list.all;
	return list.n;
}
