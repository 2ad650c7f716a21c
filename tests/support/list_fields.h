/* Country texts of the official lists, found by simple means of its own, independent of the project's readers. */
#ifndef TESTS_SUPPORT_LIST_FIELDS_H
#define TESTS_SUPPORT_LIST_FIELDS_H

#include <regex.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/sv.h"

typedef void list_field_sink(void *context, itd_sv text);

/* The whole file, gzip or not, in memory that the caller frees; NULL when it is not there. */
static inline char *list_slurp(const char *name, size_t *size)
{
    const char *root = getenv("INTERDICT_DATA");
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", root && root[0] ? root : "../shared/data", name);
    gzFile file = gzopen(path, "rb");
    if (!file)
        return NULL;
    size_t capacity = (size_t)1 << 25;
    char *text = malloc(capacity);
    int got = text ? gzread(file, text, (unsigned)capacity - 1) : -1;
    gzclose(file);
    if (got < 0) {
        free(text);
        return NULL;
    }
    text[got] = '\0';
    *size = (size_t)got;
    return text;
}

/* Cuts the next CSV field out of the text, unescaped in place. False at the end of the text. */
static inline bool list_csv_field(char **at, char *end, itd_sv *field, bool *last)
{
    char *in = *at, *out = *at;
    if (in >= end)
        return false;
    *field = (itd_sv){out, 0};
    bool quoted = *in == '"';
    in += quoted;
    for (; in < end; in++) {
        if (quoted && *in == '"') {
            if (in + 1 < end && in[1] == '"')
                in++;
            else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (*in == ',' || *in == '\n')) {
            break;
        }
        *out++ = *in;
    }
    field->size = (size_t)(out - field->data);
    if (field->size > 0 && field->data[field->size - 1] == '\r')
        field->size--;
    *last = in >= end || *in == '\n';
    *at = in + 1;
    return true;
}

/* "(1) Iraq (2) Iran", "a) Iraq b) Iran": each by itself. */
static inline void list_counted(itd_sv text, list_field_sink *sink, void *context)
{
    regex_t marker;
    char copy[1024];
    if (regcomp(&marker, "(\\(([0-9]{1,2}|[a-h])(-[0-9])?\\)|(^| )([0-9]|[a-h])\\))( ?(-|to) ?\\([0-9]\\))?",
                REG_EXTENDED))
        abort();
    (void)snprintf(copy, sizeof copy, "%.*s", ITD_SV_ARG(text));
    for (char *at = copy; *at;) {
        regmatch_t m;
        bool more = regexec(&marker, at, 1, &m, 0) == 0;
        size_t size = more ? (size_t)m.rm_so : strlen(at);
        while (size > 0 && strchr(" .,;", at[size - 1]))
            size--;
        if (size > 0)
            sink(context, itd_sv_make(at, size));
        at += more ? (size_t)m.rm_eo : strlen(at);
    }
    regfree(&marker);
}

/* "nationality X", "citizen X", "Passport 123 (X)" among OFAC's remarks. */
static inline void list_remark(itd_sv remark, list_field_sink *sink, void *context)
{
    static const char *const heads[] = {"nationality ", "citizen ", "Nationality of Registration ", "Passport "};
    remark = itd_sv_trim(remark);
    if (itd_sv_starts(remark, ITD_SV("alt. ")))
        remark = itd_sv_slice(remark, 5, remark.size);
    if (remark.size > 0 && remark.data[remark.size - 1] == '.')
        remark.size--;
    for (size_t i = 0; i < sizeof heads / sizeof heads[0]; i++) {
        if (!itd_sv_starts(remark, itd_sv_of(heads[i])))
            continue;
        itd_sv rest = itd_sv_slice(remark, strlen(heads[i]), remark.size);
        if (i < 3) {
            sink(context, rest);
            return;
        }
        size_t open = itd_sv_find(rest, ITD_SV("("), 0), close = itd_sv_find(rest, ITD_SV(")"), 0);
        if (open != SIZE_MAX && close != SIZE_MAX && close > open)
            sink(context, itd_sv_slice(rest, open + 1, close - open - 1));
    }
}

/* Columns of a CSV file by number; `remarks` is the column of OFAC's remarks, or -1. */
static inline bool list_csv(const char *name, const int *columns, int remarks, size_t skip_rows, list_field_sink *sink,
                            void *context)
{
    size_t size = 0, row = 0;
    char *text = list_slurp(name, &size);
    if (!text)
        return false;
    char *at = text;
    itd_sv field;
    bool last = false;
    for (int column = 0; list_csv_field(&at, text + size, &field, &last); column = last ? 0 : column + 1, row += last) {
        if (row < skip_rows)
            continue;
        for (const int *c = columns; *c >= 0; c++)
            if (*c == column)
                list_counted(field, sink, context);
        itd_sv part;
        while (column == remarks && itd_sv_split(&part, &field, ';'))
            list_remark(part, sink, context);
    }
    free(text);
    return true;
}

/* What stands between <tag> and </tag>, of the UN list: COUNTRY, and VALUE inside NATIONALITY. */
static inline bool list_un(const char *name, list_field_sink *sink, void *context)
{
    size_t size = 0;
    char *text = list_slurp(name, &size);
    if (!text)
        return false;
    const itd_sv all = {text, size};
    for (size_t at = 0; (at = itd_sv_find(all, ITD_SV("<COUNTRY>"), at)) != SIZE_MAX;) {
        at += 9;
        sink(context, itd_sv_slice(all, at, itd_sv_find(all, ITD_SV("<"), at) - at));
    }
    for (size_t at = 0; (at = itd_sv_find(all, ITD_SV("<NATIONALITY>"), at)) != SIZE_MAX;) {
        size_t end = itd_sv_find(all, ITD_SV("</NATIONALITY>"), at);
        while ((at = itd_sv_find(all, ITD_SV("<VALUE>"), at)) < end) {
            at += 7;
            list_counted(itd_sv_slice(all, at, itd_sv_find(all, ITD_SV("<"), at) - at), sink, context);
        }
        at = end;
    }
    free(text);
    return true;
}

/* Every country text of four lists; false when one of them is not there. */
static inline bool list_countries(list_field_sink *sink, void *context)
{
    return list_csv("lists/ofac/sdn-2023-07/add.csv.gz", (int[]){4, -1}, -1, 0, sink, context) &&
           list_csv("lists/ofac/sdn-2023-07/sdn.csv.gz", (int[]){9, -1}, 11, 0, sink, context) &&
           list_csv("lists/ofac/cons-2025-12-19/cons_add.csv", (int[]){4, -1}, -1, 0, sink, context) &&
           list_csv("lists/ofac/cons-2025-12-19/cons_prim.csv", (int[]){9, -1}, 11, 0, sink, context) &&
           list_un("lists/un/un_consolidated_2026-02-27.xml.gz", sink, context) &&
           list_csv("lists/uk/ConList_2025-04-14.csv.gz", (int[]){12, 13, 26, -1}, -1, 2, sink, context);
}

#endif
