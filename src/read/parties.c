#include "read/parties.h"

#include "model/country.h"
#include "read/naming.h"

#define DAY_CHARACTERS 10 /* YYYY-MM-DD */

itd_status itd_parties_gather(itd_source *source, const char **dataset, const char *path, itd_arena *arena,
                              itd_error *error)
{
    source->paths[0] = path;
    *dataset = itd_arena_copy(arena, itd_dataset_of_path(path)).data;
    return *dataset ? ITD_OK : itd_fail_memory(error);
}

itd_status itd_parties_open(itd_parties *out, itd_read *read, itd_error *error)
{
    const char *path = read->source->paths[0];
    *out = (itd_parties){.read = read, .dataset = read->dataset.size ? read->dataset : itd_dataset_of_path(path)};
    return itd_record_create(&out->record, read, itd_document_of_path(path), error);
}

void itd_parties_close(itd_parties *parties)
{
    itd_record_destroy(parties->record);
    parties->record = NULL;
}

static itd_status on_stake(void *context, const itd_stake *stake, itd_error *error)
{
    (void)context, (void)stake, (void)error;
    return ITD_OK;
}

/* A failure waits for the end: readers of stakes do not ask. */
static void on_reject(void *context, const itd_reject *reject)
{
    itd_parties *p = context;
    p->read->rejected++;
    if (p->read->reject && p->told == ITD_OK)
        p->told = p->read->reject(p->read->reject_context, reject, &p->why);
}

static void on_progress(void *context, uint64_t done, uint64_t total)
{
    const itd_parties *p = context;
    if (p->read->progress)
        p->read->progress(p->read->progress_context, done, total);
}

itd_status itd_parties_read(itd_parties *p, itd_status (*form)(itd_stakes_reading *, itd_input *, itd_error *),
                            itd_status (*party)(void *context, const itd_stakes_party *party, itd_error *error),
                            void *context, itd_error *error)
{
    itd_stakes_reading reading = {.skip_bad = p->read->skip_bad,
                                  .stake = on_stake,
                                  .party = party,
                                  .party_context = context,
                                  .reject = on_reject,
                                  .reject_context = p,
                                  .progress = on_progress,
                                  .progress_context = p};
    ITD_TRY(itd_input_open(&p->input, p->read->source->paths[0], error));
    itd_status status = form(&reading, p->input, error);
    itd_input_close(p->input);
    p->input = NULL;
    if (p->told == ITD_OK)
        return status;
    if (error)
        *error = p->why;
    return p->told;
}

void itd_parties_begin(itd_parties *p, itd_sv id, itd_schema schema, uint64_t line, uint64_t offset)
{
    (void)itd_record_begin(p->record, id, true, schema, line, offset);
    itd_record_set_dataset(p->record, p->dataset);
}

static itd_property property_of(const itd_parties *p, const char *name)
{
    return itd_property_find(itd_record_schema(p->record, 0), itd_sv_of(name));
}

void itd_parties_add(itd_parties *p, const char *name, itd_sv value)
{
    itd_property property = property_of(p, name);
    if (property != ITD_PROPERTY_NONE)
        itd_record_add(p->record, 0, property, value);
}

void itd_parties_add_country(itd_parties *p, const char *name, itd_sv text)
{
    itd_property property = property_of(p, name);
    size_t hyphen = itd_sv_find(text, ITD_SV("-"), 0);
    const char *code = hyphen == 2 ? itd_country_find(itd_sv_slice(text, 0, hyphen)) : NULL;
    if (property == ITD_PROPERTY_NONE)
        return;
    if (code)
        itd_record_add_as(p->record, 0, property, itd_sv_of(code), text, ITD_SV_NONE);
    else
        itd_record_add_country(p->record, 0, property, text);
}

void itd_parties_put_date(itd_parties *p, const char *name, itd_date date, itd_sv original)
{
    itd_property property = property_of(p, name);
    if (property != ITD_PROPERTY_NONE)
        itd_record_add_date(p->record, 0, property, date, original);
}

void itd_parties_add_date(itd_parties *p, const char *name, itd_sv text)
{
    itd_date date = {0};
    if (itd_date_parse(&date, itd_sv_slice(text, 0, DAY_CHARACTERS)))
        itd_parties_put_date(p, name, date, text);
    else
        itd_parties_add(p, name, text);
}
