#include "base/part.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/memory.h"

/* A file that was renamed away while we waited for it is opened anew; more often than this it is somebody's mischief.
 */
#define OPENINGS_MAX 10

struct itd_part {
    int file;
    bool moved;
    uint64_t size;
    char path[];
};

static bool refused(void)
{
    if (!itd_fault_hits(ITD_FAULT_WRITE))
        return false;
    errno = EIO;
    return true;
}

/* Opens and locks once. `*gone`: what was locked is no longer what the path names. */
static itd_status open_once(itd_part *part, bool *gone, itd_error *error)
{
    struct stat ours, named;
    *gone = false;
    part->file = refused() ? -1 : open(part->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);
    if (part->file < 0)
        return itd_fail_errno(error, part->path, "open for writing");
    if (flock(part->file, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK)
            return itd_fail_at(error, ITD_EIO, part->path, 0, ITD_NOWHERE, "another process is at work on it");
        return itd_fail_errno(error, part->path, "lock");
    }
    if (fstat(part->file, &ours) != 0)
        return itd_fail_errno(error, part->path, "examine");
    if (!S_ISREG(ours.st_mode))
        return itd_fail_at(error, ITD_EIO, part->path, 0, ITD_NOWHERE, "not a regular file");
    *gone = stat(part->path, &named) != 0 || named.st_ino != ours.st_ino || named.st_dev != ours.st_dev;
    part->size = (uint64_t)ours.st_size;
    return ITD_OK;
}

itd_status itd_part_open(itd_part **out, const char *path, itd_error *error)
{
    assert(out && path);
    size_t size = strlen(path) + 1;
    itd_part *part = itd_calloc(1, sizeof *part + size);
    if (!part)
        return itd_fail_memory(error);
    memcpy(part->path, path, size);
    for (int i = 0; i < OPENINGS_MAX; i++) {
        bool gone = false;
        itd_status status = open_once(part, &gone, error);
        if (status == ITD_OK && !gone) {
            *out = part;
            return ITD_OK;
        }
        if (part->file >= 0)
            (void)close(part->file);
        if (status != ITD_OK) {
            itd_free(part);
            return status;
        }
    }
    itd_free(part);
    return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "it is renamed again and again");
}

uint64_t itd_part_size(const itd_part *part)
{
    return part->size;
}

const char *itd_part_path(const itd_part *part)
{
    return part->path;
}

itd_status itd_part_cut(itd_part *part, uint64_t size, itd_error *error)
{
    assert(part && !part->moved && size <= part->size);
    if (size == part->size)
        return ITD_OK;
    if (refused() || ftruncate(part->file, (off_t)size) != 0)
        return itd_fail_errno(error, part->path, "cut");
    part->size = size;
    return ITD_OK;
}

itd_status itd_part_write(itd_part *part, const void *bytes, size_t size, itd_error *error)
{
    assert(part && !part->moved && (bytes || size == 0));
    const char *at = bytes;
    while (size > 0) {
        ssize_t done = refused() ? -1 : pwrite(part->file, at, size, (off_t)part->size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            if (done == 0)
                errno = ENOSPC;
            return itd_fail_errno(error, part->path, "write");
        }
        at += done;
        size -= (size_t)done;
        part->size += (uint64_t)done;
    }
    return ITD_OK;
}

itd_status itd_part_move(itd_part *part, const char *path, itd_error *error)
{
    assert(part && path && !part->moved);
    if (refused() || fsync(part->file) != 0)
        return itd_fail_errno(error, part->path, "sync");
    ITD_TRY(itd_file_move(part->path, path, error));
    part->moved = true;
    return ITD_OK;
}

void itd_part_close(itd_part *part)
{
    if (!part)
        return;
    if (!part->moved && part->size == 0)
        (void)unlink(part->path);
    (void)close(part->file);
    itd_free(part);
}
