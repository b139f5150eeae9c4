/*
 * Draft rules out of a profile, for a person to choose from: each is off, says
 * how many records stand behind it, and names only values that are frequent.
 * What a rule of the run already looks at is not said again.
 */
#include <stdio.h>

#include "base/digest.h"
#include "base/mem.h"
#include "io/table.h"
#include "rules/profile_parts.h"

#define NEARLY   99 /* percent of the values */
#define MOSTLY   95 /* of the records, that hold a field */
#define PATTERNS 3  /* of one field */
#define LONGEST  40 /* bytes of a member of a set */

struct draft {
	const struct profile *profile;
	uint64_t least;
	struct arena *arena;
	struct buf *to;
	const struct field_facts *of;
	const struct facts *facts;
	uint64_t there;
};

/* --- rows ------------------------------------------------------------------------- */

static bool
at_top(struct slice path)
{
	return memchr(path.p, '.', path.n) == NULL &&
	    memchr(path.p, '[', path.n) == NULL;
}

static struct slice
text_of(struct draft *d, struct buf *b)
{
	struct slice text = arena_slice(d->arena, buf_slice(b));

	buf_release(b);
	return text;
}

/* "P-glu-k3v9aq-range": to be read, and the same for the same field. */
static struct slice
id_of(struct draft *d, enum check c)
{
	const struct field_facts *f = d->of;
	const char *whole = arena_printf(d->arena, "%.*s\n%.*s", (int)f->kind.n,
	    f->kind.p, (int)f->path.n, f->path.p);
	uint8_t bytes[DIGEST_SIZE];
	char text[DIGEST_ID + 1];
	struct buf b = { 0 };

	buf_adds(&b, "P-");
	for (size_t i = 0; i < f->path.n && b.n < 26; i++) {
		char ch = f->path.p[i];

		if ((ch >= '0' && ch <= '9') || (ch >= 'a' && ch <= 'z') ||
		    (ch >= 'A' && ch <= 'Z') || ch == '_' || ch == '.')
			buf_addc(&b, ch);
	}
	digest_bytes(whole, strlen(whole), bytes);
	digest_id(bytes, text);
	buf_addf(&b, "%s%.6s-%s", b.n > 2 ? "-" : "", text, check_name(c));
	return text_of(d, &b);
}

static bool
has_rule(const struct draft *d, enum check c)
{
	const struct ruleset *s = d->profile->plan->rules;

	for (size_t i = 0; i < s->n; i++) {
		const struct rule *r = s->rules[i];
		bool same = r->check == c ||
		    (c == CHECK_REQUIRED && r->check == CHECK_COMPLETE);

		if (same && slice_eq(r->field, d->of->path) &&
		    rule_of_kind(r, d->of->kind))
			return true;
	}
	return false;
}

/* A name that the catalogue gives to another place is put into quotes. */
static struct slice
field_of(const struct draft *d)
{
	struct slice path = d->of->path, place;
	const struct indicator *known;
	bool inside;

	ruleset_place(d->profile->plan->rules, path, &place, &inside, &known);
	if (!at_top(path) || (!inside && slice_eq(path, place)))
		return path;
	return slice_of(
	    arena_printf(d->arena, "[\"%.*s\"]", (int)path.n, path.p));
}

static void
put_row(struct draft *d, enum check c, struct slice arg, uint64_t bad,
    uint64_t support, const char *zh, const char *en)
{
	const struct field_facts *f = d->of;
	struct slice none = { "", 0 }, max_fail = none;
	const char *message, *message_en;

	if (has_rule(d, c))
		return;
	if (bad > 0)
		max_fail = slice_of(arena_printf(d->arena, "%llu%%",
		    (unsigned long long)((bad * 100 + support - 1) / support)));
	message =
	    arena_printf(d->arena, "%.*s%s", (int)f->path.n, f->path.p, zh);
	message_en =
	    arena_printf(d->arena, "%.*s: %s", (int)f->path.n, f->path.p, en);
	table_put_row(d->to,
	    (const struct slice[]){ id_of(d, c), SLICE("0"), f->kind,
		field_of(d), slice_of(check_name(c)), arg, max_fail,
		SLICE("warn"), SLICE("profile"), slice_of(message),
		slice_of(message_en), SLICE("mdx-qc profile"),
		slice_of(arena_printf(
		    d->arena, "%llu", (unsigned long long)support)) },
	    13);
}

