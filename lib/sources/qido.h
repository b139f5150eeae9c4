/*
 * qido - a page of answers of QIDO-RS (PS3.18, 10.6): an array of objects of
 * the DICOM JSON model, one record each, each with a chain of ids of its own.
 */
#ifndef SOURCES_QIDO_H
#define SOURCES_QIDO_H

#include "sources/member.h"

/* Reads a member whose input is one page, in memory. */
bool	qido_read(struct member *, struct err *);

#endif
