#ifndef ITD_MODEL_STATEMENT_H
#define ITD_MODEL_STATEMENT_H

#include "base/error.h"
#include "model/schema.h"

/** Traffic Light Protocol 2.0 (FIRST), in rising order of strictness. */
typedef enum itd_tlp { ITD_TLP_CLEAR, ITD_TLP_GREEN, ITD_TLP_AMBER, ITD_TLP_AMBER_STRICT, ITD_TLP_RED } itd_tlp;

/** One value of one property of one entity, from one place in one source. All views are borrowed: a sink copies what it
 * keeps. */
typedef struct itd_statement {
    itd_sv entity;     /**< id of the entity it is about */
    itd_sv record;     /**< id of the publisher's record that it was made from; equals `entity` for the record itself */
    itd_sv dataset;    /**< "us-ofac-sdn" */
    itd_schema schema; /**< of `entity`, as this statement's source knows it */
    itd_property property; /**< ITD_P_ID: the entity exists; ITD_P_OTHER: one that the model does not have */
    itd_sv value;    /**< normal form: ISO dates, ISO 3166-1 alpha-2 countries in lower case, entity ids, else text */
    itd_sv original; /**< as the source writes it, when that differs from `value`; else empty. Of ITD_P_OTHER:
                        model/other.h */
    itd_sv lang;     /**< ISO 639-3, or empty */
    itd_sv first_seen, last_seen; /**< ISO times, or empty */
    itd_sv origin;                /**< who asserted it, or empty: the publisher */
    itd_sv document;              /**< name of the source file */
    uint64_t line;                /**< of the source position, from 1; 0: none */
    uint64_t offset;              /**< byte of the record or value in the (decompressed) source, or ITD_NOWHERE */
    uint32_t span;                /**< bytes from `offset` on; 0: not known */
    char reliability;             /**< Admiralty grade of the source 'A' … 'F', or 0 */
    char credibility;             /**< Admiralty grade of the claim '1' … '6', or 0 */
    uint8_t tlp;                  /**< itd_tlp */
} itd_statement;

/** Where statements go. A callback's failure ends the work with that status. */
typedef itd_status itd_statement_sink(void *context, const itd_statement *statement, itd_error *error);

#endif
