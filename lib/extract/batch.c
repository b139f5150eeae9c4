#include "extract/batch.h"

#include <sys/stat.h>

#include <errno.h>
#include <unistd.h>

#include "extract/unasked.h"
#include "io/writer.h"
#include "json/scan.h"
#include "model/cache.h"
#include "model/judge.h"

/* --- requests ------------------------------------------------------------ */

struct emission {
	const struct asking *asking;
	const char *folder;
	struct unasked *unasked;
	struct writer *file;
	unsigned number; /* of the file at hand */
	uint64_t lines;  /* in it */
	struct buf line;
};

static void
path_of(const struct emission *m, unsigned number, struct buf *path)
{
	buf_addf(path, "%s/requests-%04u.jsonl", m->folder, number);
}

static bool
end_file(struct emission *m, struct err *e)
{
	bool done = m->file == NULL || writer_commit(m->file, e);

	writer_free(m->file);
	m->file = NULL;
	return done;
}

static bool
next_file(struct emission *m, struct err *e)
{
	struct buf path = { 0 };

	path_of(m, ++m->number, &path);
	m->file = writer_open_mode(buf_string(&path), 0600, e);
	m->lines = 0;
	buf_release(&path);
	return m->file != NULL;
}

static void
put_request(
    struct buf *b, const uint8_t key[DIGEST_SIZE], const struct chat_prompt *p)
{
	struct chat_prompt whole = *p;
	char hex[2 * DIGEST_SIZE + 1];

	whole.batch = true;
	digest_hex(key, hex);
	buf_addf(b,
	    "{\"custom_id\":\"%s\",\"method\":\"POST\","
	    "\"url\":\"/v1/chat/completions\",\"body\":",
	    hex);
	chat_request(&whole, b);
	buf_adds(b, "}\n");
}

static bool
put_line(struct emission *m, struct err *e)
{
	if (m->file != NULL &&
	    (m->lines == BATCH_LINES ||
		writer_bytes(m->file) + m->line.n > BATCH_BYTES) &&
	    !end_file(m, e))
		return false;
	if (m->file == NULL && !next_file(m, e))
		return false;
	m->lines++;
	return writer_add(m->file, buf_slice(&m->line), e);
}

static enum verdict
emit(void *ctx, struct record *r, const struct extract_work *k,
    struct inquiry *q, struct job *job, struct err *e)
{
	struct emission *m = ctx;

	(void)r;
	(void)k;
	(void)job;
	for (const struct piece *p = q == NULL ? NULL : q->pieces; p != NULL;
	     p = p->next) {
		uint8_t key[DIGEST_SIZE];
		struct chat_prompt prompt;
		int fresh;

		piece_prompt(m->asking, NULL, p, &prompt);
		fresh = unasked_add(m->unasked, &prompt, key, e);
		if (fresh < 0)
			return RECORD_STOP;
		if (fresh == 0)
			continue;
		buf_reset(&m->line);
		put_request(&m->line, key, &prompt);
		if (!put_line(m, e))
			return RECORD_STOP;
	}
	return RECORD_TAKEN;
}

/* Requests of another run between these would be paid for again. */
static bool
make_folder(const struct emission *m, struct err *e)
{
	struct buf path = { 0 };
	bool there;

	if (mkdir(m->folder, 0700) != 0 && errno != EEXIST)
		return err_sys(e, ERR_OUTPUT, "folder '%s'", m->folder);
	path_of(m, 1, &path);
	there = access(buf_string(&path), F_OK) == 0;
	buf_release(&path);
	return !there ||
	    err_set(e, ERR_USAGE,
		"'%s' holds requests already; name another folder", m->folder);
}

bool
batch_emit(struct run *run, char *const *operands, struct extract *x,
    const struct asking *asking, const struct client_options *o,
    const char *folder, uint64_t *count, struct err *e)
{
	struct emission m = { .asking = asking, .folder = folder };
	struct foresight f = { asking, emit, &m };
	bool done = make_folder(&m, e);

	if (done)
		m.unasked = unasked_new(o, e);
	done = m.unasked != NULL && foresee(run, operands, x, &f, e) &&
	    end_file(&m, e);
	if (m.unasked != NULL)
		*count = unasked_count(m.unasked);
	writer_free(m.file);
	unasked_free(m.unasked);
	buf_release(&m.line);
	return done;
}

/* --- results ------------------------------------------------------------- */

static bool
read_key(struct slice hex, uint8_t key[DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";

	if (hex.n != 2 * (size_t)DIGEST_SIZE)
		return false;
	for (size_t i = 0; i < hex.n; i++) {
		const char *at =
		    hex.p[i] == '\0' ? NULL : strchr(digits, hex.p[i]);

		if (at == NULL)
			return false;
		if (i % 2 == 0)
			key[i / 2] = (uint8_t)((at - digits) << 4);
		else
			key[i / 2] |= (uint8_t)(at - digits);
	}
	return true;
}

static enum verdict
absorb(void *worker, struct record *r, struct job *job, struct err *e)
{
	struct cache *cache = worker;
	struct arena *arena = record_arena(r);
	struct json line = json_of(record_line(r));
	struct json response = json_get(line, "response");
	struct http_reply reply = { .end = HTTP_ANSWERED };
	uint8_t key[DIGEST_SIZE];
	unsigned long long status;
	struct attempts attempts = { .again = true, .named = true };
	struct judged judged;
	struct cached value;

	if (!read_key(json_text(json_get(line, "custom_id"), arena), key)) {
		err_data(e, "custom_id",
		    "'custom_id' is no key of a cache (batch emit)");
		return RECORD_SET_ASIDE;
	}
	job->reason = "no_answer";
	if (!slice_number(json_get(response, "status_code").text, &status) ||
	    status != 200)
		return RECORD_SKIP;
	reply.status = (long)status;
	reply.body = json_get(response, "body").text;
	judge(&reply, CHAT_TEXT, 0, &attempts, arena, &judged);
	job->reason = "unusable";
	if (judged.kind != JUDGE_TAKE)
		return RECORD_SKIP;
	value = (struct cached){ judged.said, judged.reasoned, judged.usage };
	return cache_put(cache, key, &value, e) ? RECORD_TAKEN : RECORD_STOP;
}

static bool
absorb_all(
    struct run *run, char *const *operands, struct cache *cache, struct err *e)
{
	struct index *names = record_names();
	struct stage stage = { .names = names,
		.shared = cache,
		.ordered = true,
		.record = absorb };
	bool done = flow_run(run, operands, &stage, e) && cache_flush(cache, e);

	index_free(names);
	return done;
}

int
batch_absorb(const struct run_options *options, char *const *operands,
    const char *path, struct err *e)
{
	struct run_options o = *options;
	struct cache *cache = cache_open(path, 0, e);
	struct run *run = NULL;
	int status;

	o.no_output = true;
	if (cache != NULL)
		run = run_open(&o, e);
	if (run == NULL) {
		cache_close(cache);
		return (int)e->kind;
	}
	if (!absorb_all(run, operands, cache, e))
		run_fail(run, e);
	cache_close(cache);
	status = run_end(run, e);
	run_free(run);
	return status;
}
