#include "io/table.h"

#define SNIFF_BYTES (1 << 20)

struct fit {
	size_t width, rows, equal;
};

/*
 * How the rows divide by one delimiter; the last may be cut off.  What does not
 * divide the first row cannot be it, whatever the others are.
 */
static struct fit
try_delimiter(struct slice text, const struct dialect *d)
{
	struct framer *f = framer_new_memory(d, text);
	struct splitter *s = splitter_new(d);
	struct fit fit = { 0 };
	struct frame row;

	while (framer_next(f, &row, NULL) && row.kind != FRAME_END) {
		const struct slice *fields;
		size_t n;

		if (row.kind != FRAME_RECORD ||
		    (row.next == text.n && row.to == row.next && fit.rows > 0))
			continue;
		if (!splitter_cut(s, row.bytes, &fields, &n, NULL))
			continue;
		if (fit.rows++ == 0)
			fit.width = n;
		if (fit.width < 2)
			break;
		fit.equal += n == fit.width;
	}
	framer_free(f);
	splitter_free(s);
	return fit;
}

/*
 * One and the same width throughout, or where no delimiter gives that, in all
 * but one row of twenty: a few bad rows must not cost the whole table.
 */
static bool
is_fit(const struct fit *f, bool strict)
{
	return f->width >= 2 &&
	    (f->equal == f->rows ||
		(!strict && (f->rows - f->equal) * 20 <= f->rows));
}

char
dialect_sniff(struct slice text, const struct dialect *given)
{
	static const char candidates[] = { ',', '\t', ';', '|', '^', 1 };
	struct dialect d = *given;
	struct fit best = { 0 }, fits[sizeof(candidates)];
	char found = ',';

	if (text.n > SNIFF_BYTES)
		text.n = SNIFF_BYTES;
	for (int strict = 1; strict >= 0 && best.width == 0; strict--)
		for (size_t i = 0; i < sizeof(candidates); i++) {
			d.delimiter = candidates[i];
			if (strict)
				fits[i] = try_delimiter(text, &d);
			if (is_fit(&fits[i], strict) &&
			    fits[i].width > best.width) {
				best = fits[i];
				found = candidates[i];
			}
		}
	return found;
}
