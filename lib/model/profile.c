#include "model/profile.h"

const struct profile profile_usual = { "auto", NULL, CHAT_SCHEMA, "max_tokens",
	true };

static const struct profile profiles[] = {
	{ "deepseek", "deepseek", CHAT_OBJECT, "max_tokens", false },
	{ "vllm", "vllm", CHAT_SCHEMA, "max_tokens", true },
	{ "sglang", "sglang", CHAT_SCHEMA, "max_tokens", true },
	{ "ollama", "library", CHAT_SCHEMA, "max_tokens", true },
	{ "llama.cpp", "llamacpp", CHAT_SCHEMA, "max_tokens", true },
	{ "openai", "openai", CHAT_SCHEMA, "max_completion_tokens", true },
};

const char profile_names[] =
    "auto deepseek vllm sglang ollama llama.cpp openai";

#define PROFILES (sizeof(profiles) / sizeof(profiles[0]))

const struct profile *
profile_find(struct slice name)
{
	for (size_t i = 0; i < PROFILES; i++)
		if (slice_is(name, profiles[i].name))
			return &profiles[i];
	return NULL;
}

const struct profile *
profile_owner(struct slice owner)
{
	for (size_t i = 0; i < PROFILES; i++)
		if (slice_starts(owner, profiles[i].owner))
			return &profiles[i];
	/* OpenAI's own models belong to "system" as well. */
	return slice_is(owner, "system") ? profile_find(SLICE("openai")) : NULL;
}
