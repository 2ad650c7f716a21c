#include "engine/question_ids.h"

#include <assert.h>
#include <inttypes.h>

#include "base/map.h"
#include "base/vector.h"

typedef struct said {
    uint64_t hash; /* the first bytes of it: a second question passes as the first in one of 2^64 */
    uint64_t line;
} said;

struct itd_question_ids {
    itd_intern ids;
    ITD_VECTOR(said) said; /* by the number of the id */
};

itd_status itd_question_ids_create(itd_question_ids **out, itd_error *error)
{
    assert(out);
    itd_question_ids *ids = itd_calloc(1, sizeof *ids);
    if (!ids)
        return itd_fail_memory(error);
    itd_intern_init(&ids->ids, SIZE_MAX);
    *out = ids;
    return ITD_OK;
}

void itd_question_ids_destroy(itd_question_ids *ids)
{
    if (!ids)
        return;
    itd_intern_finish(&ids->ids);
    itd_vector_finish(&ids->said);
    itd_free(ids);
}

itd_status itd_question_ids_add(itd_question_ids *ids, itd_sv id, itd_sv hash, uint64_t line, itd_error *error)
{
    said now = {.line = line};
    assert(ids && hash.size >= sizeof now.hash);
    memcpy(&now.hash, hash.data, sizeof now.hash);
    uint32_t number = itd_intern_add(&ids->ids, id);
    if (number == ITD_MAP_NONE || (number == ids->said.count && !itd_vector_push(&ids->said, now)))
        return itd_fail_memory(error);
    const said *first = &ids->said.items[number];
    if (first->hash == now.hash)
        return ITD_OK;
    return itd_fail(error, ITD_EFORMAT,
                    "the id '%.*s' is that of line %" PRIu64
                    " too, which asks something else: decisions of a case bind to the id",
                    ITD_SV_ARG(itd_sv_slice(id, 0, 64)), first->line);
}
