/* A small list and questions about it, in a folder of their own; all people and companies are invented. */
#ifndef TESTS_SUPPORT_SAMPLE_H
#define TESTS_SUPPORT_SAMPLE_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/cm.h"

typedef struct sample {
    char folder[64], list[96], ofac[96], index[96], questions[96], pairs[96], bad[96];
} sample;

static const char sample_list[] =
    "{\"id\":\"s-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Orlin Vassek\"],\"alias\":[\"Vasek, Orlyn\"],"
    "\"birthDate\":[\"1961-04\"],\"nationality\":[\"bg\"],\"topics\":[\"sanction\"]},\"datasets\":[\"sample\"]}\n"
    "{\"id\":\"s-1-sanction\",\"schema\":\"Sanction\",\"properties\":{\"entity\":[\"s-1\"],\"program\":[\"ALPHA\","
    "\"BETA\"]},"
    "\"datasets\":[\"sample\"],\"record\":\"s-1\"}\n"
    "{\"id\":\"s-2\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Quellmarch Shipping "
    "Ltd\"],\"country\":[\"mt\"],"
    "\"topics\":[\"sanction\",\"export.control\"]},\"datasets\":[\"sample\"]}\n"
    "{\"id\":\"s-3\",\"schema\":\"Vessel\",\"properties\":{\"name\":[\"BRINE LARK\"],\"weakAlias\":[\"LARK\"],"
    "\"imoNumber\":[\"9074729\"],\"flag\":[\"pa\"]},\"datasets\":[\"sample\"]}\n"
    "{\"id\":\"s-4\",\"schema\":\"Ownership\",\"properties\":{\"owner\":[\"s-1\"],\"asset\":[\"s-2\"],"
    "\"percentage\":[\"51\"]},\"datasets\":[\"sample\"]}\n";

static const char sample_ofac[] =
    "101,\"VASSEK, Orlin\",\"individual\",\"ALPHA] [BETA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
    "\"DOB 12 Apr 1961; nationality Bulgaria; Digital Currency Address - XBT "
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2; a.k.a. 'THE CLERK'.\"\r\n"
    "102,\"QUELLMARCH SHIPPING LTD\",-0- ,\"ALPHA\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"
    "\"Linked To: VASSEK, Orlin.\"\r\n\x1a";

static const char sample_questions[] = "Vassek Orlin\nQuellmarch Shipping\nbrine lark\nnobody at all\n";

static const char sample_pairs[] =
    "{\"id\":\"a\",\"left\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Orlin "
    "Vassek\"],\"birthDate\":[\"1961\"]}},"
    "\"right\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Vassek, Orlin\"],\"birthDate\":[\"1961-04-12\"]}}}\n"
    "{\"id\":\"b\",\"left\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Orlin Vassek\"]}},"
    "\"right\":{\"schema\":\"Company\",\"properties\":{\"name\":[\"Quellmarch Shipping Ltd\"]}}}\n";

static inline int sample_write(const char *path, const char *text, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file)
        return -1;
    size_t written = fwrite(text, 1, size, file);
    return fclose(file) == 0 && written == size ? 0 : -1;
}

static inline int sample_set_up(void **state)
{
    sample *s = calloc(1, sizeof *s);
    if (!s)
        return -1;
    (void)snprintf(s->folder, sizeof s->folder, "/tmp/itd-sample-XXXXXX");
    if (!mkdtemp(s->folder))
        return -1;
    (void)snprintf(s->list, sizeof s->list, "%s/list.ftm.json", s->folder);
    (void)snprintf(s->ofac, sizeof s->ofac, "%s/sdn.csv", s->folder);
    (void)snprintf(s->index, sizeof s->index, "%s/x.idx", s->folder);
    (void)snprintf(s->questions, sizeof s->questions, "%s/questions.txt", s->folder);
    (void)snprintf(s->pairs, sizeof s->pairs, "%s/pairs.jsonl", s->folder);
    (void)snprintf(s->bad, sizeof s->bad, "%s/bad.ftm.json", s->folder);
    *state = s;
    return sample_write(s->list, sample_list, sizeof sample_list - 1) ||
           sample_write(s->ofac, sample_ofac, sizeof sample_ofac - 1) ||
           sample_write(s->questions, sample_questions, sizeof sample_questions - 1) ||
           sample_write(s->pairs, sample_pairs, sizeof sample_pairs - 1);
}

/** Files in the folder. */
static inline size_t sample_files(const sample *s)
{
    size_t count = 0;
    DIR *dir = opendir(s->folder);
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        count += entry->d_name[0] != '.';
    assert_int_equal(closedir(dir), 0);
    return count;
}

static inline int sample_tear_down(void **state)
{
    sample *s = *state;
    const char *paths[] = {s->list, s->ofac, s->index, s->questions, s->pairs, s->bad};
    for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++)
        (void)unlink(paths[i]);
    int status = rmdir(s->folder); /* fails when something else was left behind */
    free(s);
    return status;
}

#define SAMPLE_TEST(f) cmocka_unit_test_setup_teardown(f, sample_set_up, sample_tear_down)

#endif
