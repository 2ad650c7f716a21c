#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "base/vector.h"
#include "read/looks.h"
#include "read/mapped.h"
#include "read/naming.h"
#include "read/reader.h"

/* A file by what it is, whatever it was called. */
typedef struct file_key {
    dev_t device;
    ino_t inode;
} file_key;

typedef struct plan {
    const char *map;
    itd_arena *arena;
    ITD_VECTOR(itd_source_entry) entries;
    ITD_VECTOR(const char *) passed;
    ITD_VECTOR(file_key) taken; /* files that belong to an entry */
    size_t files;               /* looked at */
} plan;

static itd_status pass_over(plan *p, const char *path, itd_error *error)
{
    return itd_vector_push(&p->passed, path) ? ITD_OK : itd_fail_memory(error);
}

static bool is_taken(const plan *p, const struct stat *st)
{
    for (size_t i = 0; i < p->taken.count; i++)
        if (p->taken.items[i].inode == st->st_ino && p->taken.items[i].device == st->st_dev)
            return true;
    return false;
}

/* NULL: not known. `*memory` is set when a look needed memory that was not there. */
static const itd_format *recognise(const plan *p, const itd_sniff *look, bool *memory)
{
    if (itd_looks_like_bare_cr(look))
        return NULL;
    if (p->map) {
        if (itd_looks_json(look))
            return &itd_format_jsonl;
        if (itd_looks_textual(look))
            return &itd_format_csv;
    }
    const itd_format *best = NULL, *format;
    int best_sure = 0;
    for (size_t i = 0; (format = itd_format_at(i)) != NULL; i++) {
        int sure = format->sniff(look);
        *memory = *memory || sure < 0;
        if (sure > best_sure) {
            best = format;
            best_sure = sure;
        }
    }
    return best;
}

/* What a look at a file finds. */
typedef struct recognised {
    const itd_format *format; /* NULL: none knows it */
    const char *looks;        /* then: what it seems to be */
    itd_look_kind kind;
} recognised;

static itd_status look_at(recognised *out, const plan *p, const char *path, itd_error *error)
{
    itd_input *input = NULL;
    itd_sniff look = {.path = path};
    ITD_TRY(itd_input_open(&input, path, error));
    itd_status status = itd_input_peek(input, ITD_INPUT_PEEK_MAX, &look.head, error);
    if (status == ITD_OK) {
        look.whole = look.head.size < ITD_INPUT_PEEK_MAX;
        bool memory = false;
        out->format = recognise(p, &look, &memory);
        out->looks = out->format ? NULL : itd_looks_like(&look);
        out->kind = itd_look_kind_of(&look);
        if (memory)
            status = itd_fail_memory(error);
    }
    itd_input_close(input);
    return status;
}

static itd_status take_files(plan *p, const itd_source *source, itd_error *error)
{
    for (size_t i = 0; i < ITD_SOURCE_FILES_MAX; i++) {
        struct stat st;
        if (!source->paths[i])
            continue;
        if (stat(source->paths[i], &st) != 0)
            return itd_fail_errno(error, source->paths[i], "look at the file");
        file_key key = {st.st_dev, st.st_ino};
        if (!is_taken(p, &st) && !itd_vector_push(&p->taken, key))
            return itd_fail_memory(error);
    }
    return ITD_OK;
}

static bool is_mapped(const itd_format *format)
{
    return format == &itd_format_csv || format == &itd_format_jsonl;
}

/* What a folder holds may be anything: a table also the customers that are to be screened, a register those whose
 * owners are sought. Of neither is a list made unless the user names it. */
static bool is_only_named(const itd_format *format)
{
    return is_mapped(format) || format == &itd_format_bods || format == &itd_format_uk_psc ||
           format == &itd_format_gleif || format == &itd_format_icij;
}

static itd_status add_entry(plan *p, const itd_format *format, const char *path, itd_error *error)
{
    itd_source_entry entry = {.source = {.format = format}, .dataset = format->dataset};
    if (format->gather)
        ITD_TRY(format->gather(&entry.source, &entry.dataset, path, p->arena, error));
    else
        entry.source.paths[0] = path;
    entry.source.format = format;
    struct stat st;
    /* Another file of a set that has an entry. */
    if (entry.source.paths[0] && stat(entry.source.paths[0], &st) == 0 && is_taken(p, &st))
        return ITD_OK;
    if (is_mapped(format))
        ITD_TRY(itd_mapped_plan(&entry, p->map, p->arena, error));
    ITD_TRY(take_files(p, &entry.source, error));
    return itd_vector_push(&p->entries, entry) ? ITD_OK : itd_fail_memory(error);
}

