/* Runs a fuzz harness over the files of a corpus, one TAP case a file, without a fuzzer. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REPLAY_FILES_MAX 100000
#define REPLAY_BYTES_MAX (64u << 20)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* The harness gets a block of exactly the file's size, so that a sanitizer sees a read past its end. */
static int replay(const char *folder, const char *name)
{
    char path[4096];
    if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
        return -1;
    FILE *file = fopen(path, "rb");
    if (!file)
        return -1;
    int result = -1;
    uint8_t *bytes = NULL;
    long size = -1;
    if (fseek(file, 0, SEEK_END) == 0)
        size = ftell(file);
    if (size < 0 || size > (long)REPLAY_BYTES_MAX || fseek(file, 0, SEEK_SET) != 0)
        goto out;
    bytes = malloc(size ? (size_t)size : 1);
    if (!bytes || fread(bytes, 1, (size_t)size, file) != (size_t)size)
        goto out;
    result = LLVMFuzzerTestOneInput(bytes, (size_t)size);
out:
    free(bytes);
    fclose(file);
    return result;
}

int main(int argc, char **argv)
{
    struct dirent **entries = NULL;
    int count = argc == 2 ? scandir(argv[1], &entries, visible, alphasort) : -1;
    if (count <= 0 || count > REPLAY_FILES_MAX) {
        fprintf(stderr, "usage: replay FOLDER (with at least one file)\n");
        return 2;
    }
    int failures = 0;
    printf("1..%d\n", count);
    for (int i = 0; i < count; i++) {
        fflush(stdout);
        int bad = replay(argv[1], entries[i]->d_name) != 0;
        failures += bad;
        printf("%sok %d - %s\n", bad ? "not " : "", i + 1, entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return failures ? 1 : 0;
}
