#ifndef ITD_READ_OTHERS_H
#define ITD_READ_OTHERS_H

#include "model/other.h"
#include "read/reader.h"

/** Most properties that a note names. */
#define ITD_OTHERS_NAMED_MAX 5

/** Properties that the model does not have and that a reading has kept (model/other.h), for one note of it. All zeros
 * at the start. */
typedef struct itd_others {
    struct {
        itd_schema schema;
        char name[ITD_OTHER_NAME_MAX + 1];
    } named[ITD_OTHERS_NAMED_MAX]; /**< the first ones */
    size_t count;
    bool more; /**< there are others besides */
} itd_others;

/** Tells of a statement; only those of ITD_P_OTHER count. Cost: constant. */
void itd_others_see(itd_others *others, const itd_statement *statement);
/** Says what was seen to read->note, when anything was. */
void itd_others_note(const itd_others *others, const itd_read *read);

#endif
