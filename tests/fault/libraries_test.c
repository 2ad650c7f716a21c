/* The libraries below us ask for memory by themselves: json-c and ICU offer no hook that a library may use, zstd none
 * that is stable. Here malloc itself is taken over: the n-th request that comes from one of them is refused. Each run
 * has to end in ITD_ENOMEM with a message, or, where the library gets by without that memory, with the same index and
 * the right hits. */
#include <dlfcn.h>
#include <errno.h>
#include <sys/wait.h>
#include <zstd.h>

#include "interdict/interdict.h"

#include "support/faults.h"
#include "support/sample.h"

/* Of the GNU C library, behind the names that are taken over. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);

static const char *failing_library; /* NULL: nothing is refused */
static uint64_t passes;             /* requests that are let through before one is refused */
static bool refused;
static __thread bool looking; /* dladdr must not be asked of its own requests */

static bool refuses(void *caller)
{
    Dl_info info;
    if (!failing_library || looking)
        return false;
    looking = true;
    bool theirs = dladdr(caller, &info) && info.dli_fname && strstr(info.dli_fname, failing_library);
    looking = false;
    if (!theirs || refused)
        return false;
    refused = passes-- == 0;
    if (refused)
        errno = ENOMEM;
    return refused;
}

void *malloc(size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    return refuses(__builtin_return_address(0)) ? NULL : __libc_realloc(old, size);
}

static itd_status take_answer(void *user, const itd_answer *answer)
{
    *(size_t *)user += answer->hit_count;
    return ITD_OK;
}

typedef struct files {
    const sample *s;
    char packed[128], questions[128], whole[128]; /* the index as it is when nothing is refused */
} files;

static itd_status screen(itd_context *context, const itd_index *index, const char *path, size_t *hits, itd_error *error)
{
    itd_questions *questions = NULL;
    const itd_screen_options options = {.threshold_micro = ITD_THRESHOLD_DEFAULT_MICRO, .limit = ITD_LIMIT_DEFAULT};
    itd_status status = itd_questions_open(&questions, path, NULL, error);
    if (status == ITD_OK)
        status = itd_screen(context, &index, 1, &options, questions, take_answer, hits, error);
    itd_questions_close(questions);
    return status;
}

/* Reads two lists, one of them JSON packed by zstd, writes an index, asks it by lines of JSON. */
static itd_status index_and_screen(const files *f, size_t *hits, itd_error *error)
{
    itd_context *context = NULL;
    itd_index *index = NULL;
    const char *paths[] = {f->packed, f->s->ofac};
    const itd_context_options one = {.threads = 1};
    const itd_read_options options = {.paths = paths, .path_count = 2};
    itd_status status = itd_context_create(&context, &one, error);
    if (status == ITD_OK)
        status = itd_index_build(context, f->s->index, &options, NULL, error);
    if (status == ITD_OK)
        status = itd_index_open(&index, f->s->index, error);
    if (status == ITD_OK)
        status = screen(context, index, f->questions, hits, error);
    itd_index_close(index);
    itd_context_destroy(context);
    return status;
}

/* What a run in a process of its own came to, as its exit status: the libraries keep what they have once made. */
enum { ENDED_WELL = 0, NOT_REACHED = 20, WRONG_HITS = 21, WRONG_STATUS = 22, NO_MESSAGE = 23, WRONG_INDEX = 24 };

static bool same_bytes(const char *a, const char *b)
{
    int x, y;
    FILE *one = fopen(a, "rb"), *other = fopen(b, "rb");
    if (!one || !other)
        return false;
    do {
        x = getc(one);
        y = getc(other);
    } while (x == y && x != EOF);
    return fclose(one) + fclose(other) == 0 && x == y;
}

