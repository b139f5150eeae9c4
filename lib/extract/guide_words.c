/*
 * The cells and lists of a pack turned into the words and patterns of a
 * document type.
 */
#include "extract/guide_part.h"

#include "base/brace.h"
#include "base/mem.h"
#include "extract/lexicon.h"

static void
add_word(struct building *b, struct slice spelling, enum role role,
    const struct field *f, uint32_t value)
{
	struct doctype *t = b->doctype;

	t->words =
	    mem_room(t->words, t->nwords, &t->words_room, sizeof(*t->words));
	t->words[t->nwords] = (struct word){ role,
		f == NULL ? 0 : (uint32_t)(f - t->fields), value };
	matcher_add(t->matcher, spelling, (uint32_t)t->nwords++);
}

static void
add_words(struct building *b, struct strings s, enum role role,
    const struct field *f, uint32_t value)
{
	for (size_t i = 0; i < s.n; i++)
		add_word(b, s.list[i], role, f, value);
}

static void
add_pattern(struct building *b, struct field *f, struct slice s, uint32_t n)
{
	long p = build_pattern(b, s, "anchors", f->d->line);
	struct announcer *grown;

	if (p < 0)
		return;
	grown =
	    arena_alloc(b->arena, (f->npatterns + 1) * sizeof(*f->patterns));
	if (f->npatterns > 0)
		memcpy(grown, f->patterns, f->npatterns * sizeof(*f->patterns));
	f->patterns = grown;
	f->patterns[f->npatterns++] = (struct announcer){ p, n };
}

/* Whether a word holds a spelling of one of the field's codes. */
static bool
holds_code(const struct indicator *d, struct slice word)
{
	for (size_t i = 0; i < d->ncodes; i++)
		for (size_t j = 0; j < d->codes[i].nspellings; j++)
			if (slice_find(word, d->codes[i].spellings[j]) != NULL)
				return true;
	return false;
}

/* An anchor, or all that its braces stand for. */
static void
add_anchor(struct building *b, struct slice s, enum role role,
    const struct field *f, uint32_t number)
{
	size_t n;
	struct slice *words = brace_expand(s, b->arena, &n);

	if (words == NULL)
		BUILD_FAULT(b, f->d,
		    "anchors: '%.*s' stands for more than %d words", (int)s.n,
		    s.p, BRACE_MOST);
	for (size_t i = 0; words != NULL && i < n; i++)
		if (words[i].n > 0)
			add_word(b, words[i], role, f,
			    role == ROLE_NEVER && holds_code(f->d, words[i])
				? number | NEVER_OVER
				: number);
}

/*
 * `a|b|!never|=id|re:pattern`.  A bar inside a pattern would part it, so a
 * pattern is the last of its cell and takes all that follows.
 */
static void
cell(struct building *b, struct field *f, const struct indicator *from,
    unsigned depth)
{
	struct slice rest = from->anchors, part;
	uint32_t number = 0;

	if (rest.n == 0) {
		add_word(b, from->name_zh, ROLE_ANCHOR, f, 1);
		add_word(b, from->name_en, ROLE_ANCHOR, f, 2);
		for (size_t i = 0; i < from->nsynonyms; i++)
			add_word(b, from->synonyms[i], ROLE_ANCHOR, f,
			    (uint32_t)(3 + i));
		return;
	}
	while (rest.n > 0) {
		number++;
		if (slice_starts(rest, "re:")) {
			add_pattern(b, f,
			    (struct slice){ rest.p + 3, rest.n - 3 }, number);
			return;
		}
		if (!slice_next(&rest, '|', &part))
			return;
		part = slice_trim(part);
		if (part.n == 0)
			continue;
		if (part.p[0] == '!') {
			add_anchor(b, (struct slice){ part.p + 1, part.n - 1 },
			    ROLE_NEVER, f, number);
		} else if (part.p[0] == '=') {
			const struct indicator *other =
			    catalogue_find(b->catalogue,
				(struct slice){ part.p + 1, part.n - 1 });

			if (other == NULL || depth > 4)
				BUILD_FAULT(b, f->d,
				    "anchors: '%.*s' names no row whose "
				    "anchors could be taken",
				    (int)part.n, part.p);
			else
				cell(b, f, other, depth + 1);
		} else {
			add_anchor(b, part, ROLE_ANCHOR, f, number);
		}
	}
}

