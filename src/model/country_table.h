#ifndef ITD_MODEL_COUNTRY_TABLE_H
#define ITD_MODEL_COUNTRY_TABLE_H

#include "model/country_sizes.h"
#include "model/name_slots.h"

/* What the generator makes of data/model/countries.tsv, and country.c reads. */

typedef struct itd_country_row {
    const char *code, *name;
} itd_country_row;

extern const itd_country_row itd_country_rows[ITD_COUNTRY_COUNT];
/** Folded codes, names and spellings to rows. */
extern const itd_name_slot itd_country_slots[ITD_COUNTRY_SLOTS];
/** Latin letters without their accents, in lower case; "": no letter. */
extern const char itd_country_letters[ITD_COUNTRY_FOLD_LAST - ITD_COUNTRY_FOLD_FIRST + 1][4];

#endif