static bool
nearly(const struct draft *d, uint64_t n)
{
	return n > 0 && n * 100 >= d->there * NEARLY;
}

/* --- what may be said ---------------------------------------------------------------- */

static void
suggest_required(struct draft *d)
{
	uint64_t places = d->of->places;

	if (at_top(d->of->path) && d->there * 100 >= places * MOSTLY)
		put_row(d, CHECK_REQUIRED, SLICE(""), places - d->there, places,
		    "缺失", "missing");
}

/* A number that is written as digits of one length is a name, not an amount. */
static bool
is_amount(const struct draft *d)
{
	const struct facts *f = d->facts;

	return nearly(d, f->numbers) && !facts_is_key(f) &&
	    (f->types[JSON_STRING] * 2 < d->there ||
		roll_count(&f->patterns) > 1 || f->patterns.many);
}

static void
suggest_type(struct draft *d)
{
	const struct facts *f = d->facts;
	uint64_t flags = f->types[JSON_TRUE] + f->types[JSON_FALSE];
	uint64_t dates = f->days + f->times;
	const struct {
		uint64_t n;
		const char *name;
	} types[] = { { f->integers, "integer" }, { f->numbers, "number" },
		{ f->times, "datetime" }, { dates, "date" },
		{ flags, "boolean" }, { f->types[JSON_ARRAY], "array" },
		{ f->types[JSON_OBJECT], "object" } };

	if (nearly(d, f->numbers) && !is_amount(d))
		return;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (nearly(d, types[i].n)) {
			put_row(d, CHECK_TYPE, slice_of(types[i].name),
			    d->there - types[i].n, d->there, "类型不符",
			    "wrong type");
			return;
		}
}

static void
suggest_range(struct draft *d)
{
	const struct facts *f = d->facts;
	struct bins b = { 0 };
	struct decimal low, high;
	struct buf arg = { 0 };
	uint64_t n, out = 0;

	histogram_label(&f->histogram, NULL, 1u << BUCKET_NUMBER, d->arena, &b);
	n = bins_count(&b);
	if (!is_amount(d) || n < 2 * d->least ||
	    !facts_number(&b, d->least, d->least, END_LOW, d->arena, &low) ||
	    !facts_number(&b, n - d->least + 1, d->least,
		f->integers == f->numbers ? END_HIGH_WHOLE : END_HIGH, d->arena,
		&high) ||
	    decimal_cmp(&low, &high) >= 0)
		return;
	for (size_t i = 0; i < b.n; i++) {
		struct decimal v;

		if (bucket_number(b.list[i].label, d->arena, &v) &&
		    (decimal_cmp(&v, &low) < 0 || decimal_cmp(&v, &high) > 0))
			out += b.list[i].n;
	}
	buf_addf(&arg, "[%s,%s]", decimal_text(&low, d->arena).p,
	    decimal_text(&high, d->arena).p);
	put_row(d, CHECK_RANGE, text_of(d, &arg), out, n, "超出常见范围",
	    "out of the usual range");
}

static bool
is_member(struct slice text)
{
	return text.n > 0 && text.n <= LONGEST && text.p[0] != '@' &&
	    memchr(text.p, '|', text.n) == NULL &&
	    memchr(text.p, '\n', text.n) == NULL &&
	    table_damage(text, 0) == NULL;
}

/* Words and short codes that come again and again, and nearly nothing else. */
static bool
suggest_enum(struct draft *d)
{
	const struct roll *c = &d->facts->values;
	struct bins b = { 0 };
	struct buf arg = { 0 };
	uint64_t n = 0;
	bool fit = facts_is_set(d->facts) &&
	    d->facts->types[JSON_STRING] == d->there &&
	    d->facts->days + d->facts->times == 0 &&
	    !(nearly(d, d->facts->numbers) && roll_count(c) > 10);

	for (size_t i = 0; fit && i < roll_count(c); i++)
		if (c->counts[i] >= d->least)
			bins_add(&b, d->arena, index_name(c->names, i),
			    c->counts[i]);
	for (size_t i = 0; i < b.n; i++) {
		fit = fit && is_member(b.list[i].label);
		buf_addf(&arg, "%s%.*s", i > 0 ? "|" : "",
		    (int)b.list[i].label.n, b.list[i].label.p);
		n += b.list[i].n;
	}
	fit = fit && nearly(d, n) && table_damage(buf_slice(&arg), 0) == NULL;
	if (fit)
		put_row(d, CHECK_ENUM, text_of(d, &arg), d->there - n, d->there,
		    "不在值域内", "not in the value set");
	buf_release(&arg);
	return fit;
}