static int run_once(const files *f, const char *library, uint64_t after)
{
    itd_error error = {.offset = ITD_NOWHERE};
    size_t hits = 0;
    passes = after;
    failing_library = library;
    itd_status status = index_and_screen(f, &hits, &error);
    failing_library = NULL;
    if (status == ITD_OK && hits != 5)
        return WRONG_HITS;
    if (!refused)
        return status == ITD_OK ? NOT_REACHED : WRONG_STATUS;
    if (status == ITD_OK && !same_bytes(f->s->index, f->whole))
        return WRONG_INDEX;
    if (status != ITD_OK && status != ITD_ENOMEM) {
        (void)fprintf(stderr, "%s %llu: %s: %s\n", library, (unsigned long long)after, itd_status_name(status),
                      error.message);
        return WRONG_STATUS;
    }
    return status == ITD_OK || error.message[0] ? ENDED_WELL : NO_MESSAGE;
}

#define SECONDS_MAX 60

static int run_apart(const files *f, const char *library, uint64_t after)
{
    int status = -1;
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    (void)(child == 0 && alarm(SECONDS_MAX)); /* a library that waits for itself ends in a signal */
    if (child == 0)
        _exit(run_once(f, library, after));
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

#define QUESTIONS                                                                                                      \
    "{\"id\":\"q\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Орлин Васек\"]}}\n"                     \
    "{\"name\":\"Quellmarch Shipping\",\"country\":\"mt\",\"notes\":[1,-2.5,true,null]}\n"                             \
    "{\"name\":\"brine lark\",\"address\":\"a street whose name \\u0434\\u043e does not fit into what json-c has at "  \
    "hand "                                                                                                            \
    "for a first text\"}\n"
/* Of scripts that only ICU transliterates. */
#define OTHER_SCRIPTS "{\"name\":[\"გიორგი ლომიძე\",\"ආරියරත්න\"]}\n"

static void each_request_of(const sample *s, const char *library, const char *list)
{
    files f = {.s = s};
    char packed[4096];
    size_t size = ZSTD_compress(packed, sizeof packed, sample_list, sizeof sample_list - 1, 3);
    assert_false(ZSTD_isError(size));
    (void)snprintf(f.packed, sizeof f.packed, "%s/packed.ftm.json.zst", s->folder);
    (void)snprintf(f.questions, sizeof f.questions, "%s/questions.jsonl", s->folder);
    assert_int_equal(sample_write(f.packed, packed, size), 0);
    assert_int_equal(sample_write(f.questions, list, strlen(list)), 0);
    (void)snprintf(f.whole, sizeof f.whole, "%s/whole.idx", s->folder);
    int whole = run_apart(&f, library, UINT64_MAX);
    assert_true(WIFEXITED(whole) && WEXITSTATUS(whole) == NOT_REACHED);
    assert_int_equal(rename(s->index, f.whole), 0);
    uint64_t most = faults_max(), n = 0;
    for (; n < most; n++) {
        int status = run_apart(&f, library, n);
        if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_REACHED)
            break;
        if (!WIFEXITED(status) || WEXITSTATUS(status) != ENDED_WELL)
            fail_msg("%s: request %llu refused: %s %d", library, (unsigned long long)n,
                     WIFEXITED(status) ? "exit" : "signal", WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
    }
    assert_true(n > 0);
    assert_int_equal(unlink(f.packed) | unlink(f.questions) | unlink(f.whole), 0);
}

static void json_c(void **state)
{
    each_request_of(*state, "libjson-c", QUESTIONS OTHER_SCRIPTS);
}

/* Only as far as normalisation: while it makes a transliterator ICU 72 waits for a lock of its own for ever when memory
 * is refused. */
static void icu(void **state)
{
    each_request_of(*state, "libicu", QUESTIONS);
}

static void zstd(void **state)
{
    each_request_of(*state, "libzstd", QUESTIONS OTHER_SCRIPTS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {SAMPLE_TEST(json_c), SAMPLE_TEST(icu), SAMPLE_TEST(zstd)};
    return cmocka_run_group_tests_name("fault/libraries", tests, NULL, NULL);
}
