#include "base/input.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/input_codec.h"
#include "base/memory.h"

#define INPUT_WINDOW_BYTES ((size_t)1 << 17)

struct itd_input {
    itd_codec codec;
    char *name;
    uint64_t total; /* bytes of the source; 0: unknown */

    /* Decompressed bytes that nobody took yet: window[begin … end). A plain view in memory is its own window. */
    char *window;
    size_t begin, end, capacity; /* capacity 0: the window is borrowed */
    bool ended;                  /* nothing comes after `end` */

    uint64_t offset; /* of window[begin] */
    uint64_t line, line_offset;
    itd_status failed; /* a failure stays: every later call gives it again */
    itd_error failure;
};

static itd_status keep_failure(itd_input *input, itd_error *error)
{
    if (error)
        *error = input->failure;
    return input->failed;
}

static itd_status create(itd_input **out, const char *name, itd_error *error)
{
    size_t size = strlen(name) + 1;
    itd_input *input = itd_calloc(1, sizeof *input);
    if (!input)
        return itd_fail_memory(error);
    itd_codec_init(&input->codec);
    input->name = itd_malloc(size);
    if (!input->name) {
        itd_input_close(input);
        return itd_fail_memory(error);
    }
    memcpy(input->name, name, size);
    *out = input;
    return ITD_OK;
}

/* Recognises the compression; a failure here belongs to the opening. */
static itd_status start(itd_input **out, itd_input *input, itd_error *error)
{
    itd_status status = itd_codec_start(&input->codec, error);
    if (status != ITD_OK) {
        itd_error_set_where(error, input->name);
        itd_input_close(input);
        return status;
    }
    itd_sv plain = itd_codec_plain_memory(&input->codec);
    if (plain.data) {
        input->window = (char *)(uintptr_t)plain.data; /* only ever read while capacity is 0 */
        input->end = plain.size;
        input->ended = true;
    }
    *out = input;
    return ITD_OK;
}

itd_status itd_input_open(itd_input **out, const char *path, itd_error *error)
{
    assert(out && path);
    bool standard = strcmp(path, "-") == 0;
    struct stat about;
    itd_input *input = NULL;
    ITD_TRY(create(&input, path, error));
    int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    itd_status status = ITD_OK;
    if (file < 0 && (errno == ENOENT || errno == ENOTDIR))
        status = itd_fail_at(error, ITD_ENOTFOUND, path, 0, ITD_NOWHERE, "no such file");
    else if (file < 0)
        status = itd_fail_errno(error, path, "open");
    if (status != ITD_OK) {
        itd_input_close(input);
        return status;
    }
    itd_codec_use_file(&input->codec, file, !standard);
    if (fstat(file, &about) != 0)
        status = itd_fail_errno(error, path, "examine");
    else if (S_ISDIR(about.st_mode))
        status = itd_fail_at(error, ITD_EIO, path, 0, ITD_NOWHERE, "is a folder");
    if (status != ITD_OK) {
        itd_input_close(input);
        return status;
    }
    if (S_ISREG(about.st_mode)) {
        input->total = (uint64_t)about.st_size;
        (void)posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    }
    return start(out, input, error);
}

itd_status itd_input_open_memory(itd_input **out, const char *name, itd_sv bytes, itd_error *error)
{
    assert(out && name && (bytes.data || bytes.size == 0));
    itd_input *input = NULL;
    ITD_TRY(create(&input, name, error));
    itd_codec_use_memory(&input->codec, bytes);
    input->total = bytes.size;
    return start(out, input, error);
}

void itd_input_close(itd_input *input)
{
    if (!input)
        return;
    itd_codec_finish(&input->codec);
    if (input->capacity)
        itd_free(input->window);
    itd_free(input->name);
    itd_free(input);
}

void itd_input_set_bytes_max(itd_input *input, uint64_t bytes_max)
{
    input->codec.bytes_max = bytes_max;
}

const char *itd_input_name(const itd_input *input)
{
    return input->name;
}

uint64_t itd_input_offset(const itd_input *input)
{
    return input->offset;
}

void itd_input_progress(const itd_input *input, uint64_t *done, uint64_t *total)
{
    /* A plain view in memory is all read at once: what was taken says more. */
    *done = input->window && !input->capacity ? input->offset : input->codec.taken - input->codec.raw_size;
    *total = input->total;
}

uint64_t itd_input_line_number(const itd_input *input)
{
    return input->line;
}

uint64_t itd_input_line_offset(const itd_input *input)
{
    return input->line_offset;
}

