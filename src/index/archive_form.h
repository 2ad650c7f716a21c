#ifndef ITD_INDEX_ARCHIVE_FORM_H
#define ITD_INDEX_ARCHIVE_FORM_H

#include "model/statement.h"

/* A block of the archive before compression, for those who write and read it. */

/** What of a statement stands in the block; the rest is as in the statement before it, at first nothing. A number takes
 * a byte for each seven of its bits, low ones first; a difference has its sign in its lowest bit; a text is its size
 * among the numbers and its bytes among the texts. In this order: these bits, those of HAS_MORE, the difference of the
 * property, then what stands there as it is listed here, with the value behind the dataset and the schema, the place
 * and the grades at the end. */
enum {
    HAS_ENTITY = 1,
    HAS_RECORD = 2,
    HAS_DATASET = 4,
    HAS_ORIGINAL = 8, /**< where it does not stand it is empty */
    HAS_SCHEMA = 16,
    HAS_PLACE = 32, /**< the differences of line and offset, and the span */
    HAS_MORE = 64,  /**< another number of bits follows: */
    HAS_LANG = 1,
    HAS_FIRST_SEEN = 2,
    HAS_LAST_SEEN = 4,
    HAS_ORIGIN = 8,
    HAS_DOCUMENT = 16,
    HAS_GRADES = 32, /**< three bytes */
};

/** A place in a block. */
typedef struct itd_archive_cursor {
    itd_sv numbers, texts; /**< what is left of them */
    itd_statement statement;
} itd_archive_cursor;

/** The next statement, in cursor->statement; its texts lie in the block. False: the block is damaged. Any bytes may be
 * tried. */
bool itd_archive_take(itd_archive_cursor *cursor);

#endif