/* "无=!无|吸空气": the code is a name that texts do not use for it. */
static bool
is_spelling(const struct code *c, size_t i)
{
	struct slice s = c->spellings[i];

	if (s.p[0] == '!')
		return false;
	for (size_t k = 0; k < c->nspellings; k++) {
		struct slice o = c->spellings[k];

		if (o.p[0] == '!' && o.n == s.n + 1 &&
		    memcmp(o.p + 1, s.p, s.n) == 0)
			return false;
	}
	return true;
}

static void
codes(struct building *b, struct field *f)
{
	const struct indicator *d = f->d;
	const struct lexicon *l;

	f->codes = d->codes;
	f->ncodes = d->ncodes;
	if (d->values.n > 0 && d->values.p[0] == '@') {
		l = lexicon_find(b->catalogue, b->settings, d,
		    (struct slice){ d->values.p + 1, d->values.n - 1 },
		    b->arena, b->faults, b->e);
		if (l == NULL) {
			b->ok = false;
			return;
		}
		f->codes = l->codes;
		f->ncodes = l->ncodes;
	}
	for (size_t i = 0; i < f->ncodes; i++)
		for (size_t j = 0; j < f->codes[i].nspellings; j++)
			if (is_spelling(&f->codes[i], j))
				add_word(b, f->codes[i].spellings[j], ROLE_CODE,
				    f, (uint32_t)i);
}

/* A lexicon that a field's setting names, or NULL. */
static const struct lexicon *
lexicon_of(struct building *b, const struct field *f, const char *setting,
    struct slice name)
{
	const struct lexicon *l = settings_lexicon(b->settings, name);

	if (l == NULL)
		BUILD_FAULT(b, f->d, "extract.json: %s: no lexicon '%.*s'",
		    setting, (int)name.n, name.p);
	return l;
}

static void
add_lexicon(struct building *b, const struct lexicon *l, enum role role,
    const struct field *f, uint32_t base)
{
	for (size_t i = 0; i < l->ncodes; i++)
		for (size_t j = 0; j < l->codes[i].nspellings; j++)
			add_word(b, l->codes[i].spellings[j], role, f,
			    base | (uint32_t)i);
}

static void
parts(struct building *b, struct field *f)
{
	for (size_t k = 0; k < f->how.parts.n; k++) {
		const struct lexicon *l =
		    lexicon_of(b, f, "parts", f->how.parts.list[k]);

		if (l == NULL)
			return;
		f->parts[k] = l;
		add_lexicon(b, l, ROLE_PART, f, (uint32_t)(k << 16));
	}
}

/* The code that two halves spell together, or FIELD_NONE. */
static uint32_t
code_of_halves(struct building *b, const struct field *f, struct slice one,
    struct slice two)
{
	struct slice s = slice_of(arena_printf(
	    b->arena, "%.*s%.*s", (int)one.n, one.p, (int)two.n, two.p));

	for (size_t i = 0; i < f->ncodes; i++)
		for (size_t j = 0; j < f->codes[i].nspellings; j++)
			if (slice_eq(f->codes[i].spellings[j], s))
				return (uint32_t)i;
	return FIELD_NONE;
}

/* A word that no text spells, which stands for a code that halves make. */
static uint32_t
word_of_code(struct building *b, const struct field *f, uint32_t code)
{
	struct doctype *t = b->doctype;

	t->words =
	    mem_room(t->words, t->nwords, &t->words_room, sizeof(*t->words));
	t->words[t->nwords] =
	    (struct word){ ROLE_CODE, (uint32_t)(f - t->fields), code };
	return (uint32_t)t->nwords++;
}

/* "右肺:上叶…,下叶…": of a spelling the first half may be said once for all. */
static void
halves(struct building *b, struct field *f)
{
	const struct lexicon *one, *two;

	one = lexicon_of(b, f, "halves", f->how.halves.list[0]);
	two = lexicon_of(b, f, "halves", f->how.halves.list[1]);
	if (one == NULL || two == NULL)
		return;
	f->halves[0] = one;
	f->halves[1] = two;
	add_lexicon(b, one, ROLE_SIDE, f, 0);
	add_lexicon(b, two, ROLE_HALF, f, 0);
	f->joined = arena_alloc(
	    b->arena, (one->ncodes * two->ncodes + 1) * sizeof(*f->joined));
	for (size_t i = 0; i < one->ncodes * two->ncodes; i++) {
		uint32_t code =
		    code_of_halves(b, f, one->codes[i / two->ncodes].code,
			two->codes[i % two->ncodes].code);

		f->joined[i] =
		    code == FIELD_NONE ? FIELD_NONE : word_of_code(b, f, code);
	}
	f->side_of =
	    arena_alloc(b->arena, (f->ncodes + 1) * sizeof(*f->side_of));
	for (size_t i = 0; i < f->ncodes; i++) {
		f->side_of[i] = FIELD_NONE;
		for (size_t k = 0; k < one->ncodes; k++)
			if (slice_find(f->codes[i].code, one->codes[k].code) ==
			    f->codes[i].code.p)
				f->side_of[i] = (uint32_t)k;
	}
	b->doctype->halved = f;
}

