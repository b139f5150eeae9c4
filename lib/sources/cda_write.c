#include "sources/cda_write.h"

#include <string.h>

#include "base/utf8.h"
#include "json/write.h"

static bool
is_one_of(const struct node *n, const char *const *names)
{
	for (; n != NULL && n->name != NULL && *names != NULL; names++)
		if (strcmp(n->local, *names) == 0)
			return true;
	return false;
}

static void
put_attribute(
    struct buf *b, const char *key, const struct node *n, const char *attribute)
{
	const char *value = tree_attribute(n, attribute);

	if (value == NULL)
		return;
	json_put_key(b, key);
	json_put_cstring(b, value);
}

/* Its characters with blanks at the ends taken off and runs made one. */
static void
put_words(struct buf *b, const char *key, const struct node *n)
{
	struct buf raw = { 0 }, text = { 0 };
	struct slice s;

	if (n == NULL)
		return;
	tree_text(n, &raw);
	s = slice_trim(buf_slice(&raw));
	for (size_t i = 0; i < s.n; i++) {
		bool blank = strchr(" \t\r\n", s.p[i]) != NULL;

		if (!blank)
			buf_addc(&text, s.p[i]);
		else if (text.p[text.n - 1] != ' ')
			buf_addc(&text, ' ');
	}
	if (text.n > 0) {
		json_put_key(b, key);
		json_put_string(b, buf_slice(&text));
	}
	buf_release(&raw);
	buf_release(&text);
}

/* --- the narrative ------------------------------------------------------- */

static const char *const blocks[] = { "tr", "paragraph", "item", "list",
	"table", "thead", "tbody", "tfoot", "caption", "br", "p", "li", NULL };
static const char *const cells[] = { "td", "th", NULL };

static bool
is_layout(struct slice s)
{
	bool line = false;

	for (size_t i = 0; i < s.n; i++) {
		if (strchr(" \t\r\n", s.p[i]) == NULL || s.p[i] == '\0')
			return false;
		line = line || s.p[i] == '\n';
	}
	return line;
}

static void
new_line(struct buf *b)
{
	while (b->n > 0 && (b->p[b->n - 1] == '\t' || b->p[b->n - 1] == ' '))
		b->n--;
	if (b->n > 0 && b->p[b->n - 1] != '\n')
		buf_addc(b, '\n');
}

/*
 * Cells are parted by tabs, rows and blocks by line feeds; the indentation of
 * the markup itself is no text.
 */
static void
add_narrative(struct buf *b, const struct node *n)
{
	for (const struct node *c = n->child; c != NULL; c = c->next) {
		bool block = is_one_of(c, blocks);

		if (c->name == NULL) {
			if (!is_layout(c->text))
				buf_add_slice(b, c->text);
			continue;
		}
		if (block)
			new_line(b);
		else if (is_one_of(c, cells) && b->n > 0 &&
		    b->p[b->n - 1] != '\n')
			buf_addc(b, '\t');
		add_narrative(b, c);
		if (block)
			new_line(b);
	}
}

static int
base64_digit(char c)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklm"
				     "nopqrstuvwxyz0123456789+/";
	const char *p = c == '\0' ? NULL : strchr(digits, c);

	return p == NULL ? -1 : (int)(p - digits);
}

/* In place; what is no digit is passed over, as RFC 2045 has it. */
static size_t
decode_base64(char *p, size_t n)
{
	unsigned bits = 0, have = 0;
	size_t out = 0;

	for (size_t i = 0; i < n && p[i] != '='; i++) {
		int digit = base64_digit(p[i]);

		if (digit < 0)
			continue;
		bits = bits << 6 | (unsigned)digit;
		have += 6;
		if (have >= 8) {
			have -= 8;
			p[out++] = (char)(bits >> have & 0xFF);
		}
	}
	return out;
}

/* Embedded text is decoded; of other media only type and size are told. */
static void
put_embedded(struct buf *b, const struct node *n)
{
	const char *type = tree_attribute(n, "mediaType");
	const char *how = tree_attribute(n, "representation");
	struct buf raw = { 0 };

	tree_text(n, &raw);
	if (how != NULL && strcmp(how, "B64") == 0 && raw.n > 0)
		raw.n = decode_base64(raw.p, raw.n);
	if ((type == NULL || strncmp(type, "text/", 5) == 0) &&
	    utf8_valid(raw.p, raw.n)) {
		json_put_key(b, "text");
		json_put_string(b, slice_trim(buf_slice(&raw)));
	} else {
		json_put_key(b, "media");
		json_put_cstring(b, type == NULL ? "unknown" : type);
		json_put_key(b, "size");
		json_put_uint(b, raw.n);
	}
	buf_release(&raw);
}

static void
put_section(struct buf *b, const struct node *n)
{
	const struct node *narrative = tree_child(n, "text");
	struct buf text = { 0 };

	json_put_comma(b);
	buf_addc(b, '{');
	put_attribute(b, "code", tree_child(n, "code"), "code");
	put_words(b, "title", tree_child(n, "title"));
	if (tree_attribute(narrative, "representation") != NULL) {
		put_embedded(b, narrative);
	} else if (narrative != NULL) {
		add_narrative(&text, narrative);
		json_put_key(b, "text");
		json_put_string(b, slice_trim(buf_slice(&text)));
	}
	buf_addc(b, '}');
	buf_release(&text);
}

static void
put_sections(struct buf *b, const struct node *root)
{
	json_put_key(b, "sections");
	buf_addc(b, '[');
	for (const struct node *n = root; n != NULL; n = tree_next(n, root)) {
		if (tree_is(n, "section"))
			put_section(b, n);
		if (tree_is(n, "nonXMLBody") && tree_child(n, "text") != NULL) {
			json_put_comma(b);
			buf_addc(b, '{');
			put_embedded(b, tree_child(n, "text"));
			buf_addc(b, '}');
		}
	}
	buf_addc(b, ']');
}

