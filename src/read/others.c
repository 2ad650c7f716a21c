#include "read/others.h"

#include <stdio.h>

/** Room for what a note says, each schema's name included. */
#define NOTE_BYTES_MAX 1024

void itd_others_see(itd_others *others, const itd_statement *statement)
{
    itd_sv name, written;
    if (statement->property != ITD_P_OTHER || others->more)
        return;
    itd_other_split(&name, &written, statement->original);
    for (size_t i = 0; i < others->count; i++)
        if (others->named[i].schema == statement->schema && itd_sv_is(name, others->named[i].name))
            return;
    if (others->count == ITD_OTHERS_NAMED_MAX) {
        others->more = true;
        return;
    }
    others->named[others->count].schema = statement->schema;
    (void)snprintf(others->named[others->count].name, sizeof others->named[0].name, "%.*s", ITD_SV_ARG(name));
    others->count++;
}

void itd_others_note(const itd_others *others, const itd_read *read)
{
    char text[NOTE_BYTES_MAX];
    if (others->count == 0 || !read->note)
        return;
    size_t size = (size_t)snprintf(text, sizeof text, "kept as they are, not in the model:");
    for (size_t i = 0; i < others->count && size < sizeof text; i++)
        size += (size_t)snprintf(text + size, sizeof text - size, "%s %s:%s", i ? "," : "",
                                 itd_schema_name(others->named[i].schema), others->named[i].name);
    if (others->more && size < sizeof text)
        (void)snprintf(text + size, sizeof text - size, ", …");
    read->note(read->note_context, text);
}
