#include "terms/scores.h"

#include <stdlib.h>

#include "base/mem.h"
#include "json/write.h"

struct term {
	size_t right, first, n; /* answers from first */
	size_t hit;             /* place of the first right answer, or n */
};

struct scores {
	struct term *terms;
	size_t nterms, terms_room;
	struct scored *answers;
	size_t nanswers, answers_room;
	size_t labels;
};

struct tally {
	size_t right, said;
	double precision, recall, f1;
};

struct scores *
scores_new(void)
{
	return mem_zalloc(sizeof(struct scores));
}

void
scores_free(struct scores *s)
{
	if (s == NULL)
		return;
	mem_free(s->terms);
	mem_free(s->answers);
	mem_free(s);
}

void
scores_add(
    struct scores *s, size_t right, const struct scored *answers, size_t n)
{
	struct term *t;

	s->terms =
	    mem_room(s->terms, s->nterms, &s->terms_room, sizeof(*s->terms));
	t = &s->terms[s->nterms++];
	*t = (struct term){ right, s->nanswers, n, n };
	s->labels += right;
	for (size_t i = 0; i < n; i++) {
		s->answers = mem_room(s->answers, s->nanswers, &s->answers_room,
		    sizeof(*s->answers));
		s->answers[s->nanswers++] = answers[i];
		if (answers[i].right && t->hit == n)
			t->hit = i;
	}
}

size_t
scores_terms(const struct scores *s)
{
	return s->nterms;
}

static double
ratio(size_t a, size_t b)
{
	return b == 0 ? 0 : (double)a / (double)b;
}

static struct tally
count_at(const struct scores *s, double cut)
{
	struct tally t = { 0 };

	for (size_t i = 0; i < s->nterms; i++) {
		const struct scored *a = s->answers + s->terms[i].first;

		for (size_t k = 0; k < s->terms[i].n; k++) {
			if (k > 0 && a[k].p < cut)
				continue;
			t.said++;
			t.right += a[k].right;
		}
	}
	t.precision = ratio(t.right, t.said);
	t.recall = ratio(t.right, s->labels);
	t.f1 = t.right == 0
	    ? 0
	    : 2 * t.precision * t.recall / (t.precision + t.recall);
	return t;
}

double
scores_cut(const struct scores *s)
{
	double best = 0.5, f1 = -1;

	for (int i = 5; i <= 95; i++) {
		struct tally t = count_at(s, i / 100.0);

		if (t.f1 > f1) {
			f1 = t.f1;
			best = i / 100.0;
		}
	}
	return best;
}

void
scores_sure(const struct scores *s, size_t *n, size_t *right)
{
	*n = *right = 0;
	for (size_t i = 0; i < s->nanswers; i++)
		if (s->answers[i].p >= 0.9) {
			++*n;
			*right += s->answers[i].right;
		}
}

/* --- printing ------------------------------------------------------------ */

static void
put_share(struct buf *b, const char *name, double x)
{
	json_put_key(b, name);
	buf_addf(b, "%.4f", x);
}

static void
put_any(const struct scores *s, struct buf *b)
{
	static const size_t at[] = { 1, 5, 10 };
	static const char *const names[] = { "1", "5", "10" };

	json_put_key(b, "any_at");
	buf_addc(b, '{');
	for (size_t k = 0; k < 3; k++) {
		size_t hits = 0;

		for (size_t i = 0; i < s->nterms; i++)
			hits += s->terms[i].hit < s->terms[i].n &&
			    s->terms[i].hit < at[k];
		put_share(b, names[k], ratio(hits, s->nterms));
	}
	buf_addc(b, '}');
}

struct first {
	double p;
	size_t order;
	bool right;
};

static int
surest(const void *a, const void *b)
{
	const struct first *x = a, *y = b;

	if (x->p != y->p)
		return x->p > y->p ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void
put_coverage(const struct scores *s, struct buf *b)
{
	static const double at[] = { 0.1, 0.2, 0.5, 1 };
	static const char *const names[] = { "0.1", "0.2", "0.5", "1" };
	struct first *all = mem_alloc((s->nterms + 1) * sizeof(*all));

	for (size_t i = 0; i < s->nterms; i++) {
		const struct term *t = &s->terms[i];
		const struct scored *a = s->answers + t->first;

		all[i] = (struct first){ t->n > 0 ? a->p : -1, i,
			t->n > 0 && a->right };
	}
	if (s->nterms > 0)
		qsort(all, s->nterms, sizeof(*all), surest);
	json_put_key(b, "precision_at_coverage");
	buf_addc(b, '{');
	for (size_t k = 0; k < 4; k++) {
		size_t n = (size_t)(at[k] * (double)s->nterms + 0.5);
		size_t right = 0;

		for (size_t i = 0; i < n; i++)
			right += all[i].right;
		put_share(b, names[k], ratio(right, n));
	}
	buf_addc(b, '}');
	mem_free(all);
}

static void
put_calibration(const struct scores *s, struct buf *b)
{
	json_put_key(b, "calibration");
	buf_addc(b, '[');
	for (int bin = 0; bin < 10; bin++) {
		double from = bin / 10.0, to = (bin + 1) / 10.0;
		size_t n = 0, right = 0;

		for (size_t i = 0; i < s->nanswers; i++) {
			double p = s->answers[i].p;

			if (p >= from && (p < to || bin == 9)) {
				n++;
				right += s->answers[i].right;
			}
		}
		json_put_comma(b);
		buf_addf(b, "{\"from\":%.1f,\"to\":%.1f", from, to);
		json_put_key(b, "n");
		json_put_uint(b, n);
		json_put_key(b, "right");
		json_put_uint(b, right);
		buf_addc(b, '}');
	}
	buf_addc(b, ']');
}

void
scores_put(const struct scores *s, double cut, struct buf *b)
{
	struct tally t = count_at(s, cut);

	json_put_key(b, "terms");
	json_put_uint(b, s->nterms);
	json_put_key(b, "labels");
	json_put_uint(b, s->labels);
	put_share(b, "precision", t.precision);
	put_share(b, "recall", t.recall);
	put_share(b, "f1", t.f1);
	put_any(s, b);
	put_coverage(s, b);
	put_calibration(s, b);
	json_put_key(b, "accept_f1");
	buf_addf(b, "%.2f", cut);
}