/* What may touch a spelling on either side, and what may follow it. */
static void
chain(struct building *b, struct field *f)
{
	const struct lexicon *l = lexicon_of(b, f, "chain", f->how.chain);

	if (l == NULL)
		return;
	add_lexicon(b, l, ROLE_CHAIN, f, 0);
	add_words(b, f->how.links, ROLE_LINK, f, 0);
}

static void
unit(struct building *b, struct field *f)
{
	const struct indicator *d = f->d;
	const char *near;

	if (d->type == TYPE_PERCENT)
		f->unit = unit_find(SLICE("%"));
	if (d->unit.n == 0)
		return;
	f->unit = unit_find(d->unit);
	if (f->unit != NULL)
		return;
	near = unit_suggest(d->unit);
	if (near != NULL)
		BUILD_FAULT(b, d, "unknown unit '%.*s' (did you mean '%s'?)",
		    (int)d->unit.n, d->unit.p, near);
	else
		BUILD_FAULT(
		    b, d, "unknown unit '%.*s'", (int)d->unit.n, d->unit.p);
}

static bool
has_values(const struct indicator *d)
{
	return d->ncodes > 0 || d->values.n > 0;
}

static bool
has_anchors(struct slice cell)
{
	struct slice part;

	while (slice_next(&cell, '|', &part)) {
		if (slice_starts(part, "re:"))
			return false;
		if (part.n > 0 && part.p[0] != '!')
			return true;
	}
	return false;
}

/* A stain's mark, its share (which takes its anchors), or what says so. */
static bool
is_of_panel(struct building *b, const struct field *f)
{
	struct slice cell = f->d->anchors;
	const struct indicator *other = NULL;

	if (slice_starts(cell, "="))
		other = catalogue_find(
		    b->catalogue, (struct slice){ cell.p + 1, cell.n - 1 });
	return f->d->type == TYPE_MARK || f->how.panel ||
	    (f->d->type == TYPE_PERCENT && other != NULL &&
		other->type == TYPE_MARK);
}

void
field_build(struct building *b, struct field *f)
{
	const struct indicator *d = f->d;
	struct err e;

	f->anchored = d->anchors.n > 0;
	f->spelled =
	    d->type != TYPE_CODE && d->type != TYPE_MARK && has_values(d);
	f->announced = has_anchors(d->anchors);
	f->panel = is_of_panel(b, f);
	/* Of a stain that was done again the latter result stands. */
	if (f->panel && f->how.pick == PICK_AGREE)
		f->how.pick = PICK_LAST;
	unit(b, f);
	f->has_low =
	    d->low.n > 0 && decimal_parse(d->low, b->arena, &f->low, &e);
	f->has_high =
	    d->high.n > 0 && decimal_parse(d->high, b->arena, &f->high, &e);
	/* A code is its own anchor unless the cell names others. */
	if ((d->type != TYPE_CODE && !f->spelled) || f->anchored)
		cell(b, f, d, 0);
	if (f->how.parts.n > 0)
		parts(b, f);
	if ((f->how.parts.n == 0 || f->how.pick == PICK_COUNT) &&
	    (d->type == TYPE_CODE || d->type == TYPE_MARK || f->spelled))
		codes(b, f);
	if (f->how.halves.n > 0)
		halves(b, f);
	if (f->how.chain.n > 0)
		chain(b, f);
	add_words(b, f->how.strong, ROLE_STRONG, f, 0);
	add_words(b, f->how.alone, ROLE_ALONE, f, 0);
	add_words(b, f->how.weak, ROLE_WEAK, f, 0);
	add_words(b, f->how.total, ROLE_TOTAL, f, 0);
	add_words(b, f->how.tests, ROLE_TEST, f, 0);
	add_words(b, f->how.again, ROLE_AGAIN, f, 0);
	add_words(b, f->how.shown, ROLE_SHOWN, f, 0);
	add_words(b, f->how.neighbours, ROLE_NEIGHBOUR, f, 0);
	add_words(b, f->how.vague, ROLE_VAGUE, f, 0);
	add_words(b, f->how.empties, ROLE_EMPTY, f, 0);
	add_words(b, f->how.whole, ROLE_WHOLE, f, 0);
	add_words(b, f->how.same_words, ROLE_SAME, f, 0);
	add_words(b, f->how.rated.names, ROLE_RATED, f, 0);
	add_words(b, f->how.rated.as, ROLE_RATING, f, RATING_COUNTS);
	add_words(b, f->how.rated.other, ROLE_RATING, f, RATING_OTHER);
	add_words(b, f->how.rated.none, ROLE_RATING, f, RATING_NONE);
	add_words(b, f->how.rated.prefix, ROLE_RATING, f, RATING_PREFIX);
}

