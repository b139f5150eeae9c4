#include "base/mem.h"
#include "json/scan.h"
#include "model/ask.h"

#define PATIENCE_S 30

/* The list of models of one server; false where it does not answer so. */
static bool
list_models(struct client *c, size_t site, struct arena *a, struct json *list,
    struct err *e)
{
	struct http_reply r = { .end = HTTP_UNREACHED };
	struct slice none = { NULL, 0 }, body;
	const char *url = c->options->urls[site];

	if (!http_send(c->http, c->sites[site], "/models", none, NULL, e))
		return false;
	for (unsigned s = 0; s < PATIENCE_S; s++)
		if (http_next(c->http, 1000, &r))
			break;
	if (r.end != HTTP_ANSWERED)
		return err_set(e, ERR_SERVICE,
		    "%s: the service does not answer (is it running?)", url);
	if (r.status != 200)
		return err_set(e, ERR_SERVICE,
		    "%s: no list of models (status %ld; --model names one)",
		    url, r.status);
	body = json_pad(r.body, a);
	if (json_check(body.p, body.n, 0, NULL))
		*list = json_get(json_of(body), "data");
	return true;
}

void
client_greet(struct client *c, const char **one, struct err *e)
{
	struct arena *a = arena_new();
	struct json list = { .type = JSON_NONE };
	struct slice id;
	size_t i = 0;

	while (i < c->nsites && !list_models(c, i, a, &list, e))
		i++;
	if (i < c->nsites) {
		c->site = i;
		if (c->profile == NULL)
			c->profile = profile_owner(json_text(
			    json_pointer(list, SLICE("/0/owned_by")), a));
		id = json_text(json_pointer(list, SLICE("/0/id")), a);
		if (json_length(list) == 1 && id.n > 0)
			*one = c->model = mem_string(id.p, id.n);
		else
			err_set(e, ERR_USAGE,
			    "%s: not just one model; name it with --model",
			    c->options->urls[i]);
	}
	if (c->profile == NULL)
		c->profile = &profile_usual;
	if (c->mode > c->profile->strongest && !c->options->fixed_mode)
		c->mode = c->profile->strongest;
	arena_free(a);
}
