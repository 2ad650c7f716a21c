#ifndef ITD_STORE_WORK_H
#define ITD_STORE_WORK_H

#include "store/store.h"

/* Work that takes long says first that it begins, in a transaction of its own, and unsays it in the one that it is done
 * in. What is still said when its process is gone did not finish: the case is as it was before. */

typedef struct itd_store_work {
    char command[32], person[256]; /**< cut to what fits */
    int64_t began;
    int64_t process; /**< its number */
    int64_t started; /**< when the process was, in ticks since the machine was; 0: not known */
} itd_store_work;

/** In a transaction of its own: not inside of one. What others left is taken over.
 *  @return as itd_store_begin and itd_store_commit */
ITD_MUST_CHECK itd_status itd_store_work_begin(itd_store *store, const char *command, itd_sv person, int64_t now,
                                               itd_error *error);
/** Inside of the transaction that the work is done in, or of one that gives it up. */
ITD_MUST_CHECK itd_status itd_store_work_end(itd_store *store, itd_error *error);
/** `*left` tells whether work was begun that nobody goes on with: its process is gone. Then `*out` says whose. Inside
 * of a transaction or not. A process in a container of its own is not seen: it passes for gone. */
ITD_MUST_CHECK itd_status itd_store_work_left(itd_store_work *out, bool *left, itd_store *store, itd_error *error);
/** "the import begun by P at T did not finish: the case is as it was before". Ends in NUL. */
void itd_store_work_text(char *out, size_t size, const itd_store_work *work);

#endif
