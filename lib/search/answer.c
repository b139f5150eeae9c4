#include "search/answer.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "json/scan.h"
#include "json/write.h"
#include "search/passage.h"

#define PASSAGES 8   /* best ones whose sentences are weighed */
#define NEAREST  3   /* passages shown where the answer is refused */
#define SHARE    0.6 /* of the best sentence's score that others need */
#define LENGTH   40  /* characters of a usual sentence */

struct sentence {
	const struct hit *hit;
	double score;
	size_t order;
	uint64_t begin, behind; /* code points of the member */
	struct slice text;
};

struct sentences {
	struct sentence *list;
	size_t n, room;
};

/* Without the blanks around it, its span moved with it. */
static struct sentence
trimmed(const struct hit *h, const struct span *s)
{
	struct slice text = { h->text.p + s->from, s->to - s->from };
	struct slice core = slice_trim(text);
	size_t before =
	    core.n == 0 ? 0 : utf8_count(text.p, (size_t)(core.p - text.p));
	struct sentence out = { .hit = h, .text = core };

	out.begin = h->begin + s->first + before;
	out.behind = out.begin + utf8_count(core.p, core.n);
	return out;
}

static bool
is_new(const struct sentences *all, const struct sentence *s)
{
	for (size_t i = 0; i < all->n; i++)
		if (slice_eq(all->list[i].text, s->text))
			return false;
	return true;
}

/* A passage that covers more of the question lends that to its sentences. */
static void
weigh_passage(
    const struct question *q, const struct hit *h, struct sentences *all)
{
	struct span span = { 0 };

	while (passage_sentence(h->text, &span)) {
		struct sentence s = trimmed(h, &span);
		double cover;

		if (s.text.n == 0 || !is_new(all, &s))
			continue;
		s.score = rank_score(q, s.text, LENGTH, &cover);
		s.score *= cover * h->cover;
		if (s.score <= 0)
			continue;
		s.order = all->n;
		all->list =
		    mem_room(all->list, all->n, &all->room, sizeof(*all->list));
		all->list[all->n++] = s;
	}
}

