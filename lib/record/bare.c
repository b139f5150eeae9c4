#include "record/bare.h"

#include "base/utf8.h"
#include "json/scan.h"
#include "json/write.h"

bool
bare_line(const char *name, struct slice *line, struct buf *b, struct err *e)
{
	static const char slack[JSON_SLACK] = { 0 };
	struct slice text = slice_trim(*line);
	size_t n;

	if (name == NULL || (text.n > 0 && text.p[0] == '{'))
		return true;
	if (!utf8_valid(line->p, line->n))
		return err_data(e, "encoding",
		    "valid UTF-8 expected (iconv -f GB18030 -t UTF-8)");
	buf_reset(b);
	buf_addc(b, '{');
	json_put_key(b, name);
	json_put_string(b, text);
	buf_addc(b, '}');
	n = b->n;
	buf_add(b, slack, sizeof(slack));
	*line = (struct slice){ b->p, n };
	return true;
}
