#ifndef ITD_READ_OFAC_REMARKS_H
#define ITD_READ_OFAC_REMARKS_H

#include "read/record.h"

/* What the OFAC formats (CSV set, XML) share: which statements a record of the SDN and consolidated lists gives. The
 * CSV set says most facts in one text, Remarks, pieces between semicolons ("DOB 27 Mar 1964; alt. DOB 1965; Passport
 * 1234 (Korea, North) issued 02 Feb 2010; Linked To: SOME NAME."); the XML says the same facts as elements and as rows
 * of its idList, whose idType is the same label. Sources: OFAC dat_spec.txt (2016-08-30) and the lists themselves.
 *
 * Ids of parts, stable from one version of the list to the next, all under "<record id>-":
 *   sanction-<programme>   Sanction: program, authority, entity        address-<add_num>  Address
 *   id-<hash>, passport-<hash>  Identification, Passport: type, number, country, dates, holder
 *   wallet-<asset>-<key>   CryptoWallet: publicKey, currencySymbol, holder
 *   link-<hash>            UnknownLink: subject is the record, role "Linked To"
 *   named-<hash>           LegalEntity that only a name is known of (a link's object, a vessel's owner)
 * where <hash> is 16 hex digits of what the part says. */

/** Names of a list to the ids of their records. A name that two records bear as their primary name, or that none bears
 * as primary and two as an alias, names none of them. */
typedef struct itd_ofac_names itd_ofac_names;
ITD_MUST_CHECK itd_status itd_ofac_names_create(itd_ofac_names **out, size_t bytes_max, itd_error *error);
void itd_ofac_names_destroy(itd_ofac_names *names);
/** `id` is the whole id of the record ("us-ofac-sdn-36"). Both are copied. @return ITD_OK | ITD_ENOMEM (also past
 * bytes_max) */
ITD_MUST_CHECK itd_status itd_ofac_names_add(itd_ofac_names *names, itd_sv name, itd_sv id, bool primary,
                                             itd_error *error);
/** The id, or an empty view. The name is taken as written, or without its last point. */
itd_sv itd_ofac_names_find(const itd_ofac_names *names, itd_sv name);

/** Person, Vessel, Airplane for "individual", "vessel", "aircraft"; Organization for "entity", an empty text and "-0-":
 * OFAC tells individuals apart, so what it calls an entity is no natural person. ITD_SCHEMA_NONE for anything else. */
itd_schema itd_ofac_schema(itd_sv type);

/** A record whose statements are being added. Nothing here fails by itself: failures come out of itd_record_commit. */
typedef struct itd_ofac_entry {
    itd_record *record;
    itd_part part;               /**< of the record itself */
    itd_schema schema;           /**< of that part */
    const itd_ofac_names *names; /**< finds what a record is linked to; NULL: always a named-<hash> part */
} itd_ofac_entry;

typedef enum itd_ofac_name_kind {
    ITD_OFAC_NAME_PRIMARY,
    ITD_OFAC_NAME_AKA, /**< alias */
    ITD_OFAC_NAME_FKA, /**< formerly known as: previousName */
    ITD_OFAC_NAME_NKA, /**< now known as: alias, OFAC keeps the listed name as the primary one */
} itd_ofac_name_kind;

/** "a.k.a.", "aka", "f.k.a.", … without regard to case; anything else is ITD_OFAC_NAME_AKA. */
itd_ofac_name_kind itd_ofac_name_kind_of(itd_sv text);
/** A name as OFAC writes it. A weak one is a weakAlias whatever its kind. The primary name of a person, "LAST, First
 * Middle", also gives lastName and firstName. */
void itd_ofac_add_name(const itd_ofac_entry *entry, itd_sv name, itd_ofac_name_kind kind, bool weak);
/** One programme code as written: a Sanction part. The first also puts the topic "sanction" on the record. */
void itd_ofac_add_programme(const itd_ofac_entry *entry, itd_sv code);
/** The codes of the CSV, joined as "SDGT] [NPWMD". */
void itd_ofac_add_programmes(const itd_ofac_entry *entry, itd_sv codes);

typedef struct itd_ofac_address {
    itd_sv key;                      /**< publisher's number of the address */
    itd_sv street;                   /**< one text, or the XML's lines joined with ", " */
    itd_sv city, state, postal_code; /**< of the XML */
    itd_sv region;                   /**< of the enhanced and the advanced XML */
    itd_sv city_state_postal;        /**< of the CSV, one text */
    itd_sv country, remarks;
} itd_ofac_address;
/** An Address part, the address as one text on the record, and the country; nothing when all is empty. */
void itd_ofac_add_address(const itd_ofac_entry *entry, const itd_ofac_address *address);

/** A fact under OFAC's label: an idType of the XML, or the start of a piece of Remarks. */
typedef struct itd_ofac_fact {
    itd_sv label;           /**< "Passport", "Tax ID No.", "Gender", "Digital Currency Address - XBT" … */
    itd_sv value;           /**< "1234" */
    itd_sv country;         /**< "Korea, North" */
    itd_sv issued, expires; /**< dates as written, or empty */
    itd_sv note;            /**< what else is said of a paper: "issued in Sarajevo" */
} itd_ofac_fact;
/** False when the label is not known or says nothing that this schema can hold; nothing was added then, and the caller
 * keeps the text as a note. */
bool itd_ofac_add_fact(const itd_ofac_entry *entry, const itd_ofac_fact *fact);
/** A fact, or where no property takes it the note that the CSV set would have: "Passport 1234 (Narnia) issued 02 Feb
 * 2010". */
void itd_ofac_add_fact_or_note(const itd_ofac_entry *entry, const itd_ofac_fact *fact);
/** The same for numbers as the XML forms have them: a country that stands only behind the value, "1234 (Russia)", is
 * taken from there; what follows a semicolon is a remark of its own. */
void itd_ofac_add_said(const itd_ofac_entry *entry, const itd_ofac_fact *fact);
/** A birth date: "27 Mar 1964", "Mar 1964", "1964", "circa 1964", "1960 to 1965" (a year each up to
 * ITD_OFAC_YEARS_MAX years, wider: the two ends). Words that are no date stay as a note. */
void itd_ofac_add_birth_date(const itd_ofac_entry *entry, itd_sv text);
/** "Linked To": an UnknownLink to the record of that name, or to a LegalEntity part that holds the name. */
void itd_ofac_add_link(const itd_ofac_entry *entry, itd_sv name);
/** All pieces of a Remarks text: facts, names between quotes (weak), links; every piece that is none of these becomes
 * one statement of notes. */
void itd_ofac_add_remarks(const itd_ofac_entry *entry, itd_sv remarks);

/** Widest range of birth years that is written out year by year. */
#define ITD_OFAC_YEARS_MAX 10

#endif
