#include "engine/spool.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

#define SPOOL_CHUNK ((size_t)1 << 16)

static itd_status copy(itd_file_writer *writer, uint64_t bytes_max, itd_error *error)
{
    uint64_t kept = 0;
    static _Thread_local char chunk[SPOOL_CHUNK];
    for (;;) {
        ssize_t got = read(STDIN_FILENO, chunk, sizeof chunk);
        if (got == 0)
            return ITD_OK;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return itd_fail_errno(error, "-", "read standard input");
        if ((uint64_t)got > bytes_max - kept)
            return itd_fail_at(error, ITD_ELIMIT, "-", 0, bytes_max,
                               "standard input goes beyond %llu bytes (ITD_SPOOL_MAX): name the file instead",
                               (unsigned long long)bytes_max);
        kept += (uint64_t)got;
        ITD_TRY(itd_file_writer_write(writer, chunk, (size_t)got, error));
    }
}

static itd_status fill(const itd_spool *spool, uint64_t bytes_max, itd_error *error)
{
    itd_file_writer *writer = NULL;
    ITD_TRY(itd_file_writer_create(&writer, spool->path, error));
    itd_status status = copy(writer, bytes_max, error);
    if (status == ITD_OK)
        return itd_file_writer_commit(writer, error);
    itd_file_writer_abort(writer);
    return status;
}

itd_status itd_spool_standard_input(itd_spool *out, uint64_t bytes_max, itd_error *error)
{
    itd_spool spool;
    ITD_TRY(itd_folder_make_temporary(spool.folder, sizeof spool.folder, error));
    (void)snprintf(spool.path, sizeof spool.path, "%s/stdin", spool.folder);
    itd_status status = fill(&spool, bytes_max, error);
    if (status != ITD_OK) {
        itd_spool_finish(&spool);
        return status;
    }
    *out = spool;
    return ITD_OK;
}

void itd_spool_finish(itd_spool *spool)
{
    if (!spool || spool->folder[0] == '\0')
        return;
    (void)unlink(spool->path);
    (void)rmdir(spool->folder);
    *spool = (itd_spool){{0}, {0}};
}
