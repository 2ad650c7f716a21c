#include "model/other.h"

bool itd_other_name_fits(itd_schema schema, itd_sv name)
{
    if (name.size == 0 || name.size > ITD_OTHER_NAME_MAX)
        return false;
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] < ' ' || name.data[i] > '~' || name.data[i] == '"' || name.data[i] == '\'')
            return false;
    return schema < ITD_SCHEMA_COUNT && itd_property_find(schema, name) == ITD_PROPERTY_NONE;
}

void itd_other_split(itd_sv *name, itd_sv *written, itd_sv original)
{
    const char *tab = original.size ? memchr(original.data, '\t', original.size) : NULL;
    size_t size = tab ? (size_t)(tab - original.data) : original.size;
    *name = itd_sv_slice(original, 0, size);
    *written = tab ? itd_sv_slice(original, size + 1, original.size) : ITD_SV_NONE;
}

bool itd_other_fits(itd_schema schema, itd_sv original)
{
    itd_sv name, written;
    itd_other_split(&name, &written, original);
    return itd_other_name_fits(schema, name) && (name.size == original.size || written.size > 0);
}
