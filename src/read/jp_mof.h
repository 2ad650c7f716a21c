#ifndef ITD_READ_JP_MOF_H
#define ITD_READ_JP_MOF_H

#include "read/uk_text.h"

/* Between the files of the reader of Japan's list of asset freezes. */

/** Columns of its sheets; none has all of them. */
typedef enum itd_mof_column {
    ITD_MOF_NOTICE_DATE,
    ITD_MOF_NUMBER,
    ITD_MOF_JAPANESE,
    ITD_MOF_ENGLISH,
    ITD_MOF_ALIASES,
    ITD_MOF_POSITION,
    ITD_MOF_BIRTH_DATE,
    ITD_MOF_NATIONALITY,
    ITD_MOF_PASSPORT,
    ITD_MOF_ID_NUMBER,
    ITD_MOF_ADDRESS,
    ITD_MOF_OTHER,
    ITD_MOF_COLUMNS
} itd_mof_column;

/** What a row says: texts by column, trimmed. The entry has its Sanction part. Ids of parts: passport-<hash>,
 * id-<hash>, address-<hash>. */
void itd_jp_mof_add_facts(const itd_uk_entry *entry, const itd_sv texts[static ITD_MOF_COLUMNS]);

#endif
