/* Registration marks of aircraft: the mark of the state, a hyphen in most, one to five letters or digits. The normal
 * form has no hyphen, because documents leave it out as often as not. There is no check digit. Source: ICAO Annex 7
 * (6th edition, 2012) and its supplement of nationality and common marks; "RF" is painted on aircraft of Russian state
 * services. */
#include "model/identifier_text.h"

#include <string.h>

#define REGISTRATION_MAX ((size_t)5)
#define MARK_MAX ((size_t)4)

static const char marks[] = /* each between blanks */
    " 2 3A 3B 3C 3D 3X 4K 4L 4O 4R 4W 4X 5A 5B 5H 5N 5R 5T 5U 5V 5W 5X 5Y 6O 6V 6Y 7O 7P 7Q 7T 8P 8Q 8R 9A 9G 9H 9J 9K "
    "9L "
    "9M 9N 9Q 9S 9U 9V 9XR 9Y A2 A3 A4O A5 A6 A7 A8 A9C AP B C C2 C3 C5 C6 C9 CC CN CP CS CU CX D D2 D4 D6 DQ E3 E5 E7 "
    "EC EI "
    "EJ EK EP ER ES ET EW EX EY EZ F G H4 HA HB HC HH HI HK HL HP HR HS HZ I J2 J3 J5 J6 J7 J8 JA JU JY LN LV LX LY LZ "
    "M N OB "
    "OD OE OH OK OM OO OY P P2 P4 PH PJ PK PP PR PS PT PU PZ RA RDPL RF RP S2 S5 S7 S9 SE SP ST SU SX T2 T3 T7 T8 TC "
    "TF TG TI "
    "TJ TL TN TR TS TT TU TY TZ UK UN UP UR V2 V3 V4 V5 V6 V7 V8 VH VN VP VQ VT XA XB XC XT XU XW XY XZ YA YI YJ YK YL "
    "YN YR "
    "YS YU YV Z Z3 ZA ZJ ZK ZM ZP ZS ZT ZU ";

static bool is_mark(const char *text, size_t size)
{
    char padded[MARK_MAX + 3] = " ";
    memcpy(padded + 1, text, size);
    padded[size + 1] = ' ';
    return strstr(marks, padded) != NULL;
}

/* Is there a way to cut the text into a mark and a registration? With a hyphen there is one only. */
static bool can_be_cut(const itd_compact *c, size_t hyphen)
{
    for (size_t size = 1; size <= MARK_MAX && size < c->size; size++) {
        bool is_here = hyphen == SIZE_MAX || (c->at[size - 1] < hyphen && c->at[size] > hyphen);
        if (is_here && c->size - size <= REGISTRATION_MAX && is_mark(c->text, size))
            return true;
    }
    return false;
}

itd_status itd_identifier_read_tail_number(char *value, const char *text, size_t size, const char **why, size_t *where)
{
    const itd_refusal r = {why, where};
    itd_compact c;
    itd_status status = itd_compact_read(&c, NULL, text, size, r);
    if (status != ITD_OK)
        return status;
    if (c.size < 3 || c.size > MARK_MAX + REGISTRATION_MAX)
        return itd_refuse(r, "a registration mark has 3 to 9 characters",
                          c.at[c.size < 3 ? c.size : MARK_MAX + REGISTRATION_MAX]);
    if (!can_be_cut(&c, itd_sv_find(itd_sv_make(text, size), ITD_SV("-"), 0)))
        return itd_refuse(r, "it does not begin with the mark of a state", c.at[0]);
    memcpy(value, c.text, c.size + 1);
    return ITD_OK;
}
