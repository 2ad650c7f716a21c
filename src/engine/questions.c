/* Where the questions of a screening come from: a file, or names that the caller has. */
#include "engine/questions.h"

#include <assert.h>

#include "base/memory.h"
#include "engine/identify.h"
#include "read/query.h"

struct itd_questions {
    itd_query_reader *reader; /* NULL: names */
    const char *const *names;
    size_t name_count, name_next;
    char *file; /* NULL: names */
    itd_status (*source)(void *user, itd_question *question, bool *more, itd_arena *arena, itd_error *error);
    void (*source_close)(void *user);
    void *user; /* of a source that is neither */
};

itd_status itd_questions_open(itd_questions **out, const char *path, const char *map, itd_error *error)
{
    assert(out && path);
    itd_questions *questions = itd_calloc(1, sizeof *questions);
    if (!questions)
        return itd_fail_memory(error);
    itd_status status = itd_query_reader_open(&questions->reader, path, map, error);
    if (status == ITD_OK && !(questions->file = itd_malloc(strlen(path) + 1)))
        status = itd_fail_memory(error);
    if (status != ITD_OK) {
        itd_questions_close(questions);
        return status;
    }
    memcpy(questions->file, path, strlen(path) + 1);
    *out = questions;
    return ITD_OK;
}

itd_status itd_questions_of_names(itd_questions **out, const char *const *names, size_t count, itd_error *error)
{
    assert(out && (names || count == 0));
    itd_questions *questions = itd_calloc(1, sizeof *questions);
    if (!questions)
        return itd_fail_memory(error);
    questions->names = names;
    questions->name_count = count;
    *out = questions;
    return ITD_OK;
}

itd_status itd_questions_of_source(itd_questions **out,
                                   itd_status (*next)(void *user, itd_question *question, bool *more, itd_arena *arena,
                                                      itd_error *error),
                                   void (*close)(void *user), void *user, itd_error *error)
{
    assert(out && next && close);
    itd_questions *questions = itd_calloc(1, sizeof *questions);
    if (!questions)
        return itd_fail_memory(error);
    questions->source = next;
    questions->source_close = close;
    questions->user = user;
    *out = questions;
    return ITD_OK;
}

const char *itd_questions_note(const itd_questions *questions)
{
    return questions->reader ? itd_query_reader_note(questions->reader) : "";
}

itd_status itd_questions_passed_over(const char **out, itd_questions *questions, itd_error *error)
{
    assert(out && questions);
    if (questions->reader)
        return itd_query_reader_passed_over(out, questions->reader, error);
    *out = "";
    return ITD_OK;
}

const char *itd_questions_file(const itd_questions *questions)
{
    return questions->file;
}

bool itd_questions_go_on(const itd_questions *questions)
{
    return questions->reader ? itd_query_reader_goes_on(questions->reader) : questions->name_next > 0;
}

void itd_questions_close(itd_questions *questions)
{
    if (!questions)
        return;
    itd_query_reader_close(questions->reader);
    if (questions->source)
        questions->source_close(questions->user);
    itd_free(questions->file);
    itd_free(questions);
}

static itd_status next_name(itd_question *out, bool *more, itd_questions *questions, itd_arena *arena, itd_error *error)
{
    *more = questions->name_next < questions->name_count;
    if (!*more)
        return ITD_OK;
    itd_sv name = itd_sv_of(questions->names[questions->name_next++]);
    itd_entity_value *value = itd_arena_alloc(arena, sizeof *value);
    itd_sv id = itd_arena_format(arena, "%zu", questions->name_next);
    if (!value || !id.data)
        return itd_fail_memory(error);
    size_t invalid = itd_utf8_invalid_at(name);
    if (invalid != SIZE_MAX)
        return itd_fail_at(error, ITD_EFORMAT, "question", questions->name_next, invalid, "not valid UTF-8");
    *value = (itd_entity_value){ITD_P_Thing_name, name};
    *out = (itd_question){.id = id,
                          .query = name,
                          .entity = {.schema = ITD_S_Thing, .values = value, .value_count = 1},
                          .line = questions->name_next,
                          .offset = ITD_NOWHERE};
    return ITD_OK;
}

static itd_status next_read(itd_question *out, bool *more, itd_questions *questions, itd_arena *arena, itd_error *error)
{
    itd_query query = {0};
    ITD_TRY(itd_query_next(&query, more, questions->reader, arena, error));
    *out = (itd_question){
        .id = query.id, .query = query.text, .entity = query.entity, .line = query.line, .offset = query.offset};
    return ITD_OK;
}

itd_status itd_questions_next(itd_question *out, bool *more, itd_questions *questions, itd_arena *arena,
                              itd_error *error)
{
    ITD_TRY(questions->source   ? questions->source(questions->user, out, more, arena, error)
            : questions->reader ? next_read(out, more, questions, arena, error)
                                : next_name(out, more, questions, arena, error));
    if (!*more)
        return ITD_OK;
    out->said = out->entity.value_count;
    return itd_question_identify(out, arena, error);
}
