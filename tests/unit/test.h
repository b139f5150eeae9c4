/*
 * test - what every cmocka program of ours includes.
 */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/slice.h"

#define TEST(name)	static void name(void **state)
#define RUN(tests)	cmocka_run_group_tests(tests, NULL, NULL)

#define assert_slice(s, text)                                                \
	do {                                                                 \
		struct slice got_ = (s);                                     \
		assert_int_equal(got_.n, strlen(text));                      \
		assert_memory_equal(got_.p, text, got_.n);                   \
	} while (0)

#endif
