#ifndef ITD_FETCH_SHELF_H
#define ITD_FETCH_SHELF_H

#include "base/arena.h"
#include "base/part.h"
#include "fetch/card.h"

/** Name of the folder beside a list that keeps what is known of it. Readers of folders pass it by. */
#define ITD_SHELF_OWN_FOLDER ".interdict"

/* Where the copies of one dataset are kept:
 *
 *     INTO/DATASET/FILE                     the last good copy: what is indexed
 *     INTO/DATASET/.interdict/copy.json     its card
 *     INTO/DATASET/.interdict/held/FILE     a newer one that waits for a person, and held.json, its card
 *     INTO/DATASET/.interdict/part/FILE     a download that is not whole, and part.json, its card
 *
 * A card tells of a file by its hash. When the two do not fit, as after a kill between their renames, the card is as
 * good as none. The file of a download has its final name, for readers also go by names. */

typedef struct itd_shelf {
    const char *folder; /**< INTO/DATASET */
    const char *file, *card;
    const char *held, *held_card;
    const char *part, *part_card;
    const char *held_folder, *part_folder;
} itd_shelf;

/** Names alone; nothing is made. Texts live in the arena. @return ITD_OK | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_shelf_name(itd_shelf *out, const char *into, const char *dataset, const char *file,
                                         itd_arena *arena, itd_error *error);
/** Makes the folders and opens the part, which is this process's alone until it is closed.
 *  @return ITD_OK | ITD_EIO (also: another process is at work) | ITD_ELIMIT | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_shelf_open(itd_part **part, const itd_shelf *shelf, itd_error *error);

/** A file with its card, as they were found. */
typedef struct itd_shelf_copy {
    bool there; /**< the file is */
    bool known; /**< and the card tells of it */
    itd_card card;
} itd_shelf_copy;

/** Looks at a file and its card. @param check  hash the file; else the card is taken at its word when the sizes agree
 *  @return ITD_OK | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_shelf_look(itd_shelf_copy *out, const char *file, const char *card, bool check,
                                         itd_error *error);
/** BLAKE2b-256 in hexadecimal, and the size. @return ITD_OK | ITD_ENOTFOUND | ITD_EIO */
ITD_MUST_CHECK itd_status itd_shelf_hash(char hash[ITD_CARD_HASH_MAX], uint64_t *bytes, const char *path,
                                         itd_error *error);

/** The download becomes the copy; what was held goes. The last good copy stays whole until this one is.
 *  @return ITD_OK | ITD_EIO | ITD_ENOMEM */
ITD_MUST_CHECK itd_status itd_shelf_keep(const itd_shelf *shelf, itd_part *part, const itd_card *card,
                                         itd_error *error);
/** The download is put beside the copy. */
ITD_MUST_CHECK itd_status itd_shelf_hold(const itd_shelf *shelf, itd_part *part, const itd_card *card,
                                         itd_error *error);
/** What was held becomes the copy. */
ITD_MUST_CHECK itd_status itd_shelf_accept(const itd_shelf *shelf, const itd_card *card, itd_error *error);
/** What was held goes. */
ITD_MUST_CHECK itd_status itd_shelf_drop_held(const itd_shelf *shelf, itd_error *error);

#endif
