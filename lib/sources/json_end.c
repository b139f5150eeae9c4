#include "sources/json_end.h"

#include <string.h>

static bool
ends_word(char c)
{
	return c == ',' || c == ']' || c == '}' || c == ':' || c == ' ' ||
	    c == '\t' || c == '\r' || c == '\n';
}

/* Up to the quote that closes; false where more text is needed. */
static bool
pass_string(struct json_end *j, struct slice t)
{
	while (j->at < t.n) {
		unsigned char c = (unsigned char)t.p[j->at++];

		if (j->escaped)
			j->escaped = false;
		else if (c == '\\')
			j->escaped = true;
		else if (c == '"') {
			j->in_string = false;
			return true;
		} else if (j->gb && c >= 0x81 && c != 0xFF) {
			if (j->at == t.n) {
				j->at--;
				return false;
			}
			j->at++;
		}
	}
	return false;
}

bool
json_end_find(struct json_end *j, struct slice t)
{
	while (j->in_string || j->at < t.n) {
		char c;

		if (j->in_string) {
			if (!pass_string(j, t))
				return false;
			if (j->depth == 0)
				return true;
			continue;
		}
		c = t.p[j->at];
		if (j->depth == 0 && j->begun && ends_word(c))
			return true;
		j->at++;
		j->begun = true;
		if (c == '"') {
			j->in_string = true;
		} else if (c == '{' || c == '[') {
			j->depth++;
		} else if (c == '}' || c == ']') {
			if (j->depth <= 1)
				return true;
			j->depth--;
		}
	}
	return false;
}

bool
json_end_top_string(struct slice text, const char *name, struct slice *value)
{
	bool is_key = true, wanted = false;
	size_t at = 1;

	if (text.n < 2 || text.p[0] != '{')
		return false;
	while (at < text.n) {
		struct slice rest = { text.p + at, text.n - at };
		struct json_end j = { 0 };
		char c = rest.p[0];

		if (c == ',' || c == ':') {
			is_key = c == ',';
			at++;
			continue;
		}
		if (ends_word(c)) {
			if (c == '}')
				return false;
			at++;
			continue;
		}
		if (!json_end_find(&j, rest))
			return false;
		if (wanted && !is_key && c == '"') {
			*value = (struct slice){ rest.p + 1, j.at - 2 };
			return true;
		}
		if (is_key)
			wanted = c == '"' &&
			    slice_eq((struct slice){ rest.p + 1, j.at - 2 },
				slice_of(name));
		at += j.at;
	}
	return false;
}
