#include "base/file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/memory.h"

#define WRITER_BUFFER_BYTES ((size_t)1 << 16)
/* Names to try before giving up on a temporary file. */
#define WRITER_NAMES_MAX 100

struct itd_file_writer {
    int file;        /* -1: closed */
    bool broken;     /* something failed: a commit is refused */
    uint64_t offset; /* of the first byte in `buffer` */
    size_t held;     /* bytes in `buffer` */
    char *target, *temporary;
    char buffer[WRITER_BUFFER_BYTES];
};

static itd_status fail_open(itd_error *error, const char *path)
{
    if (errno == ENOENT || errno == ENOTDIR)
        return itd_fail_at(error, ITD_ENOTFOUND, path, 0, ITD_NOWHERE, "no such file");
    return itd_fail_errno(error, path, "open");
}

itd_status itd_mapping_open(itd_mapping *out, const char *path, itd_error *error)
{
    assert(out && path);
    itd_status status = ITD_OK;
    struct stat about;
    void *data = NULL;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe must not make us wait */
    if (file < 0)
        return fail_open(error, path);
    if (fstat(file, &about) != 0) {
        status = itd_fail_errno(error, path, "examine");
        goto out;
    }
    if (!S_ISREG(about.st_mode)) {
        status = itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "not a regular file");
        goto out;
    }
    if (about.st_size > 0) {
        data = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_SHARED, file, 0);
        if (data == MAP_FAILED) {
            status = itd_fail_errno(error, path, "map");
            goto out;
        }
    }
    *out = (itd_mapping){.data = data, .size = (size_t)about.st_size};
out:
    (void)close(file);
    return status;
}

void itd_mapping_close(itd_mapping *mapping)
{
    if (!mapping)
        return;
    if (mapping->data)
        (void)munmap((void *)(uintptr_t)mapping->data, mapping->size);
    *mapping = (itd_mapping){0};
}

/* True when a test refuses, in the name of the system, a write, a sync or a rename. */
static bool refused(void)
{
    if (!itd_fault_hits(ITD_FAULT_WRITE))
        return false;
    if (itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_TEARS)
        itd_fault_kill();
    errno = itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_FULL ? ENOSPC : EIO;
    return true;
}

static ssize_t put_some(int file, const char *bytes, size_t size, uint64_t offset)
{
    if (itd_fault_hits(ITD_FAULT_WRITE)) {
        if (itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_TEARS) {
            (void)!pwrite(file, bytes, size / 2, (off_t)offset);
            itd_fault_kill();
        }
        errno = itd_fault_effect_of(ITD_FAULT_WRITE) == ITD_FAULT_FULL ? ENOSPC : EIO;
        return -1;
    }
    return pwrite(file, bytes, size, (off_t)offset);
}

static char *copy_text(const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = itd_malloc(size);
    return copy ? memcpy(copy, text, size) : NULL;
}

/* Where a rename has to go: links are followed, and what is there already has to be a regular file. */
static itd_status find_target(char **out, const char *path, itd_error *error)
{
    struct stat about;
    char real[PATH_MAX];
    const char *found = path;
    if (lstat(path, &about) == 0) {
        if (S_ISLNK(about.st_mode)) {
            if (!realpath(path, real) || stat(real, &about) != 0)
                return itd_fail_errno(error, path, "follow the link");
            found = real;
        }
        if (!S_ISREG(about.st_mode))
            return itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "cannot be replaced: not a regular file");
    }
    *out = copy_text(found);
    return *out ? ITD_OK : itd_fail_memory(error);
}

