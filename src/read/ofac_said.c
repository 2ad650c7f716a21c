#include "model/country.h"
#include "read/ofac_remarks.h"

/* Facts of the XML forms, which state label, value and country apart. */

/* "1026303117642 (Russia)": some numbers carry the country that its own element leaves out. */
static void take_country(itd_ofac_fact *fact)
{
    itd_sv text = fact->value;
    size_t open = text.size;
    if (fact->country.size || !itd_sv_ends(text, ITD_SV(")")))
        return;
    while (open > 0 && text.data[open - 1] != '(')
        open--;
    itd_sv country = open ? itd_sv_slice(text, open, text.size - open - 1) : ITD_SV_NONE;
    if (itd_country_find(country)) {
        fact->country = country;
        fact->value = itd_sv_trim(itd_sv_slice(text, 0, open - 1));
    }
}

/* Nothing when the word in the middle is empty. */
static itd_sv around(itd_record *record, const char *before, itd_sv word, const char *after)
{
    itd_sv parts[] = {itd_sv_of(before), word, itd_sv_of(after)};
    return word.size ? itd_record_join(record, *after ? "" : " ", parts, 3) : ITD_SV_NONE;
}

void itd_ofac_add_fact_or_note(const itd_ofac_entry *entry, const itd_ofac_fact *fact)
{
    itd_record *record = entry->record;
    if (fact->label.size + fact->value.size + fact->country.size + fact->issued.size + fact->expires.size +
                fact->note.size ==
            0 ||
        itd_ofac_add_fact(entry, fact))
        return;
    itd_sv words[] = {fact->label,
                      fact->value,
                      around(record, "(", fact->country, ")"),
                      around(record, "issued", fact->issued, ""),
                      around(record, "expires", fact->expires, ""),
                      around(record, "(", fact->note, ")")};
    itd_record_add(record, entry->part, ITD_P_Thing_notes, itd_record_join(record, " ", words, 6));
}

void itd_ofac_add_said(const itd_ofac_entry *entry, const itd_ofac_fact *given)
{
    itd_ofac_fact fact = *given;
    size_t more = itd_sv_find(fact.value, ITD_SV("; "), 0);
    itd_sv remarks = more == SIZE_MAX ? ITD_SV_NONE : itd_sv_slice(fact.value, more + 2, SIZE_MAX);
    fact.value = itd_sv_slice(fact.value, 0, more);
    take_country(&fact);
    itd_ofac_add_fact_or_note(entry, &fact);
    itd_ofac_add_remarks(entry, remarks);
}
