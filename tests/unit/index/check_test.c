#include "index/index.h"
#include "support/cm.h"

/* An index of one entity in memory, every number of which is then set past its section in turn. */

typedef struct parts {
    itd_index index;
    itd_index_entity entity;
    itd_archive_block block;
    itd_match_name name;
    itd_match_fact fact;
    itd_match_token token;
    uint32_t token_id, texts[3];
    char heap[4];
} parts;

static char path[] = "x.idx";

static void make(parts *p)
{
    *p = (parts){
        .entity = {.name_count = 1, .fact_count = 1, .programme_count = 1, .schema = ITD_S_Person},
        .block = {.size = 4, .raw_size = 9, .number_size = 5, .row_count = 1},
        .name = {.text_size = 4, .token_count = 1},
        .fact = {.text_size = 4, .kind = ITD_FACT_DATE, .property = ITD_P_Person_birthDate},
        .token = {.size = 4},
        .texts = {0, 3, 4},
        .heap = {'p', 'o', '\0', '\0'},
    };
    p->index = (itd_index){
        .path = path,
        .entities = &p->entity,
        .text_offsets = p->texts,
        .text_heap = p->heap,
        .text_count = 2,
        .names = &p->name,
        .facts = &p->fact,
        .space = {.heap = "kim1",
                  .heap_size = 4,
                  .tokens = &p->token,
                  .token_count = 1,
                  .token_ids = &p->token_id,
                  .token_id_count = 1},
        .entity_count = 1,
        .name_count = 1,
        .fact_count = 1,
        .attribute_count = 1,
        .archive = {.path = path, .blocks = &p->block, .block_count = 1, .bytes = "zstd", .size = 4, .row_count = 1},
        .dataset_count = 1};
}

static void a_whole_index_passes(void **state)
{
    (void)state;
    parts p;
    make(&p);
    assert_int_equal(itd_index_check(&p.index, NULL), ITD_OK);
}

#define FIELD(member, value)                                                                                           \
    {                                                                                                                  \
#member, offsetof(parts, member), sizeof(((parts *)0)->member), value                                          \
    }

static void each_number_past_its_section_is_found(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        size_t offset, size;
        uint64_t value;
    } rows[] = {
        FIELD(entity.schema, ITD_SCHEMA_COUNT),
        FIELD(entity.dataset, 1),
        FIELD(entity.name_first, 1),
        FIELD(entity.name_first, UINT32_MAX),
        FIELD(entity.name_count, 2),
        FIELD(entity.fact_first, 1),
        FIELD(entity.fact_count, UINT32_MAX),
        FIELD(entity.attribute_first, UINT32_MAX),
        FIELD(entity.programme_count, 2),
        FIELD(entity.topic_count, 1),
        FIELD(entity.country_count, 1),
        FIELD(texts[0], 3),
        FIELD(texts[1], 0),
        FIELD(texts[1], 2),
        FIELD(texts[1], 4),
        FIELD(texts[1], UINT32_MAX),
        FIELD(heap[2], 'o'),
        FIELD(block.offset, 1),
        FIELD(block.size, 3),
        FIELD(block.size, 5),
        FIELD(block.size, UINT32_MAX),
        FIELD(block.raw_size, 4),
        FIELD(block.raw_size, ITD_ARCHIVE_RAW_MAX + 1),
        FIELD(block.number_size, 10),
        FIELD(block.row_first, 1),
        FIELD(block.row_count, 0),
        FIELD(block.row_count, 2),
        FIELD(block.reserved, 1),
        FIELD(name.text, 1),
        FIELD(name.text_size, UINT32_MAX),
        FIELD(name.token_first, 1),
        FIELD(name.token_count, 2),
        FIELD(name.token_count, ITD_MATCH_TOKENS_MAX + 1),
        FIELD(name.kind, ITD_NAME_ACRONYM + 1),
        FIELD(fact.text, UINT32_MAX),
        FIELD(fact.text_size, 5),
        FIELD(fact.property, ITD_PROPERTY_COUNT),
        FIELD(fact.kind, ITD_FACT_ADDRESS + 1),
        FIELD(token.text, 1),
        FIELD(token.size, 5),
        FIELD(token.class_, ITD_TOKEN_GENERIC + 1),
        FIELD(token_id, 1),
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        parts p;
        itd_error error = {0};
        make(&p);
        memcpy((char *)&p + rows[i].offset, &rows[i].value, rows[i].size); /* little-endian, as the files are */
        if (itd_index_check(&p.index, &error) != ITD_EFORMAT)
            fail_msg("%s = %llu is not found", rows[i].name, (unsigned long long)rows[i].value);
        assert_string_equal(error.where, "x.idx");
    }
}

static void limits_of_an_entity_hold_for_files_too(void **state)
{
    (void)state;
    static itd_match_name names[ITD_MATCH_NAMES_MAX + 1];
    static itd_match_fact facts[ITD_MATCH_FACTS_MAX + 1];
    parts p;
    make(&p);
    p.index.names = names;
    p.index.name_count = ITD_MATCH_NAMES_MAX + 1;
    p.index.facts = facts;
    p.index.fact_count = ITD_MATCH_FACTS_MAX + 1;
    p.entity.name_count = ITD_MATCH_NAMES_MAX;
    p.entity.fact_count = ITD_MATCH_FACTS_MAX;
    assert_int_equal(itd_index_check(&p.index, NULL), ITD_OK);
    p.entity.name_count++;
    assert_int_equal(itd_index_check(&p.index, NULL), ITD_EFORMAT);
    p.entity.name_count--;
    p.entity.fact_count++;
    assert_int_equal(itd_index_check(&p.index, NULL), ITD_EFORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_index_passes),
        cmocka_unit_test(each_number_past_its_section_is_found),
        cmocka_unit_test(limits_of_an_entity_hold_for_files_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
