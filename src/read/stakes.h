#ifndef ITD_READ_STAKES_H
#define ITD_READ_STAKES_H

#include "read/stakes_csv.h"

/** A form of registers of who holds what in whom. */
typedef struct itd_stakes_format {
    const char *id; /**< "bods" */
    /** Does a file start like one? At most ITD_INPUT_PEEK_MAX bytes. */
    bool (*is)(itd_sv head);
    itd_status (*read)(itd_stakes_reading *reading, itd_input *input, itd_error *error);
} itd_stakes_format;

/** The form that a file which starts like this has, or NULL: none of these. Threads: safe. */
const itd_stakes_format *itd_stakes_format_of(itd_sv head);
/** Row by row, NULL past the last; the first one is the simplest form. */
const itd_stakes_format *itd_stakes_format_at(size_t index);

#endif
