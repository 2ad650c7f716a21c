#include <stdio.h>
#include <unicode/uchar.h>
#include <unicode/uversion.h>

#include <threads.h>

#include "text/fold.h"
#include "text/tables.h"

/* Raised whenever the same tables give other words. */
#define RULES_VERSION 10

static char profile[160];
static once_flag profile_once = ONCE_FLAG_INIT;

static void make_profile(void)
{
    UVersionInfo icu, unicode;
    char icu_text[U_MAX_VERSION_STRING_LENGTH], unicode_text[U_MAX_VERSION_STRING_LENGTH];
    u_getVersion(icu);
    u_getUnicodeVersion(unicode);
    u_versionToString(icu, icu_text);
    u_versionToString(unicode, unicode_text);
    snprintf(profile, sizeof profile, "icu-%s/unicode-%s/tables-%s/rules-%d", icu_text, unicode_text,
             itd_text_tables_hash, RULES_VERSION);
}

const char *itd_text_profile(void)
{
    call_once(&profile_once, make_profile);
    return profile;
}
