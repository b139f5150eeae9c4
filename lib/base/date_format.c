/* The words that declare how dates are written, of date.h. */
#include "base/date.h"

#include <string.h>

static bool
parse_word(struct slice word, struct date_format *f)
{
	unsigned long long pivot;

	if (slice_is(word, "mdy"))
		f->mdy = true;
	else if (slice_is(word, "dmy"))
		f->dmy = true;
	else if (slice_is(word, "excel"))
		f->excel = true;
	else if (slice_is(word, "excel1904"))
		f->excel1904 = true;
	else if (slice_is(word, "epoch"))
		f->epoch = true;
	else if (slice_is(word, "epoch_ms"))
		f->epoch_ms = true;
	else if (slice_is(word, "oracle"))
		f->oracle = true;
	else if (slice_is(word, "cut"))
		f->cut = true;
	else if (slice_is(word, "yy"))
		f->yy = true;
	else if (slice_starts(word, "yy:") &&
	    slice_number((struct slice){ word.p + 3, word.n - 3 }, &pivot) &&
	    pivot <= 100) {
		f->yy = true;
		f->pivot = (int)pivot;
	} else
		return false;
	return true;
}

bool
date_format_parse(struct slice arg, struct date_format *out, struct err *e)
{
	static const char *const names[] = { "mdy", "dmy", "yy", "excel",
		"excel1904", "epoch", "epoch_ms", "oracle", "cut", NULL };
	struct date_format f = { .pivot = 50 };
	const char *p = arg.p, *end = arg.p + arg.n;

	while (p < end) {
		struct slice word = { p, 0 };

		while (p < end && strchr(" ,;|\t", *p) == NULL)
			p++;
		word.n = (size_t)(p++ - word.p);
		if (word.n > 0 && !parse_word(word, &f)) {
			const char *near = slice_suggest(word, names);

			return err_set(e, ERR_USAGE,
			    "unknown date format '%.*s'%s%s%s", (int)word.n,
			    word.p, near != NULL ? " (did you mean '" : "",
			    near != NULL ? near : "",
			    near != NULL ? "'?)" : "");
		}
	}
	if (f.mdy + f.dmy > 1 ||
	    f.excel + f.excel1904 + f.epoch + f.epoch_ms > 1)
		return err_set(
		    e, ERR_USAGE, "date formats that exclude each other");
	*out = f;
	return true;
}
