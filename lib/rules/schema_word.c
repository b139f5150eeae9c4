#include "rules/schema_parts.h"

#define NUMBERS TYPE_BIT(JSON_NUMBER)
#define TEXTS   TYPE_BIT(JSON_STRING)
#define ARRAYS  TYPE_BIT(JSON_ARRAY)
#define OBJECTS TYPE_BIT(JSON_OBJECT)

static const struct keyword_word words[] = { { "type", KEY_TYPE, SHAPE_TYPES,
						 ANY_TYPE },
	{ "enum", KEY_ENUM, SHAPE_ARRAY, ANY_TYPE },
	{ "const", KEY_CONST, SHAPE_ANY, ANY_TYPE },
	{ "multipleOf", KEY_MULTIPLE_OF, SHAPE_NUMBER, NUMBERS },
	{ "maximum", KEY_MAXIMUM, SHAPE_NUMBER, NUMBERS },
	{ "exclusiveMaximum", KEY_EXCLUSIVE_MAXIMUM, SHAPE_NUMBER, NUMBERS },
	{ "minimum", KEY_MINIMUM, SHAPE_NUMBER, NUMBERS },
	{ "exclusiveMinimum", KEY_EXCLUSIVE_MINIMUM, SHAPE_NUMBER, NUMBERS },
	{ "maxLength", KEY_MAX_LENGTH, SHAPE_COUNT, TEXTS },
	{ "minLength", KEY_MIN_LENGTH, SHAPE_COUNT, TEXTS },
	{ "pattern", KEY_PATTERN, SHAPE_TEXT, TEXTS },
	{ "format", KEY_FORMAT, SHAPE_TEXT, TEXTS },
	{ "maxItems", KEY_MAX_ITEMS, SHAPE_COUNT, ARRAYS },
	{ "minItems", KEY_MIN_ITEMS, SHAPE_COUNT, ARRAYS },
	{ "uniqueItems", KEY_UNIQUE_ITEMS, SHAPE_FLAG, ARRAYS },
	{ "maxProperties", KEY_MAX_PROPERTIES, SHAPE_COUNT, OBJECTS },
	{ "minProperties", KEY_MIN_PROPERTIES, SHAPE_COUNT, OBJECTS },
	{ "required", KEY_REQUIRED, SHAPE_TEXTS, OBJECTS },
	{ "dependentRequired", KEY_DEPENDENT_REQUIRED, SHAPE_TEXT_LISTS,
	    OBJECTS },
	{ "$ref", KEY_REF, SHAPE_TEXT, ANY_TYPE },
	{ "$dynamicRef", KEY_DYNAMIC_REF, SHAPE_TEXT, ANY_TYPE },
	{ "allOf", KEY_ALL_OF, SHAPE_LIST, ANY_TYPE },
	{ "anyOf", KEY_ANY_OF, SHAPE_LIST, ANY_TYPE },
	{ "oneOf", KEY_ONE_OF, SHAPE_LIST, ANY_TYPE },
	{ "not", KEY_NOT, SHAPE_ONE, ANY_TYPE },
	{ "if", KEY_IF, SHAPE_ONE, ANY_TYPE },
	{ "then", KEY_THEN, SHAPE_ONE, ANY_TYPE },
	{ "else", KEY_ELSE, SHAPE_ONE, ANY_TYPE },
	{ "dependentSchemas", KEY_DEPENDENT_SCHEMAS, SHAPE_MAP, OBJECTS },
	{ "properties", KEY_PROPERTIES, SHAPE_MAP, OBJECTS },
	{ "patternProperties", KEY_PATTERN_PROPERTIES, SHAPE_MAP, OBJECTS },
	{ "additionalProperties", KEY_ADDITIONAL_PROPERTIES, SHAPE_ONE,
	    OBJECTS },
	{ "propertyNames", KEY_PROPERTY_NAMES, SHAPE_ONE, OBJECTS },
	{ "prefixItems", KEY_PREFIX_ITEMS, SHAPE_LIST, ARRAYS },
	{ "items", KEY_ITEMS, SHAPE_ONE, ARRAYS },
	{ "contains", KEY_CONTAINS, SHAPE_ONE, ARRAYS },
	{ "maxContains", KEY_MAX_CONTAINS, SHAPE_COUNT, ARRAYS },
	{ "minContains", KEY_MIN_CONTAINS, SHAPE_COUNT, ARRAYS },
	{ "unevaluatedItems", KEY_UNEVALUATED_ITEMS, SHAPE_ONE, ARRAYS },
	{ "unevaluatedProperties", KEY_UNEVALUATED_PROPERTIES, SHAPE_ONE,
	    OBJECTS },
	{ "$id", KEY_ID, SHAPE_TEXT, 0 },
	{ "$schema", KEY_SCHEMA, SHAPE_TEXT, 0 },
	{ "$anchor", KEY_ANCHOR, SHAPE_TEXT, 0 },
	{ "$dynamicAnchor", KEY_DYNAMIC_ANCHOR, SHAPE_TEXT, 0 },
	{ "$defs", KEY_DEFS, SHAPE_MAP, 0 },
	{ "$comment", KEY_ANNOTATION, SHAPE_TEXT, 0 },
	{ "$vocabulary", KEY_ANNOTATION, SHAPE_ANY, 0 },
	{ "title", KEY_ANNOTATION, SHAPE_TEXT, 0 },
	{ "description", KEY_ANNOTATION, SHAPE_TEXT, 0 },
	{ "default", KEY_ANNOTATION, SHAPE_ANY, 0 },
	{ "examples", KEY_ANNOTATION, SHAPE_ARRAY, 0 },
	{ "deprecated", KEY_ANNOTATION, SHAPE_FLAG, 0 },
	{ "readOnly", KEY_ANNOTATION, SHAPE_FLAG, 0 },
	{ "writeOnly", KEY_ANNOTATION, SHAPE_FLAG, 0 },
	{ "contentEncoding", KEY_ANNOTATION, SHAPE_TEXT, 0 },
	{ "contentMediaType", KEY_ANNOTATION, SHAPE_TEXT, 0 },
	{ "contentSchema", KEY_ANNOTATION, SHAPE_ANY, 0 } };

