#include "read/siblings.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/vector.h"
#include "read/naming.h"

itd_sv itd_sibling_name(const char *path)
{
    static const char *const endings[] = {".gz", ".zst"};
    itd_sv name = itd_sv_of(itd_document_of_path(path));
    for (size_t i = 0; i < 2; i++) {
        itd_sv ending = itd_sv_of(endings[i]);
        if (name.size > ending.size &&
            itd_sv_equal_nocase(itd_sv_slice(name, name.size - ending.size, ending.size), ending))
            return itd_sv_slice(name, 0, name.size - ending.size);
    }
    return name;
}

/* Plain before compressed, then byte order. */
static int order(const void *left, const void *right)
{
    const char *a = *(const char *const *)left, *b = *(const char *const *)right;
    bool packed_a = itd_sibling_name(a).size != strlen(itd_document_of_path(a));
    bool packed_b = itd_sibling_name(b).size != strlen(itd_document_of_path(b));
    return packed_a != packed_b ? packed_a - packed_b : strcmp(a, b);
}

itd_status itd_siblings_find(itd_siblings *out, const char *path, bool (*fits)(itd_sv name), itd_arena *arena,
                             itd_error *error)
{
    ITD_VECTOR(const char *) found = {0};
    itd_status status = ITD_OK;
    itd_sv folder = itd_sv_make(path, (size_t)(itd_document_of_path(path) - path));
    itd_sv opened = folder.size ? itd_arena_copy(arena, folder) : ITD_SV(".");
    if (!opened.data)
        return itd_fail_memory(error);
    DIR *stream = opendir(opened.data);
    if (!stream)
        return itd_fail_errno(error, opened.data, "open the folder");
    while (status == ITD_OK) {
        errno = 0;
        const struct dirent *item = readdir(stream);
        if (!item) {
            status = errno ? itd_fail_errno(error, opened.data, "read the folder") : ITD_OK;
            break;
        }
        if (!fits(itd_sibling_name(item->d_name)))
            continue;
        const char *sibling = itd_arena_format(arena, "%.*s%s", ITD_SV_ARG(folder), item->d_name).data;
        if (!sibling || !itd_vector_push(&found, sibling))
            status = itd_fail_memory(error);
    }
    closedir(stream);
    const char **paths = status == ITD_OK ? itd_arena_alloc_array(arena, found.count, sizeof paths[0]) : NULL;
    if (status == ITD_OK && !paths)
        status = itd_fail_memory(error);
    if (status == ITD_OK && found.count > 0) {
        memcpy(paths, found.items, found.count * sizeof paths[0]);
        qsort(paths, found.count, sizeof paths[0], order);
    }
    if (status == ITD_OK)
        *out = (itd_siblings){paths, found.count};
    itd_vector_finish(&found);
    return status;
}
