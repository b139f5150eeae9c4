/*
 * schema_parts - what a schema is made of; private to the files of schema.
 *
 *	document -> nodes, one a subschema -> keys, one a keyword, in the order
 *	they are judged in -> nodes
 *
 * Names of members that the schema speaks of are numbers; a value's members
 * are looked up once.
 */
#ifndef RULES_SCHEMA_PARTS_H
#define RULES_SCHEMA_PARTS_H

#include "base/decimal.h"
#include "base/hash.h"
#include "base/pattern.h"
#include "json/value.h"
#include "rules/schema.h"

#define NO_RULE		SIZE_MAX
#define NO_NAME		UINT32_MAX

/* In the order they are judged in; what unevaluated looks at comes before. */
enum keyword {
	KEY_TYPE, KEY_ENUM, KEY_CONST,
	KEY_MULTIPLE_OF, KEY_MAXIMUM, KEY_EXCLUSIVE_MAXIMUM, KEY_MINIMUM,
	KEY_EXCLUSIVE_MINIMUM,
	KEY_MAX_LENGTH, KEY_MIN_LENGTH, KEY_PATTERN, KEY_FORMAT,
	KEY_MAX_ITEMS, KEY_MIN_ITEMS, KEY_UNIQUE_ITEMS,
	KEY_MAX_PROPERTIES, KEY_MIN_PROPERTIES, KEY_REQUIRED,
	KEY_DEPENDENT_REQUIRED,
	KEY_REF, KEY_DYNAMIC_REF,
	KEY_ALL_OF, KEY_ANY_OF, KEY_ONE_OF, KEY_NOT, KEY_IF,
	KEY_DEPENDENT_SCHEMAS, KEY_PROPERTIES, KEY_PATTERN_PROPERTIES,
	KEY_ADDITIONAL_PROPERTIES, KEY_PROPERTY_NAMES,
	KEY_PREFIX_ITEMS, KEY_ITEMS, KEY_CONTAINS,
	KEY_UNEVALUATED_ITEMS, KEY_UNEVALUATED_PROPERTIES,
	/* Judged by another: `if`, `contains`. */
	KEY_THEN, KEY_ELSE, KEY_MAX_CONTAINS, KEY_MIN_CONTAINS,
	KEY_JUDGED,
	/* Names and containers. */
	KEY_ID = KEY_JUDGED, KEY_SCHEMA, KEY_ANCHOR, KEY_DYNAMIC_ANCHOR,
	KEY_DEFS, KEY_ANNOTATION
};

/* What must stand behind it. */
enum shape {
	SHAPE_ANY, SHAPE_TEXT, SHAPE_FLAG, SHAPE_NUMBER, SHAPE_COUNT,
	SHAPE_TEXTS, SHAPE_TYPES, SHAPE_ARRAY, SHAPE_TEXT_LISTS,
	SHAPE_ONE, SHAPE_LIST, SHAPE_MAP	/* schemas */
};

struct keyword_word {
	const char	*name;
	enum keyword	 keyword;
	enum shape	 shape;
	unsigned	 types;		/* of values that it looks at */
};

#define TYPE_BIT(t)	(1u << (t))
#define ANY_TYPE	UINT32_MAX
#define INTEGER_BIT	(1u << 31)

/* NULL where it is none.  x-... is an annotation. */
const struct keyword_word *schema_word(struct slice);
/* Of a keyword that is none: the remedy, " (did you mean 'enum'?)". */
const char	*schema_remedy(struct slice, struct arena *);

/* --- values ------------------------------------------------------------------- */
struct item {
	struct json	 json;
	const struct item *above;	/* NULL: it stands at the run's place */
	struct slice	 key;		/* of a member, decoded */
	struct item	*items;		/* elements or members, once entered */
	struct facts	*facts;		/* of a scalar, once asked for */
	uint32_t	 name;		/* of a member, or NO_NAME */
	uint32_t	 at;		/* of an element, from 0 */
	uint32_t	 n;
	bool		 entered;
	bool		 is_name;	/* the member's name, as a text */
	bool		 lone;		/* its key holds half of a pair */
};

struct facts {
	struct slice	 text;		/* of a string */
	size_t		 length;	/* code points */
	struct decimal	 number;
	uint64_t	 hash;
	bool		 hashed, measured;
	bool		 lone;		/* holds half of a surrogate pair */
	bool		 is_number;	/* false also beyond all bounds */
};

/* What making items needs. */
struct items {
	struct arena	*arena;
	const struct index *names;	/* NULL: none are known */
	size_t		 n, most;	/* made, and at most */
	bool		 full;
	bool		 odd;		/* a number beyond all bounds was met */
};

