#include "member.h"

/* The bits that say how the input is cut up choose the options, too. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	options.dicom.private_too = n > 0 && (data[0] & 4) != 0;
	options.dicom.repair = n > 0 && (data[0] & 8) != 0;
	options.dicom.charset =
	    n > 0 && (data[0] & 16) != 0 ? "\\ISO 2022 IR 58" : NULL;
	return read_member("dicom", data, n);
}