/* Decodes into `bytes`; *got 0 only at the end. */
static itd_status decode(itd_input *input, char *bytes, size_t size, size_t *got, itd_error *error)
{
    if (input->failed != ITD_OK)
        return keep_failure(input, error);
    itd_status status = itd_codec_read(&input->codec, bytes, size, got, &input->failure);
    if (status != ITD_OK) {
        itd_error_set_where(&input->failure, input->name);
        input->failed = status;
        return keep_failure(input, error);
    }
    input->ended = *got == 0;
    return ITD_OK;
}

/* Room for `want` bytes from `begin` on: moves what is there to the front, and grows when that is not enough. */
static bool make_room(itd_input *input, size_t want)
{
    size_t held = input->end - input->begin;
    if (held == 0 && input->capacity)
        input->begin = input->end = 0;
    if (input->capacity && input->capacity - input->begin >= want)
        return true;
    if (want > input->capacity) {
        size_t capacity = input->capacity ? input->capacity * 2 : INPUT_WINDOW_BYTES;
        if (capacity < want)
            capacity = want;
        char *grown = itd_malloc(capacity);
        if (!grown)
            return false;
        if (held)
            memcpy(grown, input->window + input->begin, held);
        itd_free(input->window);
        input->window = grown;
        input->capacity = capacity;
    } else if (held) {
        memmove(input->window, input->window + input->begin, held);
    }
    input->begin = 0;
    input->end = held;
    return true;
}

/* Reads on until `want` bytes are held or the input ends. */
static itd_status hold(itd_input *input, size_t want, itd_error *error)
{
    while (!input->ended && input->end - input->begin < want) {
        if (!make_room(input, want))
            return itd_fail_at(error, ITD_ENOMEM, input->name, 0, input->offset, "out of memory");
        size_t got = 0;
        ITD_TRY(decode(input, input->window + input->end, input->capacity - input->end, &got, error));
        input->end += got;
    }
    return ITD_OK;
}

static void take(itd_input *input, size_t size)
{
    input->begin += size;
    input->offset += size;
    if (input->begin == input->end && input->capacity)
        input->begin = input->end = 0;
}

itd_status itd_input_read(itd_input *input, void *bytes, size_t size, size_t *got, itd_error *error)
{
    assert(input && got && (bytes || size == 0));
    size_t held = input->end - input->begin;
    if (held == 0 && size > 0 && !input->ended) {
        size_t fresh = 0;
        ITD_TRY(decode(input, bytes, size, &fresh, error));
        input->offset += fresh;
        *got = fresh;
        return ITD_OK;
    }
    size_t now = size < held ? size : held;
    if (now)
        memcpy(bytes, input->window + input->begin, now);
    take(input, now);
    *got = now;
    return ITD_OK;
}

itd_status itd_input_peek(itd_input *input, size_t want, itd_sv *out, itd_error *error)
{
    assert(input && out && want <= ITD_INPUT_PEEK_MAX);
    ITD_TRY(hold(input, want, error));
    size_t held = input->end - input->begin;
    *out = (itd_sv){held ? input->window + input->begin : "", held < want ? held : want};
    return ITD_OK;
}

static itd_status fail_line(itd_input *input, size_t size_max, itd_error *error)
{
    input->failed = itd_fail_at(&input->failure, ITD_ELIMIT, input->name, input->line + 1, input->offset,
                                "the line is longer than %zu bytes", size_max);
    return keep_failure(input, error);
}

itd_status itd_input_line(itd_input *input, itd_sv *line, bool *more, size_t size_max, itd_error *error)
{
    assert(input && line && more);
    if (size_max == 0 || size_max > ITD_INPUT_LINE_BYTES_MAX)
        size_max = ITD_INPUT_LINE_BYTES_MAX;
    if (input->failed != ITD_OK && input->begin == input->end)
        return keep_failure(input, error);
    size_t searched = 0, held, want = 1;
    const char *lf = NULL;
    for (;;) {
        ITD_TRY(hold(input, want, error));
        held = input->end - input->begin;
        size_t reach = held < size_max + 2 ? held : size_max + 2; /* CR LF may follow the longest line */
        if (reach > searched)
            lf = memchr(input->window + input->begin + searched, '\n', reach - searched);
        searched = reach;
        if (lf || searched == size_max + 2 || (input->ended && searched == held))
            break;
        want = held + 1;
    }
    size_t whole = lf ? (size_t)(lf - (input->window + input->begin)) + 1 : searched;
    if (whole == 0) {
        *more = false;
        *line = ITD_SV_NONE;
        return ITD_OK;
    }
    const char *text = input->window + input->begin;
    size_t size = lf ? whole - 1 : whole;
    if (lf && size > 0 && text[size - 1] == '\r')
        size--;
    if (size > size_max)
        return fail_line(input, size_max, error);
    input->line++;
    input->line_offset = input->offset;
    *line = (itd_sv){text, size};
    *more = true;
    input->begin += whole; /* not take(): the line still lies in the window */
    input->offset += whole;
    return ITD_OK;
}
