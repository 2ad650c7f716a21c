/* Runs a fuzz harness without a fuzzer: over the files given (folders: every file in them, by name) and, with --mutate
 * N SEED, over N inputs that are made from those files, the same for the same seed. An input that breaks the harness is
 * written to replay-failure.bin. */
#include "support/fuzz.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INPUT_BYTES_MAX ((size_t)1 << 20)
#define INPUTS_MAX 4096
#define STEPS_MAX 6

typedef struct input {
    uint8_t *data;
    size_t size;
    char *name; /* NULL: made here */
} input;

static input corpus[INPUTS_MAX];
static size_t corpus_count;
static input current; /* what the harness works on: for the signal handler */
static uint64_t random_state;

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators" (2014). */
static uint64_t next_random(void)
{
    uint64_t z = random_state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return z ^ (z >> 31);
}

static size_t below(size_t limit)
{
    return limit ? (size_t)(next_random() % limit) : 0;
}

static void keep_failure(int number)
{
    int file = open("replay-failure.bin", O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (file >= 0) {
        ssize_t ignored = write(file, current.data, current.size);
        (void)ignored;
        (void)close(file);
    }
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static void give_up(const char *what, const char *path)
{
    (void)fprintf(stderr, "%s %s\n", what, path);
    exit(2);
}

static void load_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(INPUT_BYTES_MAX);
    if (!file || !data || corpus_count == INPUTS_MAX)
        give_up("cannot load", path);
    size_t size = fread(data, 1, INPUT_BYTES_MAX, file);
    if (ferror(file) || fgetc(file) != EOF)
        give_up("cannot read, or too large:", path);
    (void)fclose(file);
    uint8_t *fitted = malloc(size ? size : 1); /* so that a sanitizer sees a read past the end */
    if (!fitted)
        give_up("cannot load", path);
    memcpy(fitted, data, size);
    free(data);
    const char *slash = strrchr(path, '/');
    corpus[corpus_count++] = (input){fitted, size, strdup(slash ? slash + 1 : path)};
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void load(const char *path)
{
    struct stat about;
    if (stat(path, &about) != 0)
        give_up("no such input:", path);
    if (!S_ISDIR(about.st_mode)) {
        load_file(path);
        return;
    }
    struct dirent **entries;
    int count = scandir(path, &entries, is_visible, alphasort);
    if (count < 0)
        give_up("cannot list", path);
    for (int i = 0; i < count; i++) {
        char name[4096];
        (void)snprintf(name, sizeof name, "%s/%s", path, entries[i]->d_name);
        load(name);
        free(entries[i]);
    }
    free(entries);
}

/* Replaces `cut` bytes at `at` with `size` others; what would be too large is left alone. */
static void swap_in(input *in, size_t at, size_t cut, const uint8_t *bytes, size_t size)
{
    if (in->size - cut + size > INPUT_BYTES_MAX)
        return;
    memmove(in->data + at + size, in->data + at + cut, in->size - at - cut);
    if (size)
        memcpy(in->data + at, bytes, size);
    in->size = in->size - cut + size;
}

static void mutate_once(input *in)
{
    static const uint8_t odd[] = {0,   1,    0x7F, 0x80, 0xFF, '"', '\\', '<', '&',
                                  ',', '\n', '\r', '0',  '9',  '{', ']',  ' ', 0xC2};
    static uint8_t piece[4096];
    size_t at = below(in->size + 1), left = in->size - at, some = 1 + below(left < 16 ? left : 16);
    const input *other = &corpus[below(corpus_count)];
    switch (below(8)) {
    case 0: /* a bit */
        if (left)
            in->data[at] ^= (uint8_t)(1u << below(8));
        break;
    case 1: /* a byte that parsers care about */
        swap_in(in, at, left ? 1 : 0, &odd[below(sizeof odd)], 1);
        break;
    case 2: /* the same, put in between */
        swap_in(in, at, 0, &odd[below(sizeof odd)], 1);
        break;
    case 3: /* bytes go */
        swap_in(in, at, left < some ? left : some, NULL, 0);
        break;
    case 4: /* the end goes */
        in->size = at;
        break;
    case 5: /* bytes come twice, or many times */
        some = left < some ? left : some;
        memcpy(piece, in->data + at, some);
        for (size_t n = below(4) ? 1 : below(64); n > 0; n--)
            swap_in(in, at, 0, piece, some);
        break;
    case 6: { /* a part of another input */
        size_t from = below(other->size + 1), size = below(other->size - from + 1);
        swap_in(in, at, below(left + 1), other->data + from, size);
        break;
    }
    default: /* a digit more or less */
        if (left)
            in->data[at] = (uint8_t)(in->data[at] + (below(2) ? 1 : 0xFF));
        break;
    }
}

static void run(const uint8_t *data, size_t size)
{
    current = (input){.data = (uint8_t *)(uintptr_t)data, .size = size};
    (void)LLVMFuzzerTestOneInput(data, size);
}

static void run_mutants(unsigned long count)
{
    uint8_t *data = malloc(INPUT_BYTES_MAX);
    if (!data)
        give_up("out of memory for", "mutants");
    for (unsigned long i = 0; i < count; i++) {
        const input *from = &corpus[below(corpus_count)];
        input in = {.data = data, .size = from->size};
        memcpy(data, from->data, from->size);
        for (size_t steps = 1 + below(STEPS_MAX); steps > 0; steps--)
            mutate_once(&in);
        uint8_t *fitted = malloc(in.size ? in.size : 1);
        if (!fitted)
            give_up("out of memory for", "a mutant");
        memcpy(fitted, data, in.size);
        run(fitted, in.size);
        free(fitted);
    }
    free(data);
}

int main(int argc, char **argv)
{
    unsigned long mutants = 0;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--mutate") == 0 && i + 2 < argc) {
            mutants = strtoul(argv[i + 1], NULL, 10);
            random_state = strtoull(argv[i + 2], NULL, 10);
            i += 2;
        } else {
            load(argv[i]);
        }
    }
    if (corpus_count == 0)
        give_up("no input", "given");
    static const int numbers[] = {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTERM};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        (void)signal(numbers[i], keep_failure);
    (void)printf("1..%zu\n", corpus_count + (mutants ? 1 : 0));
    for (size_t i = 0; i < corpus_count; i++) {
        (void)fflush(stdout);
        run(corpus[i].data, corpus[i].size);
        (void)printf("ok %zu - %s\n", i + 1, corpus[i].name);
    }
    (void)fflush(stdout);
    if (mutants) {
        run_mutants(mutants);
        (void)printf("ok %zu - %lu inputs made from them\n", corpus_count + 1, mutants);
    }
    for (size_t i = 0; i < corpus_count; i++) {
        free(corpus[i].data);
        free(corpus[i].name);
    }
    return 0;
}