/* What a file's name promises. A mapping file says what its sources are, so no name speaks against it. */
static const struct {
    const char *ending; /* of the name, in any case, without .gz or .zst */
    const char *format; /* id, of a publisher's file: the ending is the whole name; NULL: any of the kind */
    itd_look_kind kind;
} promises[] = {
    {"sdn.csv", "ofac-csv", ITD_LOOK_TABLE},
    {"cons_prim.csv", "ofac-csv", ITD_LOOK_TABLE},
    {"cons_add.csv", "ofac-csv", ITD_LOOK_TABLE},
    {"cons_alt.csv", "ofac-csv", ITD_LOOK_TABLE},
    {"conlist.csv", "uk-conlist", ITD_LOOK_TABLE},
    {"sdn.xml", "ofac-xml", ITD_LOOK_XML},
    {".xml", NULL, ITD_LOOK_XML},
    {".csv", NULL, ITD_LOOK_TABLE},
    {".tsv", NULL, ITD_LOOK_TABLE},
    {".json", NULL, ITD_LOOK_JSON},
    {".jsonl", NULL, ITD_LOOK_JSON},
    {".ndjson", NULL, ITD_LOOK_JSON},
};

static bool ends_nocase(itd_sv name, itd_sv ending)
{
    return name.size >= ending.size &&
           itd_sv_equal_nocase(itd_sv_slice(name, name.size - ending.size, ending.size), ending);
}

/* True when the name says that the file is something else; `*list` when it is that of a publisher's file. */
static bool breaks_promise(const char *path, const recognised *file, bool *list)
{
    itd_sv name = itd_sv_of(itd_document_of_path(path));
    if (ends_nocase(name, ITD_SV(".gz")))
        name.size -= 3;
    else if (ends_nocase(name, ITD_SV(".zst")))
        name.size -= 4;
    for (size_t i = 0; i < sizeof promises / sizeof promises[0]; i++) {
        itd_sv ending = itd_sv_of(promises[i].ending);
        if (!ends_nocase(name, ending) || (promises[i].format && name.size != ending.size))
            continue;
        *list = promises[i].format != NULL;
        if (!file->format)
            return *list;
        return *list ? strcmp(promises[i].format, file->format->id) != 0 : promises[i].kind != file->kind;
    }
    return false;
}

/* `named`: by the user, so that it has to be something known. */
static itd_status plan_file(plan *p, const char *path, const struct stat *st, bool named, itd_error *error)
{
    recognised file;
    if (is_taken(p, st))
        return ITD_OK;
    if (++p->files > ITD_SOURCE_COUNT_MAX)
        return itd_fail_at(error, ITD_ELIMIT, path, 0, ITD_NOWHERE, "more than ITD_SOURCE_COUNT_MAX (%zu) files",
                           ITD_SOURCE_COUNT_MAX);
    ITD_TRY(look_at(&file, p, path, error));
    const itd_format *format = file.format;
    bool list = false, broken = !p->map && breaks_promise(path, &file, &list);
    /* In a folder too: what is passed over there is not screened against. */
    if (broken && format && (named || list || !is_only_named(format)))
        return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "not what its name says: it looks like %s",
                           format->title);
    if (format && (named || (p->map && is_mapped(format)) || !is_only_named(format)))
        return add_entry(p, format, path, error);
    if (!named && !broken)
        return pass_over(p, path, error);
    return itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE, "not a format that is known: it looks like %s",
                       file.looks);
}

typedef struct child {
    const char *path;
    struct stat st;
} child;

static int child_order(const void *a, const void *b)
{
    return strcmp(((const child *)a)->path, ((const child *)b)->path);
}

typedef ITD_VECTOR(child) children;

/* Files and folders directly in `folder`, each in byte order; what cannot hold a list is passed over. */
static itd_status list_folder(plan *p, children *files, children *folders, const char *folder, itd_error *error)
{
    itd_status status = ITD_OK;
    DIR *stream = opendir(folder);
    if (!stream)
        return itd_fail_errno(error, folder, "open the folder");
    for (;;) {
        errno = 0;
        struct dirent *item = readdir(stream);
        if (!item) {
            if (errno)
                status = itd_fail_errno(error, folder, "read the folder");
            break;
        }
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0 ||
            strcmp(item->d_name, ITD_SOURCE_OWN_FOLDER) == 0)
            continue;
        bool slash = folder[0] && folder[strlen(folder) - 1] == '/';
        child c = {.path = itd_arena_format(p->arena, "%s%s%s", folder, slash ? "" : "/", item->d_name).data};
        struct stat link;
        if (!c.path) {
            status = itd_fail_memory(error);
            break;
        }
        bool seen = lstat(c.path, &link) == 0 && stat(c.path, &c.st) == 0;
        bool is_folder = seen && S_ISDIR(c.st.st_mode) && !S_ISLNK(link.st_mode);
        bool is_file = seen && S_ISREG(c.st.st_mode);
        children *list = is_folder ? folders : files;
        /* Files are kept whatever they are, so that what is passed over comes out in order too. */
        if (!is_file && !is_folder)
            c.st.st_mode = 0;
        if (!itd_vector_push(list, c)) {
            status = itd_fail_memory(error);
            break;
        }
    }
    closedir(stream);
    if (status == ITD_OK && files->count > 1)
        qsort(files->items, files->count, sizeof files->items[0], child_order);
    if (status == ITD_OK && folders->count > 1)
        qsort(folders->items, folders->count, sizeof folders->items[0], child_order);
    return status;
}

