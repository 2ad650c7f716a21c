#include "read/icij_role.h"

#include "read/stakes_send.h"

/* Two digits up to this one are a year of this century. */
#define NEWEST_SHORT_YEAR 16

static const char *const of_holders[] = {"shareholder", "owner", "benefici", NULL};
static const char *const of_sole_holders[] = {"sole shareholder", "sole owner", "sole beneficial owner", NULL};
static const char *const of_controllers[] = {"protector", "trustee", "settlor", NULL};
static const char *const of_directors[] = {"director",  "president", "secretary", "treasurer",         "chairman",
                                           "signatory", "attorney",  "council",   "board of managers", NULL};

static bool has_any(itd_sv text, const char *const *words)
{
    for (; *words; words++)
        if (itd_sv_find_nocase(text, itd_sv_of(*words), 0) != SIZE_MAX)
            return true;
    return false;
}

/* Older files tell the role in the type itself: "shareholder of". */
static bool any_has(const itd_sv texts[3], const char *const *words)
{
    return has_any(texts[0], words) || has_any(texts[1], words) || has_any(texts[2], words);
}

static bool is_officer(itd_sv type)
{
    return itd_sv_is(type, "is officer of") || itd_sv_equal_nocase(type, ITD_SV("officer_of")) ||
           itd_sv_equal_nocase(type, ITD_SV("officer of"));
}

size_t itd_icij_role(itd_stake out[ITD_ICIJ_STAKES_MAX], itd_sv type, itd_sv name, itd_sv label)
{
    const itd_sv texts[] = {type, name, label};
    bool plain = is_officer(type);
    bool officer = plain || has_any(type, of_holders) || has_any(type, of_controllers) || has_any(type, of_directors);
    bool silent = plain && name.size == 0 && (label.size == 0 || itd_sv_equal(label, type));
    size_t count = 0;
    if (officer && (silent || any_has(texts, of_holders)))
        out[count++] = (itd_stake){.kind = ITD_STAKE_SHARES,
                                   .share_min_ppm = any_has(texts, of_sole_holders) ? ITD_PPM_WHOLE : 0,
                                   .share_max_ppm = ITD_PPM_WHOLE};
    if (officer && any_has(texts, of_controllers))
        out[count++] = (itd_stake){.kind = ITD_STAKE_CONTROL};
    if (officer && any_has(texts, of_directors))
        out[count++] = (itd_stake){.kind = ITD_STAKE_DIRECTOR};
    if (count == 0)
        out[count++] = (itd_stake){.kind = ITD_STAKE_LINK};
    return count;
}

/* "10/04/96" with its century. */
static bool take_short_year(itd_date *out, itd_sv text)
{
    char full[] = "dd/mm/19yy";
    uint64_t year = 0;
    if (text.size != 8 || text.data[2] != '/' || text.data[5] != '/' || !itd_sv_to_u64(&year, itd_sv_slice(text, 6, 2)))
        return false;
    memcpy(full, text.data, 6);
    memcpy(full + 6, year > NEWEST_SHORT_YEAR ? "19" : "20", 2);
    memcpy(full + 8, text.data + 6, 2);
    return itd_date_parse_day_first(out, itd_sv_make(full, sizeof full - 1));
}

bool itd_icij_date(itd_date *out, itd_sv text)
{
    return text.size == 0 || itd_stakes_day(out, text) || itd_date_parse_day_first(out, text) ||
           take_short_year(out, text) || itd_date_parse_english(out, text);
}