/* As a regular expression; false for what is words, or of other signs. */
static bool
put_pattern(struct slice p, struct buf *to)
{
	bool any = false;

	for (size_t i = 0; i < p.n; i++) {
		char c = p.p[i];

		if ((unsigned char)c >= 0x80 || c == '?' || c == ' ')
			return false;
		if (c == '9' || c == 'A' || c == 'a') {
			any = true;
			buf_adds(to,
			    c == '9'       ? "[0-9]"
				: c == 'A' ? "[A-Z]"
					   : "[a-z]");
		} else if (c == '{') {
			while (i < p.n && p.p[i] != '}')
				buf_addc(to, p.p[i++]);
			buf_addc(to, '}');
		} else {
			buf_addc(to, '\\');
			buf_addc(to, c);
		}
	}
	return any;
}

/* Digits alone are `digits`; letters alone are words. */
static bool
is_code(struct slice p)
{
	bool digit = memchr(p.p, '9', p.n) != NULL, other = false;

	for (size_t i = 0; i < p.n; i++) {
		if (p.p[i] == '{')
			while (i < p.n && p.p[i] != '}')
				i++;
		else
			other = other || p.p[i] != '9';
	}
	return digit && other;
}

static bool
suggest_digits(struct draft *d, struct slice pattern, uint64_t n)
{
	struct slice rest = { pattern.p + 2, pattern.n - 3 };
	unsigned long long digits;

	if (pattern.n < 4 || !slice_starts(pattern, "9{") ||
	    !slice_number(rest, &digits) || digits < 4 || !nearly(d, n))
		return false;
	put_row(d, CHECK_DIGITS, rest, d->there - n, d->there, "位数不符",
	    "wrong number of digits");
	return true;
}

static void
suggest_pattern(struct draft *d)
{
	const struct roll *c = &d->facts->patterns;
	struct bins b = { 0 };
	struct buf arg = { 0 };
	uint64_t n = 0;
	bool fit = d->facts->types[JSON_STRING] == d->there &&
	    d->facts->days + d->facts->times == 0;

	for (size_t i = 0; fit && i < roll_count(c); i++) {
		struct slice p = index_name(c->names, i);

		if (c->counts[i] < d->least)
			continue;
		if (suggest_digits(d, p, c->counts[i]))
			return;
		bins_add(&b, d->arena, p, c->counts[i]);
	}
	fit = fit && b.n > 0 && b.n <= PATTERNS;
	for (size_t i = 0; fit && i < b.n; i++) {
		buf_adds(&arg, i > 0 ? "|" : "^(?:");
		fit = is_code(b.list[i].label) &&
		    put_pattern(b.list[i].label, &arg);
		n += b.list[i].n;
	}
	buf_adds(&arg, ")$");
	if (fit && nearly(d, n))
		put_row(d, CHECK_REGEX, text_of(d, &arg), d->there - n,
		    d->there, "格式不符", "not of the usual form");
	buf_release(&arg);
}

static void
suggest_for(struct draft *d)
{
	suggest_required(d);
	if (d->there < 2 * d->least)
		return;
	suggest_type(d);
	if (!d->of->hidden)
		suggest_range(d);
	if (d->of->hidden || !suggest_enum(d))
		suggest_pattern(d);
	if (at_top(d->of->path) && facts_is_key(d->facts))
		put_row(d, CHECK_UNIQUE, SLICE(""), 0, d->there, "重复",
		    "there twice");
}

void
profile_suggest(
    const struct profile *p, const struct profile_options *o, struct buf *to)
{
	struct draft d = {
		.profile = p, .least = o->least, .arena = arena_new(), .to = to
	};
	struct arena *list = arena_new();
	struct field_list l;

	buf_adds(to,
	    "id,on,kind,field,check,arg,max_fail,severity,owner,message,"
	    "message_en,rationale,x_support\n");
	profile_list(p, o, list, &l);
	for (size_t i = 0; i < l.n; i++) {
		arena_reset(d.arena);
		d.of = &l.list[i];
		d.facts = &d.of->node->facts;
		d.there = facts_there(d.facts);
		if (d.there >= d.least)
			suggest_for(&d);
	}
	arena_free(d.arena);
	arena_free(list);
}