/* The members (the last of each name) or elements; false where it is full. */
bool		 item_enter(struct items *, struct item *);
/* Of an object: the key as written. */
void		 item_of_member(struct items *, const struct item *above,
		    struct slice key, struct json, struct item *to);
/* Of a name that stands twice the last value stays. */
void		 item_drop_twins(struct items *, struct item *);
struct facts	*item_facts(struct items *, struct item *);
size_t		 item_length(struct items *, struct item *);
/* Enters and decodes all of it, so that it is const from then on. */
void		 item_settle(struct items *, struct item *);
/* Equal by value, whatever the order of members and the spelling of numbers. */
uint64_t	 item_hash(struct items *, struct item *);
bool		 item_equal(struct items *, struct item *, struct item *);
/* The place of a value: "a.b[2]"; place: of the topmost. */
void		 item_put_place(const struct item *, struct slice place,
		    struct buf *);
void		 item_put_member(struct slice key, struct buf *);

/* --- the schema --------------------------------------------------------------- */
struct node;

struct format {
	const char	*name;
	bool		(*test)(struct slice);
};

struct choice {			/* of enum and const */
	struct item	 item;
	uint64_t	 hash;
};

struct names {
	uint32_t	*list;
	size_t		 n;
};

struct key {
	const struct keyword_word *word;
	const struct value *value;
	size_t		 rule;
	unsigned	 types;		/* type: those allowed */
	struct decimal	 number;
	uint64_t	 count;
	const struct format *format;
	struct pattern	*pattern;
	struct choice	*choices;	/* by hash */
	size_t		 nchoices;
	struct node	**nodes;
	size_t		 n;
	uint32_t	*names;		/* of the nodes, ascending; of required */
	struct names	*lists;		/* dependentRequired */
	struct pattern	**patterns;	/* of the nodes */
	const struct key *beside[2];	/* if: then, else; contains: minContains,
					   maxContains; additionalProperties:
					   properties, patternProperties;
					   items: prefixItems */
	bool		 dynamic;	/* $dynamicRef: nodes are candidates */
	bool		 forbids;	/* one of the nodes is never true */
};

struct node {
	const struct value *value;
	struct slice	 pointer;
	size_t		 number;	/* among the nodes */
	size_t		 resource;
	bool		 always, never;
	bool		 counts;	/* has an unevaluated keyword */
	struct key	*keys;
	size_t		 nkeys;
	size_t		 rule;		/* of a node that is never true */
	bool		 loud;		/* its failures are the schema's */
	bool		 placed, many;	/* while fields are found */
	struct slice	 field;
};

struct resource {
	struct slice	 uri;
	struct node	*node;
};

struct schema {
	struct arena	*arena;
	const char	*path;
	struct slice	 text, at;
	struct schema_options options;
	struct value	*document;
	struct node	*root;
	struct node	**nodes;
	size_t		 nnodes, nodes_room;
	struct index	*pointers;	/* of the nodes, in their order */
	struct index	*names;
	struct resource	*resources;
	size_t		 nresources, resources_room;
	struct index	*uris;		/* of the resources */
	struct index	*anchors;	/* "NUMBER#NAME" */
	struct node	**anchor_nodes;
	size_t		 anchors_room;
	struct index	*dynamic;	/* "NUMBER#NAME": those of $dynamicAnchor */
	struct schema_rule *rules;
	size_t		 nrules, rules_room;
	struct table_faults *faults;	/* while it is made */
	struct err	*e;
};

/* What is wrong, at a keyword of the node (NULL: the node); false. */
bool		 schema_fault(struct schema *, const struct node *,
		    const char *keyword, const struct value *, const char *fmt,
		    ...) __attribute__((format(printf, 5, 6)));
/* A key of the node, or NULL. */
const struct key *schema_key(const struct node *, enum keyword);
/* Of properties (NULL: of none), the node of a name, or NULL. */
const struct node *schema_property(const struct key *, uint32_t name);
/* "a/b" as a part of a pointer: "a~1b". */
void		 schema_put_part(struct slice, struct buf *);

/* schema_node.c: nodes of the whole document; false where some is refused. */
bool		 schema_read(struct schema *);
/* schema_argument.c: what stands behind a keyword. */
bool		 schema_argument(struct schema *, struct node *, struct key *);
/* schema_ref.c */
bool		 schema_enter_resource(struct schema *, struct node *,
		    struct slice id);
bool		 schema_add_anchor(struct schema *, struct node *,
		    const char *keyword, const struct value *, bool dynamic);
bool		 schema_resolve(struct schema *, bool faulty);
/* schema_rules.c: which keywords are rules. */
void		 schema_list_rules(struct schema *);
/* schema_format.c: NULL where it is not known. */
const struct format *schema_format(struct slice name);

#endif