static bool is_hidden(const char *path)
{
    return strrchr(path, '/')[1] == '.';
}

static itd_status plan_folder(plan *p, const char *folder, unsigned depth, itd_error *error)
{
    children files = {0}, folders = {0};
    itd_status status;
    if (depth > ITD_SOURCE_DEPTH_MAX)
        return itd_fail_at(error, ITD_ELIMIT, folder, 0, ITD_NOWHERE,
                           "folders are nested deeper than ITD_SOURCE_DEPTH_MAX (%d)", ITD_SOURCE_DEPTH_MAX);
    status = list_folder(p, &files, &folders, folder, error);
    for (size_t i = 0; status == ITD_OK && i < files.count; i++) {
        const child *c = &files.items[i];
        if (!S_ISREG(c->st.st_mode) || is_hidden(c->path))
            status = pass_over(p, c->path, error);
        else
            status = plan_file(p, c->path, &c->st, false, error);
    }
    for (size_t i = 0; status == ITD_OK && i < folders.count; i++)
        status = is_hidden(folders.items[i].path) ? pass_over(p, folders.items[i].path, error)
                                                  : plan_folder(p, folders.items[i].path, depth + 1, error);
    itd_vector_finish(&files);
    itd_vector_finish(&folders);
    return status;
}

static itd_status plan_path(plan *p, const char *path, itd_error *error)
{
    struct stat st;
    if (strcmp(path, "-") == 0)
        return itd_fail_at(error, ITD_EINVAL, "-", 0, ITD_NOWHERE,
                           "a list cannot come from standard input: it is looked at first and then read; name a file");
    if (stat(path, &st) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            return itd_fail_at(error, ITD_ENOTFOUND, path, 0, ITD_NOWHERE, "no such file or folder");
        return itd_fail_errno(error, path, "look at the file");
    }
    path = itd_arena_copy(p->arena, itd_sv_of(path)).data;
    if (!path)
        return itd_fail_memory(error);
    if (S_ISDIR(st.st_mode))
        return plan_folder(p, path, 0, error);
    if (!S_ISREG(st.st_mode))
        return itd_fail_at(error, ITD_EINVAL, path, 0, ITD_NOWHERE,
                           "neither a file nor a folder: a list is looked at first and then read, which a pipe or "
                           "device does not allow");
    return plan_file(p, path, &st, true, error);
}

static itd_status hand_out(itd_source_list *out, const plan *p, itd_error *error)
{
    itd_source_list list = {.count = p->entries.count, .passed_count = p->passed.count};
    list.entries = itd_arena_alloc_array(p->arena, p->entries.count, sizeof list.entries[0]);
    list.passed_over = itd_arena_alloc_array(p->arena, p->passed.count, sizeof list.passed_over[0]);
    if (!list.entries || !list.passed_over)
        return itd_fail_memory(error);
    if (list.count)
        memcpy(list.entries, p->entries.items, list.count * sizeof list.entries[0]);
    if (list.passed_count)
        memcpy(list.passed_over, p->passed.items, list.passed_count * sizeof list.passed_over[0]);
    *out = list;
    return ITD_OK;
}

itd_status itd_sources_plan(itd_source_list *out, const char *const *paths, size_t path_count, const char *map,
                            itd_arena *arena, itd_error *error)
{
    plan p = {.map = map, .arena = arena};
    itd_status status = ITD_OK;
    for (size_t i = 0; status == ITD_OK && i < path_count; i++)
        status = plan_path(&p, paths[i], error);
    if (status == ITD_OK)
        status = hand_out(out, &p, error);
    itd_vector_finish(&p.entries);
    itd_vector_finish(&p.passed);
    itd_vector_finish(&p.taken);
    return status;
}
