/*
 * batch - the questions of a run as OpenAI batch files instead of requests,
 * and their results into the cache.
 *
 * A line of FOLDER/requests-0001.jsonl ... is
 * {"custom_id":KEY,"method":"POST","url":"/v1/chat/completions","body":{...}}
 * with the cache's key in hex; a line of a result has "custom_id" and
 * "response":{"status_code","body"}.  The ordinary run with --cache-only then
 * finishes, with the bytes of a live one.
 */
#ifndef EXTRACT_BATCH_H
#define EXTRACT_BATCH_H

#include "extract/foresee.h"
#include "model/client.h"

#define BATCH_LINES	50000			/* of a file at most */
#define BATCH_BYTES	((uint64_t)190 << 20)

/*
 * What is in the options' cache is left out.  The folder is made; one that
 * holds requests already is ERR_USAGE.  *count: the requests.
 */
bool		 batch_emit(struct run *, char *const *operands,
		    struct extract *, const struct asking *,
		    const struct client_options *, const char *folder,
		    uint64_t *count, struct err *);
/*
 * Results in any order; a line without an answer is skipped as `no_answer`
 * (the server's error) or `unusable` (what the model said).  Returns the exit
 * status.
 */
int		 batch_absorb(const struct run_options *, char *const *operands,
		    const char *cache, struct err *);

#endif
