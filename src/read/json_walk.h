#ifndef ITD_READ_JSON_WALK_H
#define ITD_READ_JSON_WALK_H

#include "base/sv.h"

/** A place in the text of a JSON array; lines are counted on the way. All zeros but for `text` and `line` 1; or `at`
 * stands before the array in a longer text, `line` with it. */
typedef struct itd_json_walk {
    itd_sv text;
    size_t at;
    uint64_t line;
    bool inside; /**< its bracket was passed */
    bool ended;
} itd_json_walk;

/** The next item of the array and where it stands; its text is the parser's to judge. False at the end, and where the
 * array itself breaks off: then `*reason` says how (static), else it is NULL, and the walk stands there. */
bool itd_json_walk_next(itd_json_walk *walk, itd_sv *item, uint64_t *line, uint64_t *offset, const char **reason);

#endif
