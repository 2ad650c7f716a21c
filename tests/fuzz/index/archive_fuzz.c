/* Any bytes as a block of the archive, the first two of them the size of its numbers: statements whose texts lie in the
 * block, or a damaged block. */
#include "index/archive_form.h"
#include "model/schema.h"
#include "support/fuzz.h"

static void check_text(itd_sv text, itd_sv block)
{
    FUZZ_CHECK(text.size == 0 || (text.data >= block.data && text.data + text.size <= block.data + block.size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    size_t numbers = (size_t)data[0] | (size_t)data[1] << 8;
    const char *bytes = (const char *)data + 2;
    size -= 2;
    if (numbers > size)
        return 0;
    itd_archive_cursor c = {.numbers = {bytes, numbers}, .texts = {bytes + numbers, size - numbers}};
    const itd_sv texts = c.texts;
    for (size_t before = numbers + 1; itd_archive_take(&c); before = c.numbers.size) {
        const itd_statement *s = &c.statement;
        const itd_sv all[] = {s->entity, s->record,     s->dataset,   s->value,  s->original,
                              s->lang,   s->first_seen, s->last_seen, s->origin, s->document};
        for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
            check_text(all[i], texts);
        FUZZ_CHECK(s->schema < ITD_SCHEMA_COUNT && s->property < ITD_PROPERTY_COUNT && s->tlp <= ITD_TLP_RED);
        FUZZ_CHECK(c.numbers.size < before); /* it ends */
    }
    return 0;
}
