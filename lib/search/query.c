#include "search/query.h"

#include "base/mem.h"
#include "base/utf8.h"
#include "json/write.h"
#include "search/exact.h"

struct search *
search_open(const char *const *paths, size_t n, bool identified,
    const struct where *list, size_t nwhere, struct err *e)
{
	struct search *s = mem_zalloc(sizeof(*s));

	s->effort = RANK_EFFORT;
	s->corpora = mem_zalloc(n * sizeof(*s->corpora));
	if (nwhere > 0)
		s->selections = mem_zalloc(n * sizeof(*s->selections));
	for (; s->ncorpora < n; s->ncorpora++) {
		size_t i = s->ncorpora;

		s->corpora[i] =
		    corpus_open(paths[i], CORPUS_READ, identified, e);
		if (s->corpora[i] == NULL)
			goto fail;
		if (nwhere > 0 &&
		    !selection_make(
			&s->selections[i], s->corpora[i], list, nwhere, e)) {
			corpus_close(s->corpora[i]);
			goto fail;
		}
	}
	return s;

fail:
	search_close(s);
	return NULL;
}

void
search_close(struct search *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->ncorpora; i++) {
		if (s->selections != NULL)
			selection_release(&s->selections[i]);
		corpus_close(s->corpora[i]);
	}
	mem_free(s->selections);
	mem_free(s->corpora);
	mem_free(s);
}

static bool
check_needle(struct slice s, struct err *e)
{
	if (s.n == 0)
		return err_set(e, ERR_USAGE, "the question is empty");
	if (s.n > QUESTION_MAX)
		return err_data(e, "limit_record",
		    "question of more than %zu bytes", QUESTION_MAX);
	if (!utf8_valid(s.p, s.n))
		return err_data(e, "encoding", "question is not UTF-8");
	return true;
}

static bool
find_hits(const struct query *q, const struct asked *a,
    struct question **question, struct hits *hits, struct err *e)
{
	struct search s = *q->search;

	*question = NULL;
	*hits = (struct hits){ 0 };
	s.all = q->count || q->top == 0;
	if (q->exact)
		return check_needle(a->text, e) &&
		    exact_find(&s, a->text, hits, e);
	*question = question_parse(a->text, false, e);
	return *question != NULL && rank_question(&s, *question, hits, e);
}

static void
put_count(const struct asked *a, size_t n, struct buf *b)
{
	asked_put(a, "query", b);
	json_put_key(b, "count");
	json_put_uint(b, n);
	buf_adds(b, "}\n");
}

bool
query_put(const struct query *q, const struct asked *a, struct buf *b,
    struct buf *ids, uint64_t *lines, uint64_t *found, struct err *e)
{
	struct question *question;
	struct hits hits;
	bool ok = find_hits(q, a, &question, &hits, e);

	*lines = ok && q->count;
	*found = hits.n;
	if (ok && q->count)
		put_count(a, hits.n, b);
	buf_addc(ids, '[');
	for (size_t i = 0; ok && !q->count && i < hits.n; i++) {
		const struct hit *h = &hits.list[i];

		if (q->top > 0 && i == q->top)
			break;
		ok = hit_put(q->search->corpora[h->corpus], h, i + 1, a,
		    question, q->form, b, e);
		json_put_comma(ids);
		json_put_string(ids, h->id);
		++*lines;
	}
	buf_addc(ids, ']');
	rank_release(&hits);
	question_free(question);
	return ok;
}
