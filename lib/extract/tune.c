#include "extract/tune.h"

#include <sys/stat.h>

#include <errno.h>

#include "base/digest.h"
#include "base/hash.h"
#include "extract/key.h"
#include "extract/reviewed.h"
#include "io/writer.h"
#include "json/write.h"

struct tuning {
	const struct asking *asking;
	const struct tune_split *split;
	struct index *texts; /* digests of those that were used */
	struct writer *train, *validation;
	struct tune_counts *counts;
};

bool
tune_shares(struct slice text, struct tune_split *s)
{
	struct slice train;
	unsigned long long a, b;

	if (!slice_next(&text, ':', &train) || !slice_number(train, &a) ||
	    !slice_number(text, &b) || a == 0 || b == 0 || a > 1000 || b > 1000)
		return false;
	s->train = (unsigned)a;
	s->validation = (unsigned)b;
	return true;
}

static bool
is_fresh(struct tuning *t, struct slice text)
{
	uint8_t digest[DIGEST_SIZE];
	bool fresh;

	digest_bytes(text.p, text.n, digest);
	index_add(t->texts, (struct slice){ (const char *)digest, DIGEST_SIZE },
	    &fresh);
	return fresh;
}

/* By the digest of the patient's key: the same one always, in any order. */
static bool
is_for_training(const struct tune_split *s, struct slice key)
{
	uint8_t digest[DIGEST_SIZE];
	uint32_t dice = 0;

	if (s->train == 0)
		return true;
	digest_bytes(key.p, key.n, digest);
	for (unsigned i = 0; i < 4; i++)
		dice = dice << 8 | digest[i];
	return dice % (s->train + s->validation) < s->train;
}

static void
put_message(struct buf *b, const char *role, struct slice content)
{
	json_put_comma(b);
	buf_addf(b, "{\"role\":\"%s\",\"content\":", role);
	json_put_string(b, content);
	buf_addc(b, '}');
}

static void
put_sample(const struct tuning *t, struct record *r, const struct piece *p,
    struct buf *b)
{
	struct chat_prompt prompt;
	struct buf answer = { 0 };

	piece_prompt(t->asking, NULL, p, &prompt);
	reviewed_answer(r, p, &answer);
	buf_adds(b, "{\"messages\":[");
	put_message(b, "system", prompt.system);
	put_message(b, "user", prompt.user);
	put_message(b, "assistant", buf_slice(&answer));
	buf_adds(b, "]}");
	buf_release(&answer);
}

static bool
write_sample(struct tuning *t, bool training, struct slice sample,
    struct job *job, struct err *e)
{
	struct writer *to = training ? t->train : t->validation;

	if (training)
		t->counts->train++;
	else
		t->counts->validation++;
	if (to == NULL) {
		flow_emit(job, sample);
		return true;
	}
	return writer_add(to, sample, e) && writer_add(to, SLICE("\n"), e);
}

static enum verdict
take(void *ctx, struct record *r, const struct extract_work *k,
    struct inquiry *q, struct job *job, struct err *e)
{
	struct tuning *t = ctx;
	struct arena *a = record_arena(r);
	struct slice key =
	    key_part(json_get(json_of(record_line(r)),
			 arena_string(a, t->split->key.p, t->split->key.n)),
		a);
	struct buf sample = { 0 };
	bool done = true;

	job->reason = "unreviewed";
	if (!record_is_reviewed(r))
		return RECORD_SKIP;
	job->reason = "no_question";
	if (q != NULL) {
		reviewed_fields(r, &k->reading, q->fields);
		q = inquiry_of(t->asking, &k->reading, q->fields);
	}
	if (q == NULL)
		return RECORD_SKIP;
	job->reason = "no_key";
	if (t->split->train > 0 && key.n == 0)
		return RECORD_SKIP;
	job->reason = "twice";
	if (!is_fresh(t, k->text.all))
		return RECORD_SKIP;
	for (const struct piece *p = q->pieces; done && p != NULL;
	     p = p->next) {
		buf_reset(&sample);
		put_sample(t, r, p, &sample);
		done = write_sample(t, is_for_training(t->split, key),
		    buf_slice(&sample), job, e);
	}
	buf_release(&sample);
	return done ? RECORD_TAKEN : RECORD_STOP;
}

/* The texts are patients' data, redacted or not: nobody else reads them. */
static struct writer *
open_file(const char *folder, const char *name, struct err *e)
{
	struct buf path = { 0 };
	struct writer *w = NULL;

	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		err_sys(e, ERR_OUTPUT, "folder '%s'", folder);
		return NULL;
	}
	buf_addf(&path, "%s/%s", folder, name);
	w = writer_open_mode(buf_string(&path), 0600, e);
	buf_release(&path);
	return w;
}

bool
tune(struct run *run, char *const *operands, struct extract *x,
    const struct asking *asking, const struct tune_split *split,
    struct tune_counts *counts, struct err *e)
{
	struct tuning t = {
		.asking = asking, .split = split, .counts = counts
	};
	struct foresight f = { asking, take, &t };
	bool done = true;

	*counts = (struct tune_counts){ 0, 0 };
	t.texts = index_new();
	if (split->train > 0)
		done = (t.train = open_file(split->folder, "train.jsonl", e)) !=
			NULL &&
		    (t.validation = open_file(
			 split->folder, "validation.jsonl", e)) != NULL;
	done = done && foresee(run, operands, x, &f, e);
	if (done && split->train > 0)
		done =
		    writer_commit(t.train, e) && writer_commit(t.validation, e);
	writer_free(t.train);
	writer_free(t.validation);
	index_free(t.texts);
	return done;
}
