#include "sources/cda_items.h"

#include <string.h>

#include "json/write.h"
#include "sources/cda_text.h"

void
cda_put_attribute(
    struct buf *b, const char *key, const struct node *n, const char *attribute)
{
	const char *value = tree_attribute(n, attribute);

	if (value == NULL)
		return;
	json_put_key(b, key);
	json_put_cstring(b, value);
}

/* Its characters with blanks at the ends taken off and runs made one. */
void
cda_put_words(struct buf *b, const char *key, const struct node *n)
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

/* --- values -------------------------------------------------------------- */

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
	cda_put_attribute(b, "unit", one, "unit");
	buf_release(&text);
}

/* Text stands as the value, other media as type and size. */
static void
put_media(struct buf *b, const struct node *value)
{
	struct buf members = { 0 };
	struct slice s;

	cda_put_embedded(&members, value);
	s = buf_slice(&members);
	json_put_comma(b);
	if (slice_starts(s, "\"text\":")) {
		buf_adds(b, "\"value\":");
		s.p += 7;
		s.n -= 7;
	}
	buf_add_slice(b, s);
	buf_release(&members);
}

static void
put_value(struct buf *b, const struct node *value)
{
	const char *type = type_of(value);
	const struct node *other = tree_child(value, "translation");

	/* A code that has none of its own may be told in another system. */
	if (tree_attribute(value, "code") == NULL &&
	    tree_attribute(other, "code") != NULL)
		value = other;
	if (tree_attribute(value, "representation") != NULL ||
	    tree_attribute(value, "mediaType") != NULL) {
		put_media(b, value);
		return;
	}
	const char *plain = tree_attribute(value, "value");

	if (strncmp(type, "IVL_", 4) == 0) {
		put_interval(b, value);
	} else if (plain != NULL) {
		cda_put_attribute(b, "value", value, "value");
		cda_put_attribute(b, "unit", value, "unit");
	} else if (tree_attribute(value, "displayName") != NULL) {
		cda_put_attribute(b, "value", value, "displayName");
		cda_put_attribute(b, "value_code", value, "code");
	} else if (tree_attribute(value, "code") != NULL) {
		cda_put_attribute(b, "value", value, "code");
	} else {
		cda_put_words(b, "value", value);
	}
}

/* --- items --------------------------------------------------------------- */

static const char *const acts[] = { "observation", "procedure", "act",
	"encounter", "supply", "organizer", "substanceAdministration",
	"observationMedia", "regionOfInterest", NULL };
/* What an act has besides its code and value. */
static const char *const further[] = { "routeCode", "doseQuantity",
	"rateQuantity", "maxDoseQuantity", "administrationUnitCode",
	"targetSiteCode", "approachSiteCode", "methodCode",
	"interpretationCode", "priorityCode", "quantity", NULL };

static bool
is_one_of(const struct node *n, const char *const *names)
{
	for (; n != NULL && n->name != NULL && *names != NULL; names++)
		if (strcmp(n->local, *names) == 0)
			return true;
	return false;
}

const struct node *
cda_code(const struct node *n)
{
	const struct node *code = tree_child(n, "code");
	const struct node *other = tree_child(code, "translation");

	return tree_attribute(code, "code") == NULL &&
		tree_attribute(other, "code") != NULL
	    ? other
	    : code;
}

/* Its own, or that of the act which it takes part in. */
static void
put_time(struct buf *b, const struct node *n)
{
	const struct node *time;

	while (!is_one_of(n, acts) && tree_child(n, "effectiveTime") == NULL &&
	    n->parent != NULL && !tree_is(n, "section"))
		n = n->parent;
	time = tree_child(n, "effectiveTime");
	if (tree_attribute(time, "value") == NULL)
		time = tree_child(time, "low");
	cda_put_attribute(b, "time", time, "value");
}

