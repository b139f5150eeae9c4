#include "extract/inquiry.h"

#include "extract/prompt.h"

/* --- which fields -------------------------------------------------------- */

static bool
is_asked(const struct asking *s, const struct answer *a)
{
	if (s->all)
		return true;
	return s->only != NULL ? s->only[a->d->number] : answer_is_open(a);
}

static long
field_number(const struct doctype *t, const struct indicator *d)
{
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].d == d)
			return (long)i;
	return -1;
}

/* A group of which the rules found no object is open in all its fields. */
static bool *
open_fields(const struct asking *s, const struct reading *r,
    const struct answers *answers)
{
	const struct doctype *t = r->type;
	bool *fields = arena_zalloc(r->arena, t->nfields + 1);

	for (size_t i = 0; i < answers->n; i++) {
		long k = field_number(t, answers->list[i].d);

		if (k >= 0 && is_asked(s, &answers->list[i]))
			fields[k] = true;
	}
	for (size_t i = 0; i < t->nfields; i++)
		if (t->fields[i].group >= 0 &&
		    answers->groups[t->fields[i].group].nobjects == 0 &&
		    (s->all || s->only == NULL ||
			s->only[t->fields[i].d->number]))
			fields[i] = true;
	return fields;
}

static size_t
count_fields(const struct doctype *t, const bool *fields)
{
	size_t n = 0;

	for (size_t i = 0; i < t->nfields; i++)
		n += fields[i];
	return n;
}

/* --- which text ---------------------------------------------------------- */

/* The start of the last section that begins within [from,to), or 0. */
static size_t
last_section(const struct inquiry *q, size_t from, size_t to)
{
	const struct reading *r = q->reading;
	size_t found = 0;

	for (size_t i = 0; i < r->nclauses; i++) {
		size_t at;

		if (!r->clauses[i].marked)
			continue;
		at = redact_offset(
		    &q->redacted, r->view.byte[r->clauses[i].from]);
		if (at >= from && at < to)
			found = at;
	}
	return found;
}

/* Behind the last of these words within [from,to), or 0. */
static size_t
behind_last(struct slice text, const char *word, size_t from, size_t to)
{
	size_t n = strlen(word);

	for (size_t at = to; at >= from + n; at--)
		if (memcmp(text.p + at - n, word, n) == 0)
			return at;
	return 0;
}

/* Where a window that begins at `from` ends: no word of it is cut. */
static size_t
window_end(const struct inquiry *q, size_t from)
{
	struct slice text = q->redacted.text;
	size_t to = from + INQUIRY_TEXT, least = from + INQUIRY_TEXT / 2, at;

	if (text.n <= to)
		return text.n;
	if ((at = last_section(q, least, to)) != 0 ||
	    (at = behind_last(text, "\n", least, to)) != 0 ||
	    (at = behind_last(text, "。", least, to)) != 0)
		return at;
	while ((text.p[to] & 0xC0) == 0x80)
		to--;
	return to;
}

/* The next window begins with the last whole sentences of this one. */
static size_t
next_start(struct slice text, size_t end)
{
	size_t from = end - INQUIRY_OVERLAP, at = from;

	while (at < end && text.p[at] != '\n' &&
	    memcmp(text.p + at, "。", strlen("。")) != 0)
		at++;
	if (at < end)
		return at + (text.p[at] == '\n' ? 1 : strlen("。"));
	while ((text.p[from] & 0xC0) == 0x80)
		from++;
	return from;
}

/* --- pieces -------------------------------------------------------------- */

/* The first INQUIRY_FIELDS fields from *at on; *at is moved behind them. */
static bool *
next_list(const struct inquiry *q, size_t *at)
{
	const struct doctype *t = q->reading->type;
	bool *list = arena_zalloc(q->reading->arena, t->nfields + 1);
	size_t n = 0;

	for (; *at < t->nfields && n < INQUIRY_FIELDS; ++*at)
		if (q->fields[*at]) {
			list[*at] = true;
			n++;
		}
	return n == 0 ? NULL : list;
}

static struct piece **
add_lists(
    struct inquiry *q, unsigned vote, struct slice text, struct piece **end)
{
	bool *list;
	size_t at = 0;

	while ((list = next_list(q, &at)) != NULL) {
		struct piece *p = arena_zalloc(q->reading->arena, sizeof(*p));

		p->of = q;
		p->vote = vote;
		p->fields = list;
		p->text = text;
		*end = p;
		end = &p->next;
	}
	return end;
}

static struct piece **
add_windows(struct inquiry *q, unsigned vote, struct piece **end)
{
	struct slice text = q->redacted.text;
	size_t from = 0, to;

	for (;;) {
		to = window_end(q, from);
		end = add_lists(
		    q, vote, slice_span(text.p + from, text.p + to), end);
		if (to == text.n)
			return end;
		from = next_start(text, to);
	}
}

struct inquiry *
inquiry_of(const struct asking *s, const struct reading *r, const bool *fields)
{
	struct inquiry *q = arena_zalloc(r->arena, sizeof(*q));
	struct slice text = r->view.original;
	struct piece **end = &q->pieces;

	if (count_fields(r->type, fields) == 0 || slice_trim(text).n == 0)
		return NULL;
	q->reading = r;
	q->fields = arena_alloc(r->arena, r->type->nfields + 1);
	memcpy(q->fields, fields, r->type->nfields);
	q->votes = s->votes;
	q->redacted.text = text;
	if (s->words != NULL)
		redact(s->words, text, NULL, 0, r->arena, &q->redacted);
	for (unsigned vote = 0; vote < s->votes; vote++)
		end = add_windows(q, vote, end);
	return q;
}

struct inquiry *
inquiry_new(const struct asking *s, const struct reading *r,
    const struct answers *answers)
{
	return inquiry_of(s, r, open_fields(s, r, answers));
}

struct piece *
piece_halve(struct piece *p)
{
	const struct doctype *t = p->of->reading->type;
	size_t n = count_fields(t, p->fields), seen = 0;
	struct piece *other;

	if (n < 2)
		return NULL;
	other = arena_zalloc(p->of->reading->arena, sizeof(*other));
	other->of = p->of;
	other->vote = p->vote;
	other->text = p->text;
	other->fields = arena_zalloc(p->of->reading->arena, t->nfields + 1);
	for (size_t i = 0; i < t->nfields; i++)
		if (p->fields[i] && seen++ >= n / 2) {
			p->fields[i] = false;
			other->fields[i] = true;
		}
	other->next = p->next;
	p->next = other;
	return other;
}

/* --- the prompt ---------------------------------------------------------- */

static struct slice
user_text(struct slice text, struct arena *a)
{
	struct buf b = { 0 };
	struct slice s;

	prompt_user(text, &b);
	s = arena_slice(a, buf_slice(&b));
	buf_release(&b);
	return s;
}

void
piece_prompt(const struct asking *s, struct wordings *kept,
    const struct piece *p, struct chat_prompt *out)
{
	const struct reading *r = p->of->reading;
	struct wording w;

	wording_find(kept, s->guide, r->type, p->fields, s->mode, r->arena, &w);
	*out = (struct chat_prompt){ .model = s->model,
		.system = w.system,
		.user = user_text(p->text, r->arena),
		.schema = w.schema,
		.mode = s->mode,
		.max_tokens = w.max_tokens,
		.temperature = s->temperature,
		.seed = s->seed + p->vote };
}