static bool
is_ignored(const struct document_settings *how, const char *word)
{
	for (size_t i = 0; how != NULL && i < how->ignore.n; i++)
		if (slice_is(how->ignore.list[i], word))
			return true;
	return false;
}

/*
 * A pack's own words of context: "<word" governs what stands before it in its
 * clause, "<<word" all of its sentence, ">word" what follows in it, "word,"
 * what follows to the comma.
 */
static void
add_cues(struct building *b, const struct strings words[CUE_KINDS])
{
	for (unsigned k = 0; k < CUE_KINDS; k++)
		for (size_t i = 0; i < words[k].n; i++) {
			struct slice s = words[k].list[i];
			enum cue_scope scope = cue_scope_of(k);

			if (s.n > 2 && s.p[0] == '<' && s.p[1] == '<') {
				s = (struct slice){ s.p + 2, s.n - 2 };
				scope = SCOPE_WHOLE;
			} else if (s.n > 1 && s.p[0] == '<') {
				s = (struct slice){ s.p + 1, s.n - 1 };
				scope = SCOPE_BEFORE;
			} else if (s.n > 1 && s.p[0] == '>') {
				s = (struct slice){ s.p + 1, s.n - 1 };
				scope = SCOPE_SENTENCE;
			} else if (s.n > 1 && s.p[s.n - 1] == ',') {
				s.n--;
				scope =
				    k == CUE_RESUMES ? SCOPE_BACK : SCOPE_COMMA;
			}
			add_word(
			    b, s, ROLE_CUE, NULL, (uint32_t)k << 8 | scope);
		}
}

/*
 * "<判断为污染": of what the sentence before has named, where its own has not;
 * "+正常菌群": something of its own.
 */
static void
add_excluding(struct building *b, struct strings words, uint32_t group)
{
	for (size_t i = 0; i < words.n; i++) {
		struct slice s = words.list[i];
		uint32_t how = s.n < 2 ? 0
		    : s.p[0] == '<'    ? ROLE_JUDGED
		    : s.p[0] == '+'    ? ROLE_BESIDE
				       : 0;

		add_word(b, how != 0 ? (struct slice){ s.p + 1, s.n - 1 } : s,
		    ROLE_EXCLUDE, NULL, group | how);
	}
}

void
doctype_words(struct building *b)
{
	const struct document_settings *how = b->doctype->how;

	for (size_t i = 0; how != NULL && i < how->nsections; i++)
		add_words(b, how->sections[i].words, ROLE_SECTION, NULL,
		    (uint32_t)1 << i);
	for (size_t i = 0; how != NULL && i < how->nsubjects; i++)
		add_words(b, how->subjects[i].words, ROLE_SUBJECT, NULL,
		    (uint32_t)1 << i);
	for (size_t i = 0; i < b->doctype->ngroups; i++)
		add_excluding(
		    b, b->doctype->groups[i].how->exclude, (uint32_t)i);
	for (size_t i = 0; i < b->doctype->ngroups; i++)
		add_words(b, b->doctype->groups[i].how->gone, ROLE_EXCLUDE,
		    NULL, (uint32_t)i | ROLE_GONE);
	for (size_t i = 0; i < cue_count; i++)
		if (!is_ignored(how, cues[i].word))
			add_word(b, slice_of(cues[i].word), ROLE_CUE, NULL,
			    (uint32_t)cues[i].kind << 8 | cues[i].scope);
	add_cues(b, b->settings->cues);
	if (how != NULL)
		add_cues(b, how->cues);
}
