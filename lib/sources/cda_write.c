#include "sources/cda_write.h"

#include <string.h>

#include "json/write.h"
#include "sources/cda_items.h"
#include "sources/cda_text.h"

static void
put_text(struct buf *b, const struct node *n)
{
	const struct node *narrative = tree_child(n, "text");
	struct buf text = { 0 };

	if (tree_attribute(narrative, "representation") != NULL) {
		cda_put_embedded(b, narrative);
	} else if (narrative != NULL) {
		cda_narrative(&text, narrative);
		json_put_key(b, "text");
		json_put_string(b, slice_trim(buf_slice(&text)));
	}
	buf_release(&text);
}

static void
put_section(struct buf *b, const struct node *n)
{
	json_put_comma(b);
	buf_addc(b, '{');
	cda_put_attribute(b, "code", cda_code(n), "code");
	cda_put_words(b, "title", tree_child(n, "title"));
	put_text(b, n);
	buf_addc(b, '}');
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
			cda_put_embedded(b, tree_child(n, "text"));
			buf_addc(b, '}');
		}
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
	cda_put_words(b, "author", author);
	cda_put_words(b, "organization", place);
}

static const char *
code_of(const struct node *n)
{
	return tree_attribute(cda_code(n), "code");
}

static const struct node *
main_part(const struct node *root)
{
	return tree_is(root, "ClinicalDocument") || tree_is(root, "section")
	    ? root
	    : tree_child(root, "section");
}

/* The first id that has a number: others say only that there is none. */
static const struct node *
id_of(const struct node *role)
{
	const struct node *n = tree_child(role, "id");

	while (n != NULL &&
	    (!tree_is(n, "id") || tree_attribute(n, "extension") == NULL))
		n = n->next;
	return n;
}

static void
put_head(struct buf *b, const struct node *root)
{
	const struct node *role = tree_path(root, "recordTarget/patientRole");
	const struct node *patient = tree_child(role, "patient");

	buf_addc(b, '{');
	if (tree_is(root, "ClinicalDocument"))
		cda_put_attribute(b, "document", cda_code(root), "code");
	cda_put_words(b, "title", tree_child(main_part(root), "title"));
	cda_put_attribute(
	    b, "time", tree_child(root, "effectiveTime"), "value");
	cda_put_attribute(b, "patient_id", id_of(role), "extension");
	cda_put_words(b, "patient_name", tree_child(patient, "name"));
	cda_put_attribute(
	    b, "sex", tree_child(patient, "administrativeGenderCode"), "code");
	cda_put_attribute(
	    b, "birth", tree_child(patient, "birthTime"), "value");
	put_author(b, root);
}

bool
cda_write(const struct node *root, struct buf *b, struct slice *code)
{
	static const char nothing[] = "{\"sections\":[],\"items\":[]";
	size_t began = b->n;

	*code = slice_of(code_of(main_part(root)));
	if (code->p == NULL)
		*code = SLICE("");
	put_head(b, root);
	put_sections(b, root);
	cda_put_items(b, root, NULL);
	return b->n - began >= sizeof(nothing);
}

/* --- parts --------------------------------------------------------------- */

size_t
cda_parts(const struct node *root)
{
	size_t n = 0;

	for (const struct node *s = root; s != NULL; s = tree_next(s, root))
		n += tree_is(s, "section");
	return n;
}

static void
put_part(struct buf *b, const struct node *root, const struct node *section)
{
	put_head(b, root);
	cda_put_attribute(b, "section", cda_code(section), "code");
	cda_put_words(b, "section_title", tree_child(section, "title"));
	put_text(b, section);
	cda_put_items(b, root, section);
}

/* A section is of the kind of its own code, else of the document's. */
bool
cda_write_parts(const struct node *root, struct member *m,
    const struct piece *whole, struct err *e)
{
	const char *code = code_of(main_part(root));
	struct piece p = *whole;
	const char *kind = NULL;

	if (code != NULL)
		kind = member_code(m, "cda", slice_of(code));
	for (const struct node *s = root; s != NULL; s = tree_next(s, root)) {
		const char *own = code_of(s);

		if (!tree_is(s, "section"))
			continue;
		p.kind =
		    own == NULL ? NULL : member_code(m, "cda", slice_of(own));
		if (p.kind == NULL)
			p.kind = kind;
		if (p.kind == NULL)
			member_names(m);
		put_part(member_open(m), root, s);
		if (!member_record(m, &p, e))
			return false;
	}
	return true;
}
