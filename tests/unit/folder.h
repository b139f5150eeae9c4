/*
 * folder - an empty folder that a test works in, made before it and taken away
 * behind it.
 */
#ifndef FOLDER_H
#define FOLDER_H

#include "test.h"

static char folder[64];

static inline int
enter_folder_below(const char *place)
{
	snprintf(folder, sizeof(folder), "%s/mdx-unit-XXXXXX", place);
	return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static inline int
enter_folder(void **state)
{
	(void)state;
	return enter_folder_below("/tmp");
}

static inline int
leave_folder(void **state)
{
	char command[96];

	(void)state;
	snprintf(command, sizeof(command), "rm -rf %s", folder);
	return chdir("/") != 0 || system(command) != 0;
}

#endif
