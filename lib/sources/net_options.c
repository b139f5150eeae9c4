#include "sources/net_options.h"

#include <stdlib.h>
#include <string.h>

#include "io/http_url.h"
#include "sources/source.h"

bool
net_paging_parse(const char *next, struct net_paging *p, struct err *e)
{
	struct slice rest = slice_of(next);
	const char *comma;

	memset(p, 0, sizeof(*p));
	if (next == NULL || slice_is(rest, "link"))
		return true;
	comma = memchr(rest.p, ',', rest.n);
	if (slice_starts(rest, "json:/")) {
		p->how = PAGES_JSON;
		p->pointer = slice_span(rest.p + strlen("json:"),
		    comma == NULL ? rest.p + rest.n : comma);
		if (comma != NULL)
			p->name = slice_span(comma + 1, rest.p + rest.n);
		if (comma == NULL || p->name.n > 0)
			return true;
	} else if (slice_starts(rest, "page:")) {
		p->how = PAGES_NUMBER;
		p->name = slice_span(rest.p + strlen("page:"), rest.p + rest.n);
		if (p->name.n > 0 && comma == NULL)
			return true;
	} else if (slice_starts(rest, "offset:") && comma != NULL) {
		p->how = PAGES_OFFSET;
		p->name = slice_span(rest.p + strlen("offset:"), comma);
		p->limit = slice_span(comma + 1, rest.p + rest.n);
		if (slice_number(p->limit, &p->step) && p->step == 0)
			p->limit.n = 0;
		if (p->name.n > 0 && p->limit.n > 0)
			return true;
	}
	return err_set(e, ERR_USAGE,
	    "--next: '%s' is none of link, json:/POINTER, page:PARAM, "
	    "offset:PARAM,LIMIT",
	    next);
}

bool
net_auth_parse(const struct source_options *so, enum net_auth *auth,
    const char **token_url, struct err *e)
{
	const struct net_options *o = &so->net;
	struct http_url u;
	bool https;

	*token_url = NULL;
	*auth = so->user == NULL ? NET_ANONYMOUS : NET_BASIC;
	if (o->auth == NULL)
		return true;
	if (strcmp(o->auth, "basic") == 0) {
		*auth = NET_BASIC;
	} else if (strcmp(o->auth, "bearer") == 0) {
		*auth = NET_BEARER;
	} else if (strcmp(o->auth, "cert") == 0) {
		*auth = NET_CERTIFICATE;
	} else if (strncmp(o->auth, "oauth2:", strlen("oauth2:")) == 0) {
		*auth = NET_OAUTH2;
		*token_url = o->auth + strlen("oauth2:");
		if (!http_url_parse(*token_url, &u, e))
			return err_wrap(e, "--auth oauth2");
		https = strncmp(u.scheme, "http", 4) == 0 && u.user == NULL &&
		    u.password == NULL;
		http_url_release(&u);
		if (!https)
			return err_set(e, ERR_USAGE,
			    "--auth: the address behind oauth2: is none of "
			    "http(s) without a user name");
	} else {
		return err_set(e, ERR_USAGE,
		    "--auth: none of basic, bearer, oauth2:URL, cert");
	}
	if (so->secret == NULL)
		return err_set(e, ERR_USAGE,
		    "--auth: no secret is given (--secret FILE, or "
		    "MDX_SECRET in the environment)");
	if ((*auth == NET_BASIC || *auth == NET_OAUTH2) && so->user == NULL)
		return err_set(
		    e, ERR_USAGE, "--auth: it needs --user NAME as well");
	if (*auth == NET_BEARER && strpbrk(so->secret, "\r\n") != NULL)
		return err_set(e, ERR_USAGE,
		    "--auth: a token is one line, the secret is not");
	return true;
}

bool
net_rate_parse(const char *rate, unsigned *ms, struct err *e)
{
	char *end;
	double n;

	*ms = 0;
	if (rate == NULL)
		return true;
	n = strtod(rate, &end);
	if (*end != '\0' || rate[strspn(rate, "0123456789.")] != '\0' ||
	    !(n >= 0.001) || n > 1000)
		return err_set(e, ERR_USAGE,
		    "--rate: '%s' is no number of requests a second (0.001 to "
		    "1000)",
		    rate);
	*ms = (unsigned)(1000 / n);
	return true;
}

static bool
check_export(const struct net_options *o, bool stateful, struct err *e)
{
	const char *what = o->export;

	if (what == NULL)
		return o->types == NULL ||
		    err_set(e, ERR_USAGE, "--types goes with --export");
	if (strcmp(what, "system") != 0 && strcmp(what, "patient") != 0 &&
	    (strncmp(what, "group/", 6) != 0 || what[6] == '\0' ||
		strchr(what + 6, '/') != NULL))
		return err_set(e, ERR_USAGE,
		    "--export: '%s' is none of system, patient, group/ID",
		    what);
	return stateful ||
	    err_set(e, ERR_USAGE,
		"--export needs --state FILE: what the server prepares is "
		"remembered there, so that no run asks for it twice");
}

bool
net_options_check(const struct source_options *so, struct err *e)
{
	const struct net_options *o = &so->net;
	struct net_paging paging;
	const char *token_url;
	enum net_auth auth;
	struct http_url u;
	unsigned ms;
	bool ok;

	if (!net_paging_parse(o->next, &paging, e) ||
	    !net_auth_parse(so, &auth, &token_url, e) ||
	    !net_rate_parse(o->rate, &ms, e) ||
	    !check_export(o, so->state != NULL, e))
		return false;
	if (o->endpoint == NULL)
		return true;
	if (!http_url_parse(o->endpoint, &u, e))
		return err_wrap(e, "--endpoint");
	ok = strncmp(u.scheme, "http", 4) == 0 && u.user == NULL &&
	    u.query == NULL;
	http_url_release(&u);
	return ok ||
	    err_set(e, ERR_USAGE,
		"--endpoint: no address of the form https://host:port");
}