static int
by_score(const void *a, const void *b)
{
	const struct sentence *x = a, *y = b;

	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

/*
 * What covers more of the question is the better evidence.  Rank alone would
 * put short members first, a title above the report beneath it.
 */
static int
by_cover(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	int order;

	if (x->cover != y->cover)
		return x->cover > y->cover ? -1 : 1;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if ((order = slice_cmp(x->id, y->id)) != 0 ||
	    (order = slice_cmp(x->path, y->path)) != 0)
		return order;
	return x->begin < y->begin ? -1 : x->begin > y->begin;
}

static void
choose(const struct question *q, const struct hits *hits, double floor,
    struct sentences *all)
{
	for (size_t i = 0; i < hits->n && i < PASSAGES; i++)
		if (hits->list[i].cover >= floor)
			weigh_passage(q, &hits->list[i], all);
	if (all->n > 0)
		qsort(all->list, all->n, sizeof(*all->list), by_score);
	for (size_t i = 0; i < all->n; i++)
		if (i == ANSWER_SENTENCES ||
		    all->list[i].score < SHARE * all->list[0].score)
			all->n = i;
}

/* The nearest passages, whole, as they are. */
static void
choose_nearest(const struct hits *hits, struct sentences *all)
{
	for (size_t i = 0; i < hits->n && i < NEAREST; i++) {
		const struct hit *h = &hits->list[i];

		all->list =
		    mem_room(all->list, all->n, &all->room, sizeof(*all->list));
		all->list[all->n++] = (struct sentence){ .hit = h,
			.text = h->text,
			.begin = h->begin,
			.behind = h->behind };
	}
}

static bool
put_citation(const struct search *search, const struct sentence *s, size_t n,
    struct buf *b, struct err *e)
{
	struct corpus *c = search->corpora[s->hit->corpus];
	struct slice line;
	struct json trail, v;

	if (!hit_line(c, s->hit->record, &line, e))
		return false;
	trail = json_get(json_of(line), "_mdx");
	json_put_comma(b);
	buf_addf(b, "{\"n\":%zu", n);
	json_put_key(b, "id");
	json_put_string(b, s->hit->id);
	if ((v = json_get(trail, "kind")).type != JSON_NONE) {
		json_put_key(b, "kind");
		buf_add_slice(b, v.text);
	}
	json_put_key(b, "path");
	json_put_string(b, s->hit->path);
	json_put_key(b, "span");
	buf_addf(b, "[%llu,%llu]", (unsigned long long)s->begin,
	    (unsigned long long)s->behind);
	json_put_key(b, "quote");
	json_put_string(b, s->text);
	if ((v = json_get(trail, "src")).type != JSON_NONE) {
		json_put_key(b, "src");
		buf_add_slice(b, v.text);
	}
	buf_addc(b, '}');
	statement_reset(c->record);
	return true;
}

static bool
put_record(const struct search *search, const struct asked *asked,
    const struct sentences *all, const struct answer *answer, struct buf *b,
    struct err *e)
{
	asked_put(asked, "question", b);
	json_put_key(b, "mode");
	json_put_cstring(b, "extract");
	json_put_key(b, "answer");
	json_put_string(b, buf_slice(&answer->text));
	json_put_key(b, "citations");
	buf_addc(b, '[');
	for (size_t i = 0; i < all->n; i++)
		if (!put_citation(search, &all->list[i], i + 1, b, e))
			return false;
	buf_adds(b, "],\"unsupported\":[]");
	buf_addf(b, ",\"grounded\":%.1f", answer->grounded);
	buf_addf(
	    b, ",\"refused\":%s", answer->refused ? "\"no-evidence\"" : "null");
	buf_adds(b, ",\"sql\":null,\"model\":null}\n");
	return true;
}

static void
put_people(const struct asked *asked, const struct sentences *all,
    const struct answer *answer, struct buf *b)
{
	buf_addf(b, "问：%.*s\n", (int)asked->text.n, asked->text.p);
	if (answer->refused)
		buf_adds(b,
		    all->n == 0 ? "答：没有找到依据。\n"
				: "答：没有找到依据。最接近的记录：\n");
	else
		buf_addf(
		    b, "答：%s\n", buf_string((struct buf *)&answer->text));
	for (size_t i = 0; i < all->n; i++) {
		const struct sentence *s = &all->list[i];

		buf_addf(b, "  [%zu] %.*s %.*s [%llu,%llu] ", i + 1,
		    (int)s->hit->id.n, s->hit->id.p, (int)s->hit->path.n,
		    s->hit->path.p, (unsigned long long)s->begin,
		    (unsigned long long)s->behind);
		buf_add_slice(b, s->text);
		buf_addc(b, '\n');
	}
}

static void
fill(struct answer *answer, const struct sentences *all, bool refused)
{
	*answer = (struct answer){ .refused = refused };
	answer->grounded = refused ? 0 : 1;
	buf_addc(&answer->hits, '[');
	for (size_t i = 0; i < all->n; i++) {
		json_put_comma(&answer->hits);
		json_put_string(&answer->hits, all->list[i].hit->id);
		if (refused)
			continue;
		buf_add_slice(&answer->text, all->list[i].text);
		buf_addf(&answer->text, "[%zu]", i + 1);
	}
	buf_addc(&answer->hits, ']');
}

void
answer_release(struct answer *a)
{
	buf_release(&a->hits);
	buf_release(&a->text);
}

bool
answer_put(const struct search *search, double floor, const struct asked *asked,
    bool people, struct buf *b, struct answer *answer, struct err *e)
{
	struct question *q = question_parse(asked->text, true, e);
	struct search s = *search;
	struct sentences all = { 0 };
	struct hits hits = { 0 };
	bool ok, refused;

	*answer = (struct answer){ 0 };
	s.passages = true;
	ok = q != NULL && rank_question(&s, q, &hits, e);
	if (ok) {
		if (hits.n > 0)
			qsort(hits.list, hits.n, sizeof(*hits.list), by_cover);
		choose(q, &hits, floor, &all);
		refused = all.n == 0;
		if (refused)
			choose_nearest(&hits, &all);
		fill(answer, &all, refused);
		if (people)
			put_people(asked, &all, answer, b);
		else
			ok = put_record(search, asked, &all, answer, b, e);
	}
	mem_free(all.list);
	rank_release(&hits);
	question_free(q);
	return ok;
}
