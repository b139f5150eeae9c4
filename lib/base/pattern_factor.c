#include "base/pattern_factor.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/mem.h"
#include "base/pattern_branch.h"
#include "base/utf8.h"

#define DEPTH 100 /* groups in groups */
#define MANY  8   /* alternatives of a list that is sorted */
#define FEW   4   /* first characters that are asked for one by one */

/* An alternative: its text, and the character that it must begin with. */
struct branch {
	struct slice text; /* of the reader's output */
	size_t from;       /* where that begins */
	uint32_t first;    /* 0: nobody can tell */
	bool numbered;     /* has groups with numbers, which must keep them */
	size_t order;
};

struct list {
	struct branch *branches;
	size_t n, room;
};

struct reader {
	struct slice s;
	size_t at;
	unsigned depth;
	bool caseless, behind; /* within (?i:…), (?<=…) */
	bool lost;
};

static void alternatives(struct reader *, struct buf *, bool *numbered);

/* --- the order of a list ------------------------------------------------- */

static int
branch_cmp(const void *a, const void *b)
{
	const struct branch *x = a, *y = b;

	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static void
put_plain(struct buf *out, const struct branch *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_addc(out, '|');
		buf_add_slice(out, b[i].text);
	}
}

static void
put_char(struct buf *out, uint32_t c)
{
	char text[4];

	buf_add_slice(out, (struct slice){ text, utf8_put(text, c) });
}

/* How many of the sorted branches begin with other characters than the last. */
static size_t
count_firsts(const struct branch *b, size_t n)
{
	size_t count = n > 0;

	for (size_t i = 1; i < n; i++)
		count += b[i].first != b[i - 1].first;
	return count;
}

/* Where the second half of the characters begins. */
static size_t
middle(const struct branch *b, size_t n)
{
	size_t i = n / 2, k = i;

	while (i < n && b[i].first == b[i - 1].first)
		i++;
	while (k > 0 && b[k].first == b[k - 1].first)
		k--;
	return i < n ? i : k;
}

/* Sorted branches, the first half behind a look at what is there. */
static void
put_halves(struct buf *out, const struct branch *b, size_t n)
{
	size_t half;

	while (count_firsts(b, n) > FEW) {
		half = middle(b, n);
		buf_add_slice(out, SLICE("(?=["));
		put_char(out, b[0].first);
		buf_addc(out, '-');
		put_char(out, b[half - 1].first);
		buf_add_slice(out, SLICE("])(?:"));
		put_halves(out, b, half);
		buf_add_slice(out, SLICE(")|"));
		b += half;
		n -= half;
	}
	put_plain(out, b, n);
}

/* Whether the order of the branch among others does not matter. */
static bool
is_free(const struct branch *b)
{
	return b->first != 0 && !b->numbered;
}

static void
put_list(struct buf *out, struct branch *b, size_t n)
{
	for (size_t i = 0, k; i < n; i = k) {
		for (k = i; k < n && is_free(&b[k]); k++)
			;
		if (i > 0)
			buf_addc(out, '|');
		if (k - i >= MANY) {
			qsort(b + i, k - i, sizeof(*b), branch_cmp);
			put_halves(out, b + i, k - i);
			continue;
		}
		if (k == i)
			k++;
		put_plain(out, b + i, k - i);
	}
}

/* --- the pattern --------------------------------------------------------- */

/* What opens the group at the reader, up to its first alternative; n 0: else. */
static struct slice
head_of(const struct reader *r)
{
	static const char *const heads[] = { "(?:", "(?=", "(?!",
		"(?<=", "(?<!", "(?i:", "(?>", "(?|", NULL };
	struct slice rest = slice_span(r->s.p + r->at, r->s.p + r->s.n);
	const char *end;

	for (size_t i = 0; heads[i] != NULL; i++)
		if (slice_starts(rest, heads[i]))
			return slice_of(heads[i]);
	if (slice_starts(rest, "(?<")) {
		end = memchr(rest.p, '>', rest.n);
		return slice_span(rest.p, end == NULL ? rest.p : end + 1);
	}
	return (struct slice){ rest.p,
		!slice_starts(rest, "(?") && !slice_starts(rest, "(*") };
}

