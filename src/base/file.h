#ifndef ITD_BASE_FILE_H
#define ITD_BASE_FILE_H

#include "base/error.h"
#include "base/sv.h"

/** A file mapped read-only. */
typedef struct itd_mapping {
    const unsigned char *data; /**< page-aligned; NULL when the file is empty */
    size_t size;
} itd_mapping;

/** @return ITD_OK | ITD_ENOTFOUND | ITD_EIO.  Cost: no page is read.  The file may be unlinked or renamed over
 * afterwards. */
ITD_MUST_CHECK itd_status itd_mapping_open(itd_mapping *out, const char *path, itd_error *error);
void itd_mapping_close(itd_mapping *mapping);

/** A file written aside and put in place whole: the target is the old one or the new one, never a part. */
typedef struct itd_file_writer itd_file_writer;

/** Creates a temporary file in the folder of `path`: `.NAME.PID-N.tmp`. A process that is killed leaves it behind, and
 * nothing reads it again: it can be removed. Nobody else does, for what runs elsewhere may still be writing its own. */
ITD_MUST_CHECK itd_status itd_file_writer_create(itd_file_writer **out, const char *path, itd_error *error);
ITD_MUST_CHECK itd_status itd_file_writer_write(itd_file_writer *writer, const void *bytes, size_t size,
                                                itd_error *error);
/** Overwrites bytes that were already written (headers that are known last). */
ITD_MUST_CHECK itd_status itd_file_writer_write_at(itd_file_writer *writer, uint64_t offset, const void *bytes,
                                                   size_t size, itd_error *error);
uint64_t itd_file_writer_size(const itd_file_writer *writer);
/** Flushes, syncs, renames, syncs the folder; frees the writer whatever happens. On failure the target is untouched. */
ITD_MUST_CHECK itd_status itd_file_writer_commit(itd_file_writer *writer, itd_error *error);
/** Removes the temporary file and frees the writer. NULL is fine. */
void itd_file_writer_abort(itd_file_writer *writer);

/** Gives a finished file, made by somebody else and synced, its name, unless something of that name is there already;
 * syncs the folder. Both names lie in one file system. @return ITD_OK | ITD_EINVAL (the name is taken) | ITD_EIO */
ITD_MUST_CHECK itd_status itd_file_name(const char *from, const char *to, itd_error *error);
/** Renames a whole file over another of the same file system and syncs the folder. @return ITD_OK | ITD_EIO */
ITD_MUST_CHECK itd_status itd_file_move(const char *from, const char *to, itd_error *error);
/** Removes a file; one that is not there is no failure. @return ITD_OK | ITD_EIO */
ITD_MUST_CHECK itd_status itd_file_remove(const char *path, itd_error *error);
/** Where files that go with the process are put: $TMPDIR, else /tmp. Borrowed from the environment. */
const char *itd_temporary_place(void);
/** Makes a folder of a new name there that only this user can open; `out` gets its path of at most `size` bytes.
 *  @return ITD_OK | ITD_EIO | ITD_ELIMIT (the path in TMPDIR is too long) */
ITD_MUST_CHECK itd_status itd_folder_make_temporary(char *out, size_t size, itd_error *error);
/** Makes a folder and those above it that are missing. @return ITD_OK | ITD_EIO | ITD_ELIMIT (path too long) */
ITD_MUST_CHECK itd_status itd_folder_make(const char *path, itd_error *error);

#endif