/* A new file beside the target; opened rather than mkstemp-ed so that the umask applies. */
static itd_status open_temporary(itd_file_writer *writer, itd_error *error)
{
    static atomic_uint counter;
    size_t size = strlen(writer->target) + 48;
    const char *slash = strrchr(writer->target, '/');
    int folder = slash ? (int)(slash + 1 - writer->target) : 0;
    writer->temporary = itd_malloc(size);
    if (!writer->temporary)
        return itd_fail_memory(error);
    for (int i = 0; i < WRITER_NAMES_MAX && writer->file < 0; i++) {
        (void)snprintf(writer->temporary, size, "%.*s.%s.%ld-%u.tmp", folder, writer->target, writer->target + folder,
                       (long)getpid(), atomic_fetch_add(&counter, 1));
        writer->file = refused() ? -1 : open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (writer->file < 0 && errno != EEXIST)
            break;
    }
    if (writer->file >= 0)
        return ITD_OK;
    itd_status status = itd_fail_errno(error, writer->target, "create a file beside it");
    itd_free(writer->temporary);
    writer->temporary = NULL; /* nothing to remove */
    return status;
}

itd_status itd_file_writer_create(itd_file_writer **out, const char *path, itd_error *error)
{
    assert(out && path);
    itd_file_writer *writer = itd_malloc(sizeof *writer);
    if (!writer)
        return itd_fail_memory(error);
    writer->file = -1;
    writer->broken = false;
    writer->offset = 0;
    writer->held = 0;
    writer->target = writer->temporary = NULL;
    itd_status status = find_target(&writer->target, path, error);
    if (status == ITD_OK)
        status = open_temporary(writer, error);
    if (status != ITD_OK) {
        itd_file_writer_abort(writer);
        return status;
    }
    *out = writer;
    return ITD_OK;
}

static itd_status put(itd_file_writer *writer, uint64_t offset, const char *bytes, size_t size, itd_error *error)
{
    while (size > 0) {
        ssize_t done = put_some(writer->file, bytes, size, offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0) {
            if (done == 0)
                errno = ENOSPC;
            writer->broken = true;
            return itd_fail_errno(error, writer->target, "write");
        }
        bytes += done;
        size -= (size_t)done;
        offset += (uint64_t)done;
    }
    return ITD_OK;
}

static itd_status flush(itd_file_writer *writer, itd_error *error)
{
    ITD_TRY(put(writer, writer->offset, writer->buffer, writer->held, error));
    writer->offset += writer->held;
    writer->held = 0;
    return ITD_OK;
}

itd_status itd_file_writer_write(itd_file_writer *writer, const void *bytes, size_t size, itd_error *error)
{
    assert(writer && (bytes || size == 0));
    if (size > WRITER_BUFFER_BYTES - writer->held)
        ITD_TRY(flush(writer, error));
    if (size >= WRITER_BUFFER_BYTES) {
        ITD_TRY(put(writer, writer->offset, bytes, size, error));
        writer->offset += size;
    } else if (size) {
        memcpy(writer->buffer + writer->held, bytes, size);
        writer->held += size;
    }
    return ITD_OK;
}

itd_status itd_file_writer_write_at(itd_file_writer *writer, uint64_t offset, const void *bytes, size_t size,
                                    itd_error *error)
{
    assert(writer && (bytes || size == 0));
    uint64_t end = itd_file_writer_size(writer);
    if (offset > end || size > end - offset)
        return itd_fail_at(error, ITD_EINVAL, writer->target, 0, offset, "%zu bytes there were not written yet", size);
    ITD_TRY(flush(writer, error));
    return put(writer, offset, bytes, size, error);
}

uint64_t itd_file_writer_size(const itd_file_writer *writer)
{
    return writer->offset + writer->held;
}

/* The rename itself is kept across a power cut only once the folder is synced. Some file systems cannot, and the new
 * file is whole and in place by then: a refusal here is no failure. */
static void sync_folder(const char *target)
{
    const char *slash = strrchr(target, '/');
    char folder[PATH_MAX];
    int size = snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash + 1 - target) : 1, slash ? target : ".");
    int file = size > 0 && (size_t)size < sizeof folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    (void)fsync(file);
    (void)close(file);
}

