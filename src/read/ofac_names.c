#include "base/map.h"
#include "base/vector.h"
#include "read/ofac_remarks.h"

#define NOBODY UINT32_MAX
#define SEVERAL (UINT32_MAX - 1)

/* Who bears a name: the number of an id, NOBODY or SEVERAL. */
typedef struct bearers {
    uint32_t primary, alias;
} bearers;

struct itd_ofac_names {
    itd_intern names, ids;
    ITD_VECTOR(bearers) bearers; /* by number of the name */
};

itd_status itd_ofac_names_create(itd_ofac_names **out, size_t bytes_max, itd_error *error)
{
    itd_ofac_names *names = itd_calloc(1, sizeof *names);
    if (!names)
        return itd_fail_memory(error);
    itd_intern_init(&names->names, bytes_max);
    itd_intern_init(&names->ids, bytes_max);
    *out = names;
    return ITD_OK;
}

void itd_ofac_names_destroy(itd_ofac_names *names)
{
    if (!names)
        return;
    itd_intern_finish(&names->names);
    itd_intern_finish(&names->ids);
    itd_vector_finish(&names->bearers);
    itd_free(names);
}

static void bear(uint32_t *bearer, uint32_t id)
{
    if (*bearer == NOBODY)
        *bearer = id;
    else if (*bearer != id)
        *bearer = SEVERAL;
}

itd_status itd_ofac_names_add(itd_ofac_names *names, itd_sv name, itd_sv id, bool primary, itd_error *error)
{
    name = itd_sv_trim(name);
    if (name.size == 0)
        return ITD_OK;
    uint32_t id_number = itd_intern_add(&names->ids, id);
    uint32_t number = itd_intern_add(&names->names, name);
    if (id_number == ITD_MAP_NONE || number == ITD_MAP_NONE)
        return itd_fail_memory(error);
    bearers none = {NOBODY, NOBODY};
    while (names->bearers.count <= number)
        if (!itd_vector_push(&names->bearers, none))
            return itd_fail_memory(error);
    bearers *of = &names->bearers.items[number];
    bear(primary ? &of->primary : &of->alias, id_number);
    return ITD_OK;
}

/* An empty view when nobody, or more than one, bears it. */
static itd_sv find_exactly(const itd_ofac_names *names, itd_sv name)
{
    uint32_t number = itd_intern_find(&names->names, name);
    if (number == ITD_MAP_NONE || number >= names->bearers.count)
        return ITD_SV_NONE;
    bearers of = names->bearers.items[number];
    uint32_t id = of.primary != NOBODY ? of.primary : of.alias;
    return id == NOBODY || id == SEVERAL ? ITD_SV_NONE : names->ids.texts[id];
}

itd_sv itd_ofac_names_find(const itd_ofac_names *names, itd_sv name)
{
    name = itd_sv_trim(name);
    itd_sv id = find_exactly(names, name);
    if (id.size == 0 && itd_sv_ends(name, ITD_SV(".")))
        id = find_exactly(names, itd_sv_trim(itd_sv_make(name.data, name.size - 1)));
    return id;
}
