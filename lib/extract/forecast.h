/*
 * forecast - how many requests a run would send, of how many tokens, and what
 * they would cost (--dry-run).
 *
 * Tokens asked are an estimate by bytes, tokens answered a ceiling; a question
 * that the cache knows, or that was asked before, costs nothing.
 */
#ifndef EXTRACT_FORECAST_H
#define EXTRACT_FORECAST_H

#include "extract/foresee.h"
#include "model/client.h"

/* Emits one line of JSON; the options' cache, price and refresh count. */
bool		 forecast(struct run *, char *const *operands, struct extract *,
		    const struct asking *, const struct client_options *,
		    struct err *);

#endif
