/*
 * settings - what a run says of its model: where it is, its name, its key and
 * what it may cost; and the client that comes of it.
 */
#ifndef MODEL_SETTINGS_H
#define MODEL_SETTINGS_H

#include "base/err.h"
#include "model/client.h"

struct model_settings {
	struct client_options client;	/* but for its key */
	const char	*model;		/* NULL: the server's only one */
	const char	*key_path;	/* NULL: key, which may be NULL, too */
	const char	*key;
};

/* Whether a model is asked at all: of a server, or of the cache alone. */
bool		 settings_ask(const struct model_settings *);
/*
 * The client, and the model's name, which may be the client's.  The settings
 * must outlive it.  The key is one word; where there is one, the process
 * leaves no core file.
 */
struct client	*settings_open(struct model_settings *, const char **model,
		    struct err *);

#endif
