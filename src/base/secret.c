#include "base/secret.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fault.h"
#include "base/file.h"
#include "base/memory.h"

static bool refused(void)
{
    if (!itd_fault_hits(ITD_FAULT_WRITE))
        return false;
    errno = EIO;
    return true;
}

static bool put(int file, itd_sv bytes)
{
    for (size_t at = 0; at < bytes.size;) {
        ssize_t done = refused() ? -1 : write(file, bytes.data + at, bytes.size - at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += (size_t)done;
    }
    return !refused() && fsync(file) == 0;
}

/* Made aside and then named: nobody finds half of it, and what is there already is never replaced. */
itd_status itd_secret_create(const char *path, itd_sv bytes, itd_error *error)
{
    assert(path && bytes.size <= ITD_SECRET_BYTES_MAX);
    struct stat about;
    if (lstat(path, &about) == 0)
        return itd_fail_at(error, ITD_EINVAL, path, 0, ITD_NOWHERE, "there is a file of that name already");
    const char *slash = strrchr(path, '/');
    int folder = slash ? (int)(slash + 1 - path) : 0;
    size_t size = strlen(path) + 48;
    char *aside = itd_malloc(size);
    if (!aside)
        return itd_fail_memory(error);
    (void)snprintf(aside, size, "%.*s.%s.%ld.tmp", folder, path, path + folder, (long)getpid());
    (void)unlink(aside); /* of a process of the same number that was killed */
    itd_status status = ITD_OK;
    int file = refused() ? -1 : open(aside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (file < 0) {
        status = itd_fail_errno(error, path, "create a file beside it");
        goto out;
    }
    if (!put(file, bytes))
        status = itd_fail_errno(error, path, "write");
    if (close(file) != 0 && status == ITD_OK)
        status = itd_fail_errno(error, path, "close");
    if (status == ITD_OK)
        status = itd_file_name(aside, path, error);
    if (status != ITD_OK)
        (void)unlink(aside);
out:
    itd_free(aside);
    return status;
}

itd_status itd_secret_read(char *bytes, size_t *size, const char *path, itd_error *error)
{
    assert(bytes && size && path);
    struct stat about;
    size_t got = 0;
    itd_status status = ITD_OK;
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        return itd_fail_at(error, ITD_ENOTFOUND, path, 0, ITD_NOWHERE, "no such file");
    if (file < 0)
        return itd_fail_errno(error, path, "open");
    if (fstat(file, &about) != 0) {
        status = itd_fail_errno(error, path, "look at it");
    } else if (!S_ISREG(about.st_mode)) {
        status = itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "not a regular file");
    } else if (about.st_mode & 077) {
        status = itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE,
                             "others than its owner may use this file (mode %03o): chmod 600, and take a new one if "
                             "somebody may have read it",
                             (unsigned)about.st_mode & 0777u);
    } else if ((uint64_t)about.st_size > ITD_SECRET_BYTES_MAX) {
        status = itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "longer than %zu bytes", ITD_SECRET_BYTES_MAX);
    }
    while (status == ITD_OK && got < ITD_SECRET_BYTES_MAX) {
        ssize_t part = read(file, bytes + got, ITD_SECRET_BYTES_MAX - got);
        if (part < 0 && errno == EINTR)
            continue;
        if (part < 0)
            status = itd_fail_errno(error, path, "read");
        if (part <= 0)
            break;
        got += (size_t)part;
    }
    (void)close(file);
    if (status == ITD_OK)
        *size = got;
    return status;
}
