/* What a text reads as, line by line. */
#ifndef TESTS_SUPPORT_READING_SAYS_H
#define TESTS_SUPPORT_READING_SAYS_H

#include "support/cm.h"
#include "support/reading.h"

/* `read_text` reads `text` without a fault, in that version (NULL: any), and says each of the lines, up to a NULL. */
static inline void reading_says(void (*read_text)(reading *r, const char *text), const char *version, const char *text,
                                const char *const *lines)
{
    reading r = {0};
    read_text(&r, text);
    if (r.status != ITD_OK)
        fail_msg("%s", r.error.message);
    if (version)
        assert_string_equal(r.read.version, version);
    for (; *lines; lines++)
        if (!reading_has(&r, *lines))
            fail_msg("no %s in %.*s", *lines, ITD_SV_ARG(itd_buffer_view(&r.text)));
    reading_finish(&r);
}

#endif
