/*
 * Any bytes as an event stream and as a reply: the reader ends, hands out
 * nothing that lies outside, and what it refuses it explains.
 */
#include <stdint.h>

#include "model/chat.h"
#include "model/sse.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct slice body = { (const char *)data, n }, rest = body, event;
	struct arena *a = arena_new();
	struct chat_reply r;
	struct err e = { 0 };
	size_t total = 0;

	while (sse_next(&rest, a, &event))
		total += event.n;
	if (total > n)
		__builtin_trap();
	if (!chat_read(body, a, &r, &e) && e.text[0] == '\0')
		__builtin_trap();
	chat_watch(body);
	arena_free(a);
	return 0;
}
