#include "read/stakes.h"

#include "read/bods.h"
#include "read/gleif.h"
#include "read/icij.h"
#include "read/uk_psc.h"

/* A row a form of registers; content decides, the first that knows it wins. */
static const itd_stakes_format formats[] = {
    {"csv", itd_stakes_csv_is, itd_stakes_csv_read},
    {"bods", itd_bods_is, itd_bods_read},
    {"gleif_xml", itd_gleif_is_xml, itd_gleif_read_xml},
    {"gleif_json", itd_gleif_is_json, itd_gleif_read_json},
    {"icij_edges", itd_icij_is_edges, itd_icij_read_edges},
    {"icij_nodes", itd_icij_is_nodes, itd_icij_read_nodes},
    {"uk_psc", itd_uk_psc_is, itd_uk_psc_read},
};

const itd_stakes_format *itd_stakes_format_at(size_t index)
{
    return index < sizeof formats / sizeof formats[0] ? &formats[index] : NULL;
}

const itd_stakes_format *itd_stakes_format_of(itd_sv head)
{
    const itd_stakes_format *format;
    for (size_t i = 0; (format = itd_stakes_format_at(i)) != NULL; i++)
        if (format->is(head))
            return format;
    return NULL;
}
