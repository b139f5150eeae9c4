#include "deid/find.h"

#include "base/mem.h"
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

void
letters_of(struct slice text, struct arena *arena, struct letters *l)
{
	const char *p = text.p, *end = text.p + text.n;

	l->code = arena_alloc(arena, (text.n + 1) * sizeof(*l->code));
	l->at = arena_alloc(arena, (text.n + 1) * sizeof(*l->at));
	l->n = 0;
	while (p < end) {
		l->at[l->n] = (uint32_t)(p - text.p);
		l->code[l->n++] = utf8_narrow(utf8_next(&p, end));
	}
	l->at[l->n] = (uint32_t)text.n;
	l->code[l->n] = 0;
}

static bool
find_known(const struct letters *l, const struct letters *known,
    const struct known *values, size_t n, size_t at, struct finding *f)
{
	for (size_t i = 0; i < n; i++) {
		const struct letters *k = &known[i];
		bool number = k->n > 0 && k->code[0] < 0x80;

		if (k->n < (number ? 5 : 2) || at + k->n > l->n ||
		    k->code[0] != l->code[at] ||
		    memcmp(k->code, l->code + at, k->n * sizeof(*k->code)) != 0)
			continue;
		if (number &&
		    (is_digit(l->code[at + k->n]) ||
			(at > 0 && is_digit(l->code[at - 1]))))
			continue;
		*f = (struct finding){ .from = at,
			.to = at + k->n,
			.label = values[i].label,
			.rule = "known" };
		return true;
	}
	return false;
}

/* Where an ASCII word or number has begun before, nothing begins here. */
static bool
inside(const struct letters *l, size_t at)
{
	return at > 0 &&
	    (is_digit(l->code[at - 1]) || is_letter(l->code[at - 1]));
}

/* Nothing was found: no name begins inside a word that is none. */
static size_t
behind(const struct deid_words *w, const struct letters *l, size_t at)
{
	static const enum word_kind kinds[] = { WORD_KEEP, WORD_AFTER,
		WORD_LABEL };

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

size_t
find_all(const struct deid_words *words, struct slice text,
    const struct known *values, size_t nknown, struct arena *arena,
    struct found **found)
{
	struct letters l, *known;
	struct list list = { .arena = arena };
	size_t i = 0, last = 0;

	letters_of(text, arena, &l);
	known = arena_alloc(arena, (nknown + 1) * sizeof(*known));
	for (size_t k = 0; k < nknown; k++)
		letters_of(values[k].text, arena, &known[k]);
	while (i < l.n) {
		uint32_t c = l.code[i];
		struct finding f = { 0 };
		bool hit = find_known(&l, known, values, nknown, i, &f);

		if (!hit && c < 0x80) {
			bool ascii = is_digit(c) || is_letter(c);

			hit = !(ascii && inside(&l, i)) &&
			    (find_address_mail(&l, i, &f) ||
				((is_digit(c) || c == '+' || c == '(') &&
				    find_number(&l, i, &f)) ||
				find_name(words, &l, i, &f));
		} else if (!hit) {
			hit = find_name(words, &l, i, &f);
		}
		if (hit && f.to > f.from && f.from >= last) {
			keep(&list, &l, &f);
			i = last = f.to;
		} else {
			i = behind(words, &l, i);
		}
	}
	*found = list.all;
	return list.n;
}

bool
find_leak(struct slice text, struct arena *arena, enum label *label)
{
	struct letters l;

	if (text.n < 6)
		return false;
	letters_of(text, arena, &l);
	for (size_t i = 0; i < l.n; i++) {
		struct finding f;
		uint32_t c = l.code[i];

		if ((!is_digit(c) && !is_letter(c)) || inside(&l, i))
			continue;
		if ((is_digit(c) && find_number(&l, i, &f) &&
			(f.label == LABEL_ID_CARD ||
			    (f.label == LABEL_PHONE && f.rule[0] == 'm'))) ||
		    (find_address_mail(&l, i, &f) && f.label == LABEL_EMAIL)) {
			*label = f.label;
			return true;
		}
	}
	return false;
}
