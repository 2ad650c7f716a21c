#ifndef ITD_READ_EU_FACTS_H
#define ITD_READ_EU_FACTS_H

#include "read/record.h"

/* What the forms of the EU's consolidated financial sanctions list (FSF) have in common: its XML 1.1 and the CSV of
 * before. A record is part 0. Ids of parts: sanction-<programme>; address-<the publisher's number>, id-<number>,
 * passport-<number>. Numbers of names, citizenships and births are the publisher's rows and say nothing of anyone: they
 * are left out. */

typedef struct itd_eu_entry {
    itd_record *record;
    itd_schema schema;
    bool named; /**< a name was given as the primary one; later ones are aliases */
} itd_eu_entry;

typedef struct itd_eu_name {
    itd_sv whole, first, middle, last, gender, title, function, language;
    bool weak;
} itd_eu_name;

/** Widest range of birth years that is written out year by year; a wider one gives its two ends. */
#define ITD_EU_YEARS_MAX 10
typedef struct itd_eu_birth {
    itd_sv date;             /**< ISO, or empty */
    itd_sv year, month, day; /**< when there is no date */
    itd_sv from, to;         /**< a range of years */
    itd_sv place, city, region, postal_code, country;
    bool circa;
} itd_eu_birth;

typedef struct itd_eu_address {
    itd_sv key, street, box, postal_code, city, region, place, country, remark;
} itd_eu_address;

typedef struct itd_eu_paper {
    itd_sv key, type, words; /**< "passport", "National passport" */
    itd_sv number, country, issuer, issued, from, until, remark;
} itd_eu_paper;

/** "P" or "person": Person, "E" or "enterprise": Organization; else ITD_SCHEMA_NONE. */
itd_schema itd_eu_schema(itd_sv type);
/** Empty when the text stands for nothing known: "-", "N/A", "00", "UNKNOWN". */
itd_sv itd_eu_text(itd_sv text);
void itd_eu_add_note(itd_eu_entry *entry, const char *label, itd_sv text);
/** A remark, and the wallets that it names. */
void itd_eu_add_remark(itd_eu_entry *entry, itd_sv text);
/** The first strong name is the primary one. The list does not say which is: readers give that of the lowest number
 * first. */
void itd_eu_add_name(itd_eu_entry *entry, const itd_eu_name *name);
void itd_eu_add_citizenship(itd_eu_entry *entry, itd_sv country);
void itd_eu_add_birth(itd_eu_entry *entry, const itd_eu_birth *birth);
void itd_eu_add_address(itd_eu_entry *entry, const itd_eu_address *address);
void itd_eu_add_paper(itd_eu_entry *entry, const itd_eu_paper *paper);
/** "PHONE", "FAX", "EMAIL", "WEB" and what they are followed by. */
void itd_eu_add_contact(itd_eu_entry *entry, itd_sv kind, itd_sv text);
/** The Sanction part of a programme. */
itd_part itd_eu_sanction(itd_eu_entry *entry, itd_sv programme);
void itd_eu_add_date(itd_eu_entry *entry, itd_part part, itd_property property, itd_sv text);

#endif
