#include "sources/fhir_outcome.h"

#include <string.h>

#include "json/scan.h"

static struct json
value_of(struct slice body, struct arena *a)
{
	struct slice s = json_pad(body, a);
	struct err ignored = { 0 };

	if (!json_check(s.p, s.n, 0, &ignored))
		return (struct json){ .type = JSON_NONE };
	return json_of(s);
}

struct slice
fhir_type(struct slice body, struct arena *a)
{
	struct json type = json_get(value_of(body, a), "resourceType");

	return type.type == JSON_STRING ? json_text(type, a) : SLICE("");
}

const char *
fhir_issue(struct slice body, struct arena *a)
{
	struct json code =
	    json_pointer(value_of(body, a), SLICE("/issue/0/code"));
	struct slice s;

	if (code.type != JSON_STRING)
		return NULL;
	s = json_text(code, a);
	if (s.n == 0 || s.n > 40)
		return NULL;
	for (size_t i = 0; i < s.n; i++)
		if ((s.p[i] < 'a' || s.p[i] > 'z') && s.p[i] != '-')
			return NULL;
	return arena_string(a, s.p, s.n);
}

struct slice
fhir_next(struct slice body, struct arena *a)
{
	struct json_walk walk = json_enter(json_get(value_of(body, a), "link"));
	struct json link, url;

	while (json_next_element(&walk, &link)) {
		url = json_get(link, "url");
		if (url.type == JSON_STRING &&
		    slice_is(json_text(json_get(link, "relation"), a), "next"))
			return json_text(url, a);
	}
	return (struct slice){ NULL, 0 };
}
