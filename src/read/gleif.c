#include "read/gleif.h"

#include "read/gleif_node.h"
#include "read/xml_record.h"

static const struct {
    const char *root, *holder, *record;
} files[] = {
    {"LEIData", "LEIRecords", "LEIRecord"},
    {"RelationshipData", "RelationshipRecords", "RelationshipRecord"},
    {"ReportingExceptionData", "ReportingExceptions", "Exception"},
};
#define FILES (sizeof files / sizeof files[0])
/* What all of its namespaces start with. */
#define SPACE "http://www.gleif.org/data/schema/"

static size_t file_of(itd_sv root)
{
    size_t i = 0;
    while (i < FILES && !itd_sv_is(root, files[i].root))
        i++;
    return i;
}

/* ---- XML ---- */

typedef struct xml_file {
    itd_gleif_sink sink;
    size_t which; /* of files */
} xml_file;

static itd_status on_root(void *context, const itd_xml_node *root, itd_sv space, itd_error *error)
{
    xml_file *f = context;
    f->which = file_of(root->name);
    if (f->which == FILES || !itd_sv_starts(space, ITD_SV(SPACE)))
        return itd_fail_at(error, ITD_EFORMAT, itd_input_name(f->sink.input), root->line, root->offset,
                           "no file of GLEIF: its root is another one");
    return ITD_OK;
}

static bool holds_records(void *context, itd_sv name, unsigned depth)
{
    const xml_file *f = context;
    return depth == 2 && itd_sv_is(name, files[f->which].holder);
}

static itd_status on_record(void *context, const itd_xml_node *record, itd_sv holder, itd_error *error)
{
    const xml_file *f = context;
    const itd_stakes_place place = {record->line, record->offset};
    if (!itd_sv_is(holder, files[f->which].holder))
        return itd_sv_is(record->name, "Header") || itd_sv_is(record->name, "LEIHeader")
                   ? ITD_OK
                   : itd_stakes_reject(f->sink.reading, f->sink.input, &place, ITD_SV_NONE,
                                       "an element that is neither the header nor holds records", error);
    if (!itd_sv_is(record->name, files[f->which].record))
        return itd_stakes_reject(f->sink.reading, f->sink.input, &place, ITD_SV_NONE, "an element that is no record",
                                 error);
    return itd_gleif_take(&f->sink, (itd_gleif_node){.xml = record}, &place, error);
}

static itd_status on_stray(void *context, itd_sv text, uint64_t line, uint64_t offset, itd_error *error)
{
    const xml_file *f = context;
    const itd_stakes_place place = {line, offset};
    (void)text;
    return itd_stakes_reject(f->sink.reading, f->sink.input, &place, ITD_SV_NONE, "text outside of every record",
                             error);
}

static void on_progress(void *context, const itd_input *input)
{
    const xml_file *f = context;
    itd_stakes_progress(f->sink.reading, input);
}

bool itd_gleif_is_xml(itd_sv head)
{
    itd_sv name, tag;
    return itd_xml_sniff(head, &name, &tag) && file_of(name) < FILES && itd_sv_find(tag, ITD_SV(SPACE), 0) != SIZE_MAX;
}

itd_status itd_gleif_read_xml(itd_stakes_reading *reading, itd_input *input, itd_error *error)
{
    static const itd_xml_handler handler = {.root = on_root,
                                            .holds_records = holds_records,
                                            .record = on_record,
                                            .stray = on_stray,
                                            .progress = on_progress};
    xml_file f = {.sink = {reading, input}};
    reading->stakes = reading->rejected = 0;
    return itd_xml_read(input, &handler, &f, error);
}

/* ---- JSON ---- */

static itd_status take(void *context, const itd_json *object, const itd_stakes_place *place, itd_error *error)
{
    const itd_gleif_sink *sink = context;
    itd_gleif_node record = {.json = object};
    for (size_t i = 0; i < FILES; i++) /* its own name may stand around it, as the element does in XML */
        if (itd_gleif_has(record, files[i].record))
            record = itd_gleif_child(record, files[i].record);
    return itd_gleif_take(sink, record, place, error);
}

bool itd_gleif_is_json(itd_sv head)
{
    static const char *const entity[] = {"LEI", "Entity", "LegalName", NULL},
                             *const relationship[] = {"Relationship", "StartNode", "EndNode", NULL},
                             *const exception[] = {"LEI", "ExceptionCategory", NULL};
    return itd_stakes_json_has(head, entity) || itd_stakes_json_has(head, relationship) ||
           itd_stakes_json_has(head, exception);
}

itd_status itd_gleif_read_json(itd_stakes_reading *reading, itd_input *input, itd_error *error)
{
    itd_gleif_sink sink = {reading, input};
    static const char *const holders[] = {"records", "relations", "exceptions", NULL};
    const itd_stakes_json json = {
        .reading = reading, .input = input, .take = take, .context = &sink, .alone = true, .holders = holders};
    return itd_stakes_json_read(&json, error);
}
