// parse-only FILE: simdjson's DOM over each line of NDJSON, nothing else.
#include <cstdio>
#include <simdjson.h>

int
main(int argc, char *argv[])
{
	simdjson::dom::parser parser;
	simdjson::dom::document_stream documents;
	simdjson::padded_string text;
	size_t n = 0;

	if (argc != 2 || simdjson::padded_string::load(argv[1]).get(text) ||
	    parser.parse_many(text, 1 << 20).get(documents))
		return 1;
	for (auto document : documents)
		n += document.error() == simdjson::SUCCESS;
	printf("%zu\n", n);
	return 0;
}
