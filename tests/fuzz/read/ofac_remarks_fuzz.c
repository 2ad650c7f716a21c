/* Any bytes as Remarks of any kind of record: a record that is sound, or a reject. */
#include <string.h>

#include "read/ofac_remarks.h"
#include "support/fuzz.h"

static itd_status check(void *context, const itd_statement *s, itd_error *error)
{
    (void)error;
    ++*(size_t *)context;
    FUZZ_CHECK(s->entity.size && s->value.size && itd_sv_starts(s->entity, ITD_SV("t-1")));
    FUZZ_CHECK(itd_utf8_invalid_at(s->value) == SIZE_MAX && itd_utf8_invalid_at(s->original) == SIZE_MAX);
    FUZZ_CHECK(s->property == ITD_P_ID ||
               itd_property_find(s->schema, itd_sv_of(itd_property_name(s->property))) != ITD_PROPERTY_NONE);
    return ITD_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {"individual", "entity", "vessel", "aircraft"};
    size_t statements = 0;
    itd_read read = {.dataset = ITD_SV("t"), .skip_bad = true, .statement = check, .statement_context = &statements};
    itd_record *record = NULL;
    itd_error error;
    if (size < 1)
        return 0;
    FUZZ_CHECK(itd_record_create(&record, &read, "fuzz", &error) == ITD_OK);
    itd_ofac_entry entry = {.record = record, .schema = itd_ofac_schema(itd_sv_of(types[data[0] & 3]))};
    entry.part = itd_record_begin(record, ITD_SV("1"), false, entry.schema, 1, 0);
    itd_ofac_add_remarks(&entry, itd_sv_make((const char *)data + 1, size - 1));
    FUZZ_CHECK(itd_record_commit(record, &error) == ITD_OK);
    FUZZ_CHECK(read.rejected ? statements == 0 : statements > 0);
    itd_record_destroy(record);
    return 0;
}
