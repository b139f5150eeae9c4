#include "sources/typed.h"

#include <sys/stat.h>

#include <string.h>

#include "base/duration.h"
#include "base/mem.h"
#include "io/reader.h"
#include "sources/at.h"
#include "sources/dicom_tags.h"
#include "sources/secret.h"
#include "sources/wave.h"

/* --- texts --------------------------------------------------------------- */

/* The place of the word among those, which it must be; first where none. */
static bool
choose(const char *option, const char *word, const char *const *words,
    unsigned *to, struct err *e)
{
	struct buf all = { 0 };

	*to = 0;
	if (word == NULL)
		return true;
	for (unsigned i = 0; words[i] != NULL; i++) {
		if (strcmp(word, words[i]) == 0) {
			*to = i;
			buf_release(&all);
			return true;
		}
		buf_addf(&all, "%s%s", i == 0 ? "" : ", ", words[i]);
	}
	err_set(e, ERR_USAGE, "--%s: '%s' is none of %s", option, word,
	    buf_string(&all));
	buf_release(&all);
	return false;
}

/* A single byte, also by the names that a shell makes hard to type. */
static bool
one_byte(const char *option, const char *text, char *to, struct err *e)
{
	if (text == NULL)
		return true;
	if (strcmp(text, "tab") == 0 || strcmp(text, "\\t") == 0)
		text = "\t";
	if (text[0] == '\0' || text[1] != '\0' ||
	    (unsigned char)text[0] >= 0x80)
		return err_set(e, ERR_USAGE,
		    "--%s: '%s' is not one ASCII character", option, text);
	*to = text[0];
	return true;
}

/* At most a day; 0 where nothing is given. */
static bool
milliseconds(const char *option, const char *text, unsigned *to, struct err *e)
{
	int64_t ms;

	if (text == NULL)
		return true;
	if (!duration_parse(slice_of(text), &ms) || ms < 1 || ms > 86400000)
		return err_set(e, ERR_USAGE, "--%s: '%s' is no time (60s, 5m)",
		    option, text);
	*to = (unsigned)ms;
	return true;
}

/* The length of a window in nanoseconds. */
static bool
window(const char *text, uint64_t *to, struct err *e)
{
	unsigned places;
	int64_t n;

	if (text == NULL)
		return true;
	if (!wave_number(slice_of(text), &n, &places) || places > 9 || n < 0)
		n = 0;
	for (; n > 0 && places < 9; places++)
		if (__builtin_mul_overflow(n, 10, &n))
			n = -1;
	if (n < 1000000 || n > (int64_t)(86400 * WAVE_NANO))
		return err_set(e, ERR_USAGE,
		    "--samples: '%s' is no number of seconds (0.001 to 86400)",
		    text);
	*to = (uint64_t)n;
	return true;
}

static bool
check_table(const struct typed *t, struct source_options *o, struct err *e)
{
	static const char *const ragged[] = { "reject", "pad", NULL };
	unsigned how;

	o->tabular = t->delimiter != NULL || t->comment != NULL ||
	    t->quote != NULL || t->ragged != NULL || o->header != NULL ||
	    o->skip_lines > 0 || o->strict_quotes || o->null_text != NULL;
	if (!one_byte("delimiter", t->delimiter, &o->delimiter, e) ||
	    !one_byte("comment", t->comment, &o->comment, e) ||
	    !choose("ragged", t->ragged, ragged, &how, e))
		return false;
	o->pad = how == 1;
	if (t->quote == NULL || strcmp(t->quote, "none") != 0)
		return one_byte("quote", t->quote, &o->quote, e);
	o->quote = '\0';
	return true;
}

bool
typed_check(const struct typed *t, struct source_options *o, struct err *e)
{
	static const char *const when[] = { "auto", "always", "never", NULL };
	static const char *const per[] = { "instance", "series", "study",
		NULL };
	unsigned hash, of;

	if (!check_table(t, o, e) ||
	    !choose("sha256", t->hash, when, &hash, e) ||
	    !choose("per", t->per, per, &of, e) ||
	    !milliseconds("timeout", t->timeout, &o->net.timeout_ms, e) ||
	    !window(t->samples, &o->samples_ns, e))
		return false;
	o->hash = (enum source_hash)hash;
	o->dicom.per = (enum dicom_per)of;
	return true;
}

