#ifndef ITD_READ_OFAC_LABELS_H
#define ITD_READ_OFAC_LABELS_H

#include "read/record.h"

/* The labels under which OFAC states facts, in Remarks and as idType. */

typedef enum itd_ofac_label_kind {
    ITD_OFAC_LABEL_BIRTH_DATE,
    ITD_OFAC_LABEL_BIRTH_PLACE,
    ITD_OFAC_LABEL_GENDER,
    ITD_OFAC_LABEL_PASSPORT,
    ITD_OFAC_LABEL_NUMBER, /**< `property` takes the number, an Identification part the paper */
    ITD_OFAC_LABEL_IMO,    /**< imoNumber when the value starts with "IMO", else as a number if `property` is there */
    ITD_OFAC_LABEL_WALLET,
    ITD_OFAC_LABEL_PLAIN, /**< `property` takes the value as its type demands */
    ITD_OFAC_LABEL_SAID,  /**< plain, and the original keeps the label: it narrows what the property says */
    ITD_OFAC_LABEL_LINK,
    ITD_OFAC_LABEL_PROVISION, /**< what a measure forbids: label and value together */
} itd_ofac_label_kind;

typedef struct itd_ofac_label {
    const char *text, *property;
    itd_ofac_label_kind kind;
} itd_ofac_label;

/** The longest label that `text` starts with, as whole words without regard to case, or NULL. `*used` is its length
 * with a colon that follows. */
const itd_ofac_label *itd_ofac_find_label(itd_sv text, size_t *used);
/** Length of the words before a number in a text such as "Turkish Identification Number 123": they end with "No.",
 * "Number", "#" or the like, and a digit follows. 0: it is no such text. */
size_t itd_ofac_number_label(itd_sv text);
/** Does such a label end so? */
bool itd_ofac_is_number_label(itd_sv label);
bool itd_ofac_has_digit(itd_sv word);
/** Leaves the number alone: "Booklet: A1" is "A1" with "Booklet" before it, "# B2" is "B2". Of a passport also words
 * without digits or capitals alone go: "Laissez-Passer 02154", "AF4 Colombia", whose end goes to `*after`. A text
 * without a digit stays. `*before` and `*after` are written only when something goes there. */
void itd_ofac_clean_number(itd_sv *before, itd_sv *number, itd_sv *after, bool passport);

#endif