static void
begin_item(struct buf *b, const char *section)
{
	json_put_comma(b);
	buf_addc(b, '{');
	if (section != NULL) {
		json_put_key(b, "section");
		json_put_cstring(b, section);
	}
}

static void
put_item(struct buf *b, const struct node *n, const char *section,
    const struct node *value)
{
	const struct node *code = cda_code(n);

	begin_item(b, section);
	cda_put_attribute(b, "code", code, "code");
	cda_put_attribute(b, "system", code, "codeSystem");
	if (tree_attribute(code, "displayName") != NULL)
		cda_put_attribute(b, "name", code, "displayName");
	else
		cda_put_words(b, "name", tree_child(code, "originalText"));
	if (value != NULL)
		put_value(b, value);
	put_time(b, n);
	buf_addc(b, '}');
}

/* An element's code with each of its values. */
static void
put_coded(struct buf *b, const struct node *n, const char *section)
{
	const struct node *code = cda_code(n), *value = tree_child(n, "value");

	if (code == NULL ||
	    (tree_attribute(code, "code") == NULL && value == NULL &&
		tree_attribute(code, "displayName") == NULL))
		return;
	do {
		put_item(b, n, section, value);
		while (value != NULL && !tree_is(value = value->next, "value"))
			continue;
	} while (value != NULL);
}

/* How a drug is given, where an operation was: named by their element. */
static void
put_further(struct buf *b, const struct node *n, const char *section)
{
	if (tree_attribute(n, "code") == NULL &&
	    tree_attribute(n, "value") == NULL &&
	    tree_attribute(n, "displayName") == NULL)
		return;
	begin_item(b, section);
	json_put_key(b, "name");
	json_put_cstring(b, n->local);
	put_value(b, n);
	put_time(b, n);
	buf_addc(b, '}');
}

/* A drug or device is often named and not coded. */
static void
put_named(struct buf *b, const struct node *n, const char *section)
{
	const struct node *name = tree_child(n, "name");

	if (name == NULL || tree_attribute(cda_code(n), "code") != NULL)
		return;
	begin_item(b, section);
	json_put_key(b, "name");
	json_put_cstring(b, n->local);
	cda_put_words(b, "value", name);
	put_time(b, n);
	buf_addc(b, '}');
}

static void
put_any(struct buf *b, const struct node *n, const char *section)
{
	static const char *const named[] = { "manufacturedMaterial",
		"manufacturedLabeledDrug", "playingDevice", "playingEntity",
		NULL };

	if (is_one_of(n, further))
		put_further(b, n, section);
	else if (tree_is(n, "observationMedia") &&
	    tree_child(n, "value") != NULL)
		put_item(b, n, section, tree_child(n, "value"));
	else
		put_coded(b, n, section);
	if (is_one_of(n, named))
		put_named(b, n, section);
}

/* Behind all that is below n. */
static const struct node *
pass_over(const struct node *n, const struct node *top)
{
	while (n != top && n->next == NULL)
		n = n->parent;
	return n == top ? NULL : n->next;
}

static bool
is_in_entry(const struct node *n)
{
	while (n != NULL && !tree_is(n, "entry"))
		n = n->parent;
	return n != NULL;
}

/* In a whole document the header has codes too, and only entries count. */
void
cda_put_items(struct buf *b, const struct node *root, const struct node *own)
{
	const struct node *top = own == NULL ? root : own, *n = top;
	bool whole = tree_is(root, "ClinicalDocument");
	const char *section = NULL;

	json_put_key(b, "items");
	buf_addc(b, '[');
	while (n != NULL) {
		bool is_section = tree_is(n, "section");

		if (is_section && own != NULL && n != own) {
			n = pass_over(n, top);
			continue;
		}
		if (is_section)
			section = tree_attribute(cda_code(n), "code");
		else if (n->name != NULL && (!whole || is_in_entry(n)))
			put_any(b, n, section);
		n = tree_next(n, top);
	}
	buf_addc(b, ']');
}