/* "(?&name)": what is called is written elsewhere. */
static bool
takes_call(struct reader *r, struct buf *out)
{
	struct slice rest = slice_span(r->s.p + r->at, r->s.p + r->s.n);
	const char *end =
	    slice_starts(rest, "(?&") ? memchr(rest.p, ')', rest.n) : NULL;

	if (end == NULL)
		return false;
	buf_add_slice(out, slice_span(rest.p, end + 1));
	r->at += (size_t)(end + 1 - rest.p);
	return true;
}

/* True: it looks, and takes no character. */
static bool
group(struct reader *r, struct buf *out, bool *numbered)
{
	const struct reader outer = *r;
	struct slice head;
	bool looks;

	if (takes_call(r, out))
		return false;
	head = head_of(r);
	looks = head.n > 2 && strchr("=!", head.p[head.n - 1]) != NULL;
	r->lost |= ++r->depth > DEPTH || head.n == 0;
	*numbered |= head.n == 1 ||
	    (head.n > 1 && head.p[head.n - 1] == '>' && !slice_is(head, "(?>"));
	r->behind |= slice_is(head, "(?<=") || slice_is(head, "(?<!");
	r->caseless |= slice_is(head, "(?i:");
	buf_add_slice(out, head);
	r->at += head.n;
	if (!r->lost)
		alternatives(r, out, numbered);
	r->lost |= r->at >= r->s.n;
	if (!r->lost)
		buf_addc(out, r->s.p[r->at++]);
	r->depth = outer.depth;
	r->behind = outer.behind;
	r->caseless = outer.caseless;
	return looks;
}

/* The character at the reader, if it is one that must stand there. */
static uint32_t
must_stand(const struct reader *r, size_t *next)
{
	const char *p = r->s.p + r->at, *end = r->s.p + r->s.n;
	uint32_t c = utf8_next(&p, end);

	*next = (size_t)(p - r->s.p);
	if (c < 0x80 ? r->caseless || !(is_letter(c) || is_digit(c))
		     : c == 0xFFFD)
		return 0;
	return p < end && strchr("?*{", *p) != NULL ? 0 : c;
}

static void
sequence(struct reader *r, struct buf *out, struct branch *b)
{
	bool begun = false;

	while (
	    r->at < r->s.n && strchr("|)", r->s.p[r->at]) == NULL && !r->lost) {
		char c = r->s.p[r->at];
		size_t next = r->at + 1;

		if (c == '(') {
			begun |= !group(r, out, &b->numbered);
			continue;
		}
		if (c == '[')
			next = branch_behind_class(r->s, r->at);
		else if (c == '\\')
			next++;
		else if (!begun)
			b->first = must_stand(r, &next);
		begun = true;
		r->lost |= next > r->s.n ||
		    (c == '\\' && next <= r->s.n && r->s.p[next - 1] == 'Q');
		if (r->lost)
			return;
		buf_add_slice(out, slice_span(r->s.p + r->at, r->s.p + next));
		r->at = next;
	}
}

static void
alternatives(struct reader *r, struct buf *out, bool *numbered)
{
	struct buf texts = { 0 };
	struct list l = { 0 };

	for (;;) {
		struct branch b = { .order = l.n, .from = buf_slice(&texts).n };

		sequence(r, &texts, &b);
		*numbered |= b.numbered;
		b.text.n = buf_slice(&texts).n - b.from;
		l.branches =
		    mem_room(l.branches, l.n, &l.room, sizeof(*l.branches));
		l.branches[l.n++] = b;
		if (r->lost || r->at >= r->s.n || r->s.p[r->at] != '|')
			break;
		r->at++;
	}
	for (size_t i = 0; i < l.n; i++)
		l.branches[i].text.p = buf_slice(&texts).p + l.branches[i].from;
	if (r->behind)
		put_plain(out, l.branches, l.n);
	else
		put_list(out, l.branches, l.n);
	mem_free(l.branches);
	buf_release(&texts);
}

bool
factor(struct slice pattern, struct buf *out)
{
	struct reader r = { .s = pattern };
	bool numbered = false;

	alternatives(&r, out, &numbered);
	return !r.lost && r.at == pattern.n;
}
