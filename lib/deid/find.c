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
		WORD_ROLE, WORD_LABEL, WORD_PLACE };
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
keep_found(struct list *list, const struct found *f)
{
	if (list->n == list->room) {
		struct found *grown;

		list->room = list->room == 0 ? 8 : list->room * 2;
		grown = arena_alloc(list->arena, list->room * sizeof(*grown));
		if (list->n > 0)
			memcpy(grown, list->all, list->n * sizeof(*grown));
		list->all = grown;
	}
	list->all[list->n++] = *f;
}

static void
keep(struct list *list, const struct letters *l, const struct finding *f)
{
	const struct found found = { .from = l->at[f->from],
		.to = l->at[f->to],
		.label = f->label,
		.rule = f->rule,
		.date = f->date };

	keep_found(list, &found);
}

/* More than a surname. */
static bool
is_whole_name(const struct found *f)
{
	return (f->label == LABEL_NAME || f->label == LABEL_STAFF) &&
	    f->to - f->from >= 2 * 3;
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
	if (is_upper(c) && find_bed(l, at, f))
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
	if (((words_kinds(w, c) & labels) || c == 0x53F7 /* 号 */) &&
	    find_labelled(w, l, at, f))
		return true;
	return find_name(w, l, at, f) || find_place(w, l, at, last, f);
}

/*
 * Names once found are found again where nothing says what they are.  Each is
 * looked for between what was found, in the order of the text.
 */
#define AGAIN_MOST 32 /* names of a text */

static void
find_again(const struct letters *l, struct slice text, struct list *list)
{
	struct known names[AGAIN_MOST];
	struct known_letters known;
	struct list merged = { .arena = list->arena };
	size_t n = 0, i = 0, at = 0;

	for (size_t k = 0; k < list->n && n < AGAIN_MOST; k++)
		if (is_whole_name(&list->all[k]))
			names[n++] = (struct known){
				.text = { text.p + list->all[k].from,
				    list->all[k].to - list->all[k].from },
				.label = list->all[k].label
			};
	if (n == 0)
		return;
	known_letters_of(names, n, list->arena, &known);
	while (at < l->n) {
		struct finding f = { 0 };
		size_t next = i < list->n ? list->all[i].from : l->at[l->n];

		if (l->at[at] >= next) {
			struct found found = list->all[i++];

			if (find_known(l, names, &known, at, &f) &&
			    l->at[f.to] > found.to &&
			    (i == list->n || l->at[f.to] <= list->all[i].from))
				found.to = l->at[f.to];
			keep_found(&merged, &found);
			while (l->at[at] < found.to)
				at++;
		} else if (known_may_begin(&known, l->code[at]) &&
		    find_known(l, names, &known, at, &f) &&
		    l->at[f.to] <= next) {
			f.rule = "again";
			keep(&merged, l, &f);
			at = f.to;
		} else {
			at++;
		}
	}
	*list = merged;
}

size_t
find_all(const struct deid_words *words, struct slice text,
    const struct known *values, size_t nknown, struct arena *arena,
    struct found **found)
{
	struct known_letters known;
	struct letters l;
	struct list list = { .arena = arena };
	size_t i = 0, last = 0, name = 0;

	letters_of(text, arena, &l);
	known_letters_of(values, nknown, arena, &known);
	while (i < l.n) {
		struct finding f = { 0 };

		if (((known_may_begin(&known, l.code[i]) &&
			 find_known(&l, values, &known, i, &f)) ||
			find_here(words, &l, i, last, &f) ||
			(name > 0 && name == last && !inside(&l, i) &&
			    find_beside(&l, i, name, &f))) &&
		    f.to > f.from && f.from >= last) {
			struct finding before;

			if (f.label == LABEL_NAME &&
			    find_before(&l, f.from, last, &before))
				keep(&list, &l, &before);
			keep(&list, &l, &f);
			i = last = l.last = f.to;
			if (f.label == LABEL_NAME)
				name = last;
		} else {
			i = behind(words, &l, i);
		}
	}
	find_again(&l, text, &list);
	*found = list.all;
	return list.n;
}