static itd_status finish(itd_file_writer *writer, itd_error *error)
{
    if (writer->broken)
        return itd_fail_at(error, ITD_EIO, writer->target, 0, ITD_NOWHERE, "an earlier write failed");
    ITD_TRY(flush(writer, error));
    if (refused() || fsync(writer->file) != 0)
        return itd_fail_errno(error, writer->target, "sync");
    int file = writer->file;
    writer->file = -1;
    if (close(file) != 0)
        return itd_fail_errno(error, writer->target, "close");
    if (refused() || rename(writer->temporary, writer->target) != 0)
        return itd_fail_errno(error, writer->target, "put the new file in place");
    itd_free(writer->temporary);
    writer->temporary = NULL;
    sync_folder(writer->target);
    return ITD_OK;
}

itd_status itd_file_writer_commit(itd_file_writer *writer, itd_error *error)
{
    assert(writer);
    itd_status status = finish(writer, error);
    itd_file_writer_abort(writer);
    return status;
}

void itd_file_writer_abort(itd_file_writer *writer)
{
    if (!writer)
        return;
    if (writer->file >= 0)
        (void)close(writer->file);
    if (writer->temporary)
        (void)unlink(writer->temporary);
    itd_free(writer->temporary);
    itd_free(writer->target);
    itd_free(writer);
}

itd_status itd_file_name(const char *from, const char *to, itd_error *error)
{
    assert(from && to);
    int done = refused() ? -1 : renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    if (done != 0 && errno == EINVAL) /* a file system that cannot look and rename at once */
        done = access(to, F_OK) == 0 ? (errno = EEXIST, -1) : rename(from, to);
    if (done != 0 && errno == EEXIST)
        return itd_fail_at(error, ITD_EINVAL, to, 0, ITD_NOWHERE, "there is a file of that name already");
    if (done != 0)
        return itd_fail_errno(error, to, "put the new file in place");
    sync_folder(to);
    return ITD_OK;
}

itd_status itd_file_move(const char *from, const char *to, itd_error *error)
{
    if (refused() || rename(from, to) != 0)
        return itd_fail_errno(error, to, "put the file in place");
    sync_folder(to);
    return ITD_OK;
}

itd_status itd_file_remove(const char *path, itd_error *error)
{
    if (refused() || (unlink(path) != 0 && errno != ENOENT && errno != ENOTDIR))
        return itd_fail_errno(error, path, "remove");
    return ITD_OK;
}

itd_status itd_folder_make(const char *path, itd_error *error)
{
    char part[PATH_MAX];
    struct stat about;
    size_t size = strlen(path);
    if (size >= sizeof part)
        return itd_fail_at(error, ITD_ELIMIT, path, 0, ITD_NOWHERE, "the path is longer than PATH_MAX (%d)", PATH_MAX);
    for (size_t end = 1; end <= size; end++) {
        if (end < size && path[end] != '/')
            continue;
        memcpy(part, path, end);
        part[end] = '\0';
        if (stat(part, &about) == 0 && S_ISDIR(about.st_mode))
            continue;
        bool made = !refused() && mkdir(part, 0777) == 0;
        if (made || (errno == EEXIST && stat(part, &about) == 0 && S_ISDIR(about.st_mode)))
            continue; /* by somebody else meanwhile */
        return itd_fail_errno(error, part, "make the folder");
    }
    return ITD_OK;
}

const char *itd_temporary_place(void)
{
    const char *place = getenv("TMPDIR");
    return place && *place ? place : "/tmp";
}

itd_status itd_folder_make_temporary(char *out, size_t size, itd_error *error)
{
    assert(out && size > 0);
    char path[PATH_MAX];
    size_t room = size < sizeof path ? size : sizeof path;
    int length = snprintf(path, room, "%s/interdict-XXXXXX", itd_temporary_place());
    if (length < 0 || (size_t)length >= room)
        return itd_fail(error, ITD_ELIMIT, "the path in TMPDIR is too long");
    if (refused() || !mkdtemp(path))
        return itd_fail_errno(error, path, "make a temporary folder");
    memcpy(out, path, (size_t)length + 1);
    return ITD_OK;
}
