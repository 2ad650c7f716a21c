#ifndef ITD_READ_UKSL_H
#define ITD_READ_UKSL_H

#include "read/uk_text.h"

/* The UK Sanctions List, the UK's only list since 28 January 2026: what its XML, its CSV and its index have in common.
 * A fact has one meaning wherever it stands, and its name is spelled in many ways: "Current owner/operator (s)",
 * CurrentOwnerOperators. Names are therefore told by the words in them. */

enum itd_uksl_column {
    ITD_UKSL_UPDATED,
    ITD_UKSL_DESIGNATED,
    ITD_UKSL_UNIQUE_ID,
    ITD_UKSL_GROUP_ID,
    ITD_UKSL_UN_REFERENCE,
    ITD_UKSL_NAME_6,
    ITD_UKSL_NAME_1,
    ITD_UKSL_NAME_2,
    ITD_UKSL_NAME_3,
    ITD_UKSL_NAME_4,
    ITD_UKSL_NAME_5,
    ITD_UKSL_WHOLE_NAME, /* of the index */
    ITD_UKSL_NAME_TYPE,
    ITD_UKSL_STRENGTH,
    ITD_UKSL_TITLE,
    ITD_UKSL_SCRIPT_NAME,
    ITD_UKSL_SCRIPT_TYPE,
    ITD_UKSL_SCRIPT_LANGUAGE,
    ITD_UKSL_REGIME,
    ITD_UKSL_TYPE,
    ITD_UKSL_SOURCE,
    ITD_UKSL_MEASURES,
    ITD_UKSL_OTHER,
    ITD_UKSL_REASONS,
    ITD_UKSL_ADDRESS_1,
    ITD_UKSL_ADDRESS_2,
    ITD_UKSL_ADDRESS_3,
    ITD_UKSL_ADDRESS_4,
    ITD_UKSL_ADDRESS_5,
    ITD_UKSL_ADDRESS_6,
    ITD_UKSL_POSTCODE,
    ITD_UKSL_COUNTRY,
    ITD_UKSL_PHONE,
    ITD_UKSL_WEBSITE,
    ITD_UKSL_EMAIL,
    ITD_UKSL_DOB,
    ITD_UKSL_NATIONALITY,
    ITD_UKSL_NATIONAL_NUMBER,
    ITD_UKSL_NATIONAL_DETAILS,
    ITD_UKSL_PASSPORT_NUMBER,
    ITD_UKSL_PASSPORT_DETAILS,
    ITD_UKSL_POSITION,
    ITD_UKSL_GENDER,
    ITD_UKSL_BIRTH_TOWN,
    ITD_UKSL_BIRTH_COUNTRY,
    ITD_UKSL_ENTITY_TYPE,
    ITD_UKSL_SUBSIDIARIES,
    ITD_UKSL_PARENT,
    ITD_UKSL_REGISTRATION,
    ITD_UKSL_IMO,
    ITD_UKSL_OWNER,
    ITD_UKSL_PAST_OWNER,
    ITD_UKSL_FLAG,
    ITD_UKSL_PAST_FLAGS,
    ITD_UKSL_SHIP_TYPE,
    ITD_UKSL_TONNAGE,
    ITD_UKSL_LENGTH,
    ITD_UKSL_YEAR_BUILT,
    ITD_UKSL_HULL,
    ITD_UKSL_COLUMNS /* none of them */
};

/** The column of a header or of an XML element.  Cost: O(columns · name). */
uint8_t itd_uksl_column(itd_sv name);

/** Person, Organization, Vessel for "Individual", "Entity", "Ship", else ITD_SCHEMA_NONE. */
itd_schema itd_uksl_schema(itd_sv type);

/** Columns that say one thing together, and what they say. */
typedef struct itd_uksl_group {
    uint8_t columns[12], count;
    void (*add)(const itd_uk_entry *entry, const itd_sv *texts); /**< texts by column */
} itd_uksl_group;
/** Group by group, NULL past the last. */
const itd_uksl_group *itd_uksl_group_at(size_t index);

/** Sets `entry->sanction`, the Sanction part of the regime, and says what every designation has: the topic, the
 * authority, the Unique ID under which it knows the designation, the regime as the programme. */
void itd_uksl_add_frame(itd_uk_entry *entry, itd_sv unique_id, itd_sv regime);
/** Takes the next measure from "Asset freeze|Travel Ban" (`bars`), or from "Asset freeze, Travel Ban". */
bool itd_uksl_measure_next(itd_sv *measure, itd_sv *rest, bool bars);

#endif
