#include "read/uksl.h"

#define NAME_MAX_BYTES 80 /* a longer name is none of the list's */

/* The words of a name, in their order; the first row that fits decides. */
static const struct {
    const char *words;
    uint8_t column;
} names[] = {
    {"last updated", ITD_UKSL_UPDATED},
    {"date designated", ITD_UKSL_DESIGNATED},
    {"unique id", ITD_UKSL_UNIQUE_ID},
    {"ofsi group", ITD_UKSL_GROUP_ID},
    {"group id", ITD_UKSL_GROUP_ID},
    {"un ref", ITD_UKSL_UN_REFERENCE},
    {"latin type", ITD_UKSL_SCRIPT_TYPE},
    {"latin language", ITD_UKSL_SCRIPT_LANGUAGE},
    {"non latin", ITD_UKSL_SCRIPT_NAME},
    {"name 1", ITD_UKSL_NAME_1},
    {"name 2", ITD_UKSL_NAME_2},
    {"name 3", ITD_UKSL_NAME_3},
    {"name 4", ITD_UKSL_NAME_4},
    {"name 5", ITD_UKSL_NAME_5},
    {"name 6", ITD_UKSL_NAME_6},
    {"alias strength", ITD_UKSL_STRENGTH},
    {"alias quality", ITD_UKSL_STRENGTH},
    {"name type", ITD_UKSL_NAME_TYPE},
    {"alias type", ITD_UKSL_NAME_TYPE},
    {"title", ITD_UKSL_TITLE},
    {"regime", ITD_UKSL_REGIME},
    {"individual entity ship", ITD_UKSL_TYPE},
    {"designation type", ITD_UKSL_TYPE},
    {"designation source", ITD_UKSL_SOURCE},
    {"other information", ITD_UKSL_OTHER},
    {"statement reason", ITD_UKSL_REASONS},
    {"address line 1", ITD_UKSL_ADDRESS_1},
    {"address line 2", ITD_UKSL_ADDRESS_2},
    {"address line 3", ITD_UKSL_ADDRESS_3},
    {"address line 4", ITD_UKSL_ADDRESS_4},
    {"address line 5", ITD_UKSL_ADDRESS_5},
    {"address line 6", ITD_UKSL_ADDRESS_6},
    {"postal code", ITD_UKSL_POSTCODE},
    {"post code", ITD_UKSL_POSTCODE},
    {"address country", ITD_UKSL_COUNTRY},
    {"phone", ITD_UKSL_PHONE},
    {"website", ITD_UKSL_WEBSITE},
    {"email", ITD_UKSL_EMAIL},
    {"date of birth", ITD_UKSL_DOB},
    {"national identi info", ITD_UKSL_NATIONAL_DETAILS},
    {"national identi details", ITD_UKSL_NATIONAL_DETAILS},
    {"national identi", ITD_UKSL_NATIONAL_NUMBER},
    {"nationalit", ITD_UKSL_NATIONALITY},
    {"passport info", ITD_UKSL_PASSPORT_DETAILS},
    {"passport details", ITD_UKSL_PASSPORT_DETAILS},
    {"passport", ITD_UKSL_PASSPORT_NUMBER},
    {"position", ITD_UKSL_POSITION},
    {"gender", ITD_UKSL_GENDER},
    {"town birth", ITD_UKSL_BIRTH_TOWN},
    {"country birth", ITD_UKSL_BIRTH_COUNTRY},
    {"type entit", ITD_UKSL_ENTITY_TYPE},
    {"subsidiar", ITD_UKSL_SUBSIDIARIES},
    {"parent compan", ITD_UKSL_PARENT},
    {"business reg", ITD_UKSL_REGISTRATION},
    {"imo", ITD_UKSL_IMO},
    {"previous owner", ITD_UKSL_PAST_OWNER},
    {"owner", ITD_UKSL_OWNER},
    {"previous flag", ITD_UKSL_PAST_FLAGS},
    {"flag", ITD_UKSL_FLAG},
    {"type ship", ITD_UKSL_SHIP_TYPE},
    {"tonnage", ITD_UKSL_TONNAGE},
    {"length", ITD_UKSL_LENGTH},
    {"year built", ITD_UKSL_YEAR_BUILT},
    {"hull", ITD_UKSL_HULL},
};

/* Names that have to be these and nothing more: their words stand in others, too. */
static const struct {
    const char *letters;
    uint8_t column;
} whole_names[] = {
    {"name", ITD_UKSL_WHOLE_NAME},
    {"type", ITD_UKSL_TYPE},
    {"dob", ITD_UKSL_DOB},
    {"sanctionsimposed", ITD_UKSL_MEASURES},
};

static bool has_words(itd_sv letters, const char *words)
{
    itd_sv rest = itd_sv_of(words), word;
    size_t at = 0;
    while (itd_sv_split(&word, &rest, ' ')) {
        at = itd_sv_find(letters, word, at);
        if (at == SIZE_MAX)
            return false;
        at += word.size;
    }
    return true;
}

uint8_t itd_uksl_column(itd_sv name)
{
    char text[NAME_MAX_BYTES];
    itd_sv letters = {text, 0};
    name = itd_sv_trim(name);
    if (name.size > sizeof text)
        return ITD_UKSL_COLUMNS;
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            text[letters.size++] = c;
    }
    for (size_t i = 0; i < sizeof whole_names / sizeof whole_names[0]; i++)
        if (itd_sv_is(letters, whole_names[i].letters))
            return whole_names[i].column;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (has_words(letters, names[i].words))
            return names[i].column;
    return ITD_UKSL_COLUMNS;
}
