#include "model/settings.h"

#include <sys/prctl.h>

#include "base/buf.h"
#include "io/reader.h"

#define KEY_MOST 4096

bool
settings_ask(const struct model_settings *s)
{
	return s->client.urls != NULL || s->client.cache_only;
}

/* One word, without the blanks around it; no core file has it. */
static bool
read_key(const struct model_settings *s, struct buf *b, struct err *e)
{
	struct slice key;

	if (s->key_path != NULL && !reader_slurp(s->key_path, KEY_MOST, b, e))
		return false;
	if (s->key_path == NULL && s->key != NULL)
		buf_adds(b, s->key);
	key = slice_trim(buf_slice(b));
	for (size_t i = 0; i < key.n; i++)
		if (key.p[i] <= ' ' || key.p[i] == 0x7F)
			return err_set(e, ERR_USAGE,
			    "the key of the model server is no single word");
	if (key.n > 0) {
		memmove(b->p, key.p, key.n);
		prctl(PR_SET_DUMPABLE, 0L, 0L, 0L, 0L);
	}
	b->n = key.n;
	return true;
}

struct client *
settings_open(struct model_settings *s, const char **model, struct err *e)
{
	struct client *client = NULL;
	struct buf key = { 0 };

	if (read_key(s, &key, e)) {
		s->client.key = key.n > 0 ? buf_string(&key) : NULL;
		client = client_new(&s->client, e);
		s->client.key = NULL;
	}
	if (key.p != NULL)
		explicit_bzero(key.p, key.room);
	buf_release(&key);
	*model = s->model;
	if (client != NULL && *model == NULL)
		*model = client_model(client, e);
	if (*model == NULL) {
		client_free(client);
		return NULL;
	}
	return client;
}
