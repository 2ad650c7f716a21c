#include "read/reader.h"

/* A row a format. Where two formats are equally sure of a file, the earlier row wins. */
static const itd_format *const formats[] = {
    &itd_format_ofac_csv,
    &itd_format_ofac_xml,
    &itd_format_ofac_enhanced,
    &itd_format_ofac_advanced,
    &itd_format_ofac_wallets,
    &itd_format_uk_conlist,
    &itd_format_uksl_csv,
    &itd_format_uksl_xml,
    &itd_format_eu_fsf_xml,
    &itd_format_eu_fsf_csv,
    &itd_format_eu_journal,
    &itd_format_un_xml,
    &itd_format_us_fincen,
    &itd_format_us_bis_dpl,
    &itd_format_ftm,
    &itd_format_statements,
    &itd_format_us_csl,
    &itd_format_statements_csv,
    &itd_format_targets_simple,
    &itd_format_ca_sema,
    &itd_format_au_dfat,
    &itd_format_senzing,
    &itd_format_ftm_delta,
    &itd_format_ch_seco,
    &itd_format_jp_meti,
    &itd_format_jp_mof,
    &itd_format_bods,
    &itd_format_uk_psc,
    &itd_format_gleif,
    &itd_format_icij,
    &itd_format_csv,
    &itd_format_jsonl,
    NULL,
};

const itd_format *itd_format_at(size_t index)
{
    return index < sizeof formats / sizeof formats[0] ? formats[index] : NULL;
}

const itd_format *itd_format_find(const char *id)
{
    const itd_format *format;
    for (size_t i = 0; (format = itd_format_at(i)) != NULL; i++)
        if (strcmp(format->id, id) == 0)
            return format;
    return NULL;
}