/* --- items --------------------------------------------------------------- */

static const char *
type_of(const struct node *value)
{
	const char *type = tree_attribute(value, "xsi:type");
	const char *colon = type == NULL ? NULL : strchr(type, ':');

	return type == NULL ? "" : colon == NULL ? type : colon + 1;
}

/* ">500", "<=8", "80-140": the ends of an interval as a result is written. */
static void
put_interval(struct buf *b, const struct node *value)
{
	const struct node *ends[2] = { tree_child(value, "low"),
		tree_child(value, "high") };
	const char *low = tree_attribute(ends[0], "value");
	const char *high = tree_attribute(ends[1], "value");
	const struct node *one = low != NULL ? ends[0] : ends[1];
	const char *inclusive = tree_attribute(one, "inclusive");
	struct buf text = { 0 };

	if (low == NULL && high == NULL)
		return;
	if (low != NULL && high != NULL) {
		buf_addf(&text, "%s-%s", low, high);
	} else {
		buf_addc(&text, low != NULL ? '>' : '<');
		if (inclusive == NULL || strcmp(inclusive, "false") != 0)
			buf_addc(&text, '=');
		buf_adds(&text, low != NULL ? low : high);
	}
	json_put_key(b, "value");
	json_put_string(b, buf_slice(&text));
	put_attribute(b, "unit", one, "unit");
	buf_release(&text);
}

static void
put_value(struct buf *b, const struct node *value)
{
	const char *type = type_of(value);
	const char *plain = tree_attribute(value, "value");

	if (strncmp(type, "IVL_", 4) == 0) {
		put_interval(b, value);
	} else if (plain != NULL) {
		put_attribute(b, "value", value, "value");
		put_attribute(b, "unit", value, "unit");
	} else if (tree_attribute(value, "displayName") != NULL) {
		put_attribute(b, "value", value, "displayName");
		put_attribute(b, "value_code", value, "code");
	} else if (tree_attribute(value, "code") != NULL) {
		put_attribute(b, "value", value, "code");
	} else {
		put_words(b, "value", value);
	}
}

static void
put_time(struct buf *b, const struct node *n)
{
	const struct node *time = tree_child(n, "effectiveTime");

	if (tree_attribute(time, "value") == NULL)
		time = tree_child(time, "low");
	put_attribute(b, "time", time, "value");
}

static void
put_item(struct buf *b, const struct node *n, const char *section,
    const struct node *value)
{
	const struct node *code = tree_child(n, "code");

	json_put_comma(b);
	buf_addc(b, '{');
	if (section != NULL) {
		json_put_key(b, "section");
		json_put_cstring(b, section);
	}
	put_attribute(b, "code", code, "code");
	put_attribute(b, "system", code, "codeSystem");
	put_attribute(b, "name", code, "displayName");
	if (value != NULL)
		put_value(b, value);
	put_time(b, n);
	buf_addc(b, '}');
}

static void
put_items(struct buf *b, const struct node *root)
{
	static const char *const coded[] = { "observation", "procedure", "act",
		"encounter", "supply", "organizer", "manufacturedMaterial",
		"playingDevice", NULL };
	const char *section = NULL;

	json_put_key(b, "items");
	buf_addc(b, '[');
	for (const struct node *n = root; n != NULL; n = tree_next(n, root)) {
		const struct node *value;

		if (tree_is(n, "section"))
			section = tree_attribute(tree_child(n, "code"), "code");
		if (!is_one_of(n, coded) ||
		    tree_attribute(tree_child(n, "code"), "code") == NULL)
			continue;
		value = tree_child(n, "value");
		do {
			put_item(b, n, section, value);
			while (value != NULL &&
			    !tree_is(value = value->next, "value"))
				continue;
		} while (value != NULL);
	}
	buf_addc(b, ']');
}

/* --- the head ------------------------------------------------------------ */

static void
put_author(struct buf *b, const struct node *root)
{
	const struct node *author =
	    tree_path(root, "author/assignedAuthor/assignedPerson/name");
	const struct node *place = tree_path(root,
	    "custodian/assignedCustodian/representedCustodianOrganization/"
	    "name");

	if (place == NULL)
		place = tree_path(
		    root, "author/assignedAuthor/representedOrganization/name");
	put_words(b, "author", author);
	put_words(b, "organization", place);
}

void
cda_write(const struct node *root, struct buf *b, struct slice *code)
{
	const struct node *role = tree_path(root, "recordTarget/patientRole");
	const struct node *patient = tree_child(role, "patient");
	const struct node *what = tree_is(root, "ClinicalDocument") ? root
	    : tree_is(root, "section")                              ? root
				       : tree_child(root, "section");

	*code = slice_of(tree_attribute(tree_child(what, "code"), "code"));
	if (code->p == NULL)
		*code = SLICE("");
	buf_addc(b, '{');
	if (tree_is(root, "ClinicalDocument"))
		put_attribute(b, "document", tree_child(root, "code"), "code");
	put_words(b, "title", tree_child(what, "title"));
	put_attribute(b, "time", tree_child(root, "effectiveTime"), "value");
	put_attribute(b, "patient_id", tree_child(role, "id"), "extension");
	put_words(b, "patient_name", tree_child(patient, "name"));
	put_attribute(
	    b, "sex", tree_child(patient, "administrativeGenderCode"), "code");
	put_attribute(b, "birth", tree_child(patient, "birthTime"), "value");
	put_author(b, root);
	put_sections(b, root);
	put_items(b, root);
}
