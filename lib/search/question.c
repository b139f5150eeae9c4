#include "search/question.h"

#include "base/buf.h"
#include "base/mem.h"
#include "base/tokenizer.h"
#include "base/utf8.h"

/* Longer ones first: each is cut out where it stands. */
static const char *const asking[] = { "是什么时候", "什么时候", "有没有",
	"为什么", "是什么", "怎么样", "多大", "多少", "什么", "怎么", "怎样",
	"如何", "是否", "哪些", "哪个", "哪里", "哪天", "请问", "几次", "多久",
	"吗", "呢", "？", "?", NULL };

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static void
add_folded(struct question *q, struct slice s, struct slice **list, size_t *n,
    size_t *room)
{
	struct buf b = { 0 };

	fold_text(s, &b);
	if (b.n > 0) {
		*list = mem_room(*list, *n, room, sizeof(**list));
		(*list)[(*n)++] = arena_slice(q->arena, buf_slice(&b));
	}
	buf_release(&b);
}

/* Where -word begins: behind a blank, and no number. */
static bool
excludes(struct slice s, size_t i)
{
	return s.p[i] == '-' && (i == 0 || is_blank(s.p[i - 1])) &&
	    i + 1 < s.n && !is_blank(s.p[i + 1]) && s.p[i + 1] != '-' &&
	    s.p[i + 1] != '"' && (s.p[i + 1] < '0' || s.p[i + 1] > '9');
}

/* Takes the two marks of syntax out; the rest, phrases too, is to be ranked. */
static void
split(struct question *q, struct buf *rest)
{
	struct slice s = q->text;
	size_t must_room = 0, not_room = 0, i = 0, from;

	while (i < s.n) {
		const char *close;

		if (s.p[i] == '"' &&
		    (close = memchr(s.p + i + 1, '"', s.n - i - 1)) != NULL) {
			struct slice phrase = slice_span(s.p + i + 1, close);

			add_folded(q, phrase, &q->must, &q->nmust, &must_room);
			buf_addc(rest, ' ');
			buf_add_slice(rest, phrase);
			buf_addc(rest, ' ');
			i = (size_t)(close - s.p) + 1;
		} else if (excludes(s, i)) {
			for (from = ++i; i < s.n && !is_blank(s.p[i]);)
				i++;
			add_folded(q, (struct slice){ s.p + from, i - from },
			    &q->must_not, &q->nmust_not, &not_room);
		} else {
			buf_addc(rest, s.p[i++]);
		}
	}
}

static void
leave_out_asking(struct slice s, struct buf *out)
{
	size_t i = 0;

	while (i < s.n) {
		struct slice rest = { s.p + i, s.n - i };
		size_t k = 0;

		while (asking[k] != NULL && !slice_starts(rest, asking[k]))
			k++;
		if (asking[k] == NULL) {
			buf_addc(out, s.p[i++]);
			continue;
		}
		buf_addc(out, ' ');
		i += strlen(asking[k]);
	}
}

struct terms {
	struct question *q;
	size_t room;
};

static bool
take_term(void *ctx, const struct token *t)
{
	struct terms *terms = ctx;
	struct question *q = terms->q;
	bool one = utf8_count(t->text.p, t->text.n) == 1;
	bool fresh;
	size_t n = index_add(q->words, t->text, &fresh);

	if (fresh) {
		q->terms = mem_room(
		    q->terms, q->nterms, &terms->room, sizeof(*q->terms));
		q->terms[q->nterms++] = (struct term){
			.text = index_name(q->words, n),
			.weight = t->kind == TOKEN_PAIR && !one ? 0.5 : 1,
		};
	}
	/* A run of one comes as a single and as a pair: that one is meant. */
	q->terms[n].marks |= t->kind != TOKEN_SINGLE;
	return true;
}

static void
collect(struct question *q, struct slice text)
{
	struct terms terms = { q, 0 };

	tokenize(text, TOKEN_SINGLES, take_term, &terms);
}

struct question *
question_parse(struct slice s, bool plain, struct err *e)
{
	struct buf rest = { 0 }, core = { 0 };
	struct question *q;

	if (slice_trim(s).n == 0) {
		err_set(e, ERR_USAGE, "the question is empty");
		return NULL;
	}
	if (s.n > QUESTION_MAX) {
		err_data(e, "limit_record", "question of more than %zu bytes",
		    QUESTION_MAX);
		return NULL;
	}
	if (!utf8_valid(s.p, s.n)) {
		err_data(e, "encoding", "question is not UTF-8");
		return NULL;
	}
	q = mem_zalloc(sizeof(*q));
	q->arena = arena_new();
	q->words = index_new();
	q->text = arena_slice(q->arena, s);
	split(q, &rest);
	if (plain) {
		leave_out_asking(buf_slice(&rest), &core);
		collect(q, buf_slice(&core));
	}
	if (q->nterms == 0)
		collect(q, buf_slice(&rest));
	buf_release(&rest);
	buf_release(&core);
	return q;
}

void
question_free(struct question *q)
{
	if (q == NULL)
		return;
	mem_free(q->terms);
	mem_free(q->must);
	mem_free(q->must_not);
	index_free(q->words);
	arena_free(q->arena);
	mem_free(q);
}