bool
typed_check_listener(struct typed *t, char *const *operands,
    struct source_options *o, struct err *e)
{
	bool listens = false;
	size_t n = 0;

	for (; operands != NULL && operands[n] != NULL; n++)
		listens |= strncmp(operands[n], "mllp:", 5) == 0;
	if (!listens)
		return (o->spool == NULL && !t->no_spool) ||
		    err_set(e, ERR_USAGE,
			"--spool and --no-spool are for mllp: sources");
	if (n > 1)
		return err_set(
		    e, ERR_USAGE, "a listener needs a run of its own");
	if (o->spool == NULL && !t->no_spool)
		return err_set(e, ERR_USAGE,
		    "mllp: needs --spool DIR, where messages are safe before "
		    "they are acknowledged (or --no-spool)");
	if (o->spool != NULL && t->no_spool)
		return err_set(
		    e, ERR_USAGE, "--spool and --no-spool exclude each other");
	if (o->spool == NULL || o->state != NULL)
		return true;
	mkdir(o->spool, 0700); /* what fails is said by the spool */
	buf_addf(&t->spool_state, "%s/state", o->spool);
	o->state = buf_string(&t->spool_state);
	return true;
}

/* --- files --------------------------------------------------------------- */

/* A secret comes from a file or the environment, never from a command line. */
static bool
load_secret(struct typed *t, struct source_options *o, struct err *e)
{
	o->net.secret_file = t->secret_file;
	if (t->home != NULL) {
		buf_addf(&t->known_hosts, "%s/.ssh/known_hosts", t->home);
		o->net.known_hosts = buf_string(&t->known_hosts);
	}
	o->secret = t->secret;
	if (t->secret_file == NULL)
		return true;
	if (!secret_load("--secret", t->secret_file, &t->secret_text, e))
		return false;
	o->secret = buf_string(&t->secret_text);
	return true;
}

static bool
load_query(struct typed *t, struct source_options *o, struct err *e)
{
	struct database_options *d = &o->database;
	const char *base;

	if (d->query != NULL)
		d->query_name = "query";
	if (t->query_file == NULL)
		return true;
	if (d->query != NULL)
		return err_set(e, ERR_USAGE,
		    "--query and --query-file exclude one another");
	if (!reader_slurp(t->query_file, (size_t)1 << 20, &t->query, e)) {
		e->kind = ERR_USAGE;
		return err_wrap(e, "--query-file");
	}
	base = strrchr(t->query_file, '/');
	d->query = buf_string(&t->query);
	d->query_name = base == NULL ? t->query_file : base + 1;
	return true;
}

static bool
load_passwords(struct typed *t, struct source_options *o, struct err *e)
{
	if (t->password_file == NULL)
		return true;
	if (!secret_load("--password-file", t->password_file, &t->passwords, e))
		return false;
	t->password_list = secret_lines(&t->passwords);
	o->passwords = t->password_list;
	return true;
}

static bool
load_elements(struct typed *t, struct source_options *o, struct err *e)
{
	if (t->tags == NULL)
		return true;
	t->elements = dicom_tags_parse(slice_of(t->tags), e);
	o->dicom.tags = t->elements;
	return t->elements != NULL;
}

bool
typed_load(struct typed *t, struct source_options *o, struct err *e)
{
	if (!load_secret(t, o, e) || !load_query(t, o, e) ||
	    !load_passwords(t, o, e) || !load_elements(t, o, e))
		return false;
	if (o->at == NULL)
		return true;
	o->path = at_parse(o->at, e);
	return o->path != NULL;
}

void
typed_release(struct typed *t, struct source_options *o)
{
	at_free(o->path);
	dicom_tags_free(t->elements);
	mem_free(t->password_list);
	buf_release(&t->passwords);
	buf_release(&t->secret_text);
	buf_release(&t->query);
	buf_release(&t->known_hosts);
	buf_release(&t->spool_state);
}