#define NWORDS (sizeof(words) / sizeof(words[0]))

static const struct keyword_word extension = { "x-", KEY_ANNOTATION, SHAPE_ANY,
	0 };

const struct keyword_word *
schema_word(struct slice name)
{
	for (size_t i = 0; i < NWORDS; i++)
		if (slice_is(name, words[i].name))
			return &words[i];
	return slice_starts(name, "x-") ? &extension : NULL;
}

/* Words of older drafts, and what they are now. */
static const struct {
	const char *old, *remedy;
} older[] = { { "definitions", "of older drafts: write $defs" },
	{ "dependencies",
	    "of older drafts: write dependentRequired or dependentSchemas" },
	{ "additionalItems",
	    "of older drafts: write prefixItems, and items for the rest" },
	{ "id", "of draft 4: write $id" },
	{ "$recursiveRef", "of draft 2019-09: write $dynamicRef" },
	{ "$recursiveAnchor", "of draft 2019-09: write $dynamicAnchor" },
	{ "nullable", "of OpenAPI 3.0: add \"null\" to the types" },
	{ "discriminator", "of OpenAPI: write if and then" } };

const char *
schema_remedy(struct slice name, struct arena *a)
{
	const char *names[NWORDS + 1], *near;

	for (size_t i = 0; i < sizeof(older) / sizeof(older[0]); i++)
		if (slice_is(name, older[i].old))
			return arena_printf(a, " (%s)", older[i].remedy);
	for (size_t i = 0; i < NWORDS; i++)
		names[i] = words[i].name;
	names[NWORDS] = NULL;
	near = slice_suggest(name, names);
	return near == NULL
	    ? " (a word of your own begins with x- and asserts nothing)"
	    : arena_printf(a, " (did you mean '%s'?)", near);
}
