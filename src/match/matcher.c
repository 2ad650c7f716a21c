#include "base/memory.h"
#include "match/internal.h"

itd_status itd_matcher_create(itd_matcher **out, itd_error *error)
{
    itd_matcher *matcher = itd_calloc(1, sizeof *matcher);
    if (!matcher)
        return itd_fail_memory(error);
    itd_status status = itd_folder_create(&matcher->folder, error);
    if (status != ITD_OK) {
        itd_free(matcher);
        return status;
    }
    *out = matcher;
    return ITD_OK;
}

void itd_matcher_destroy(itd_matcher *matcher)
{
    if (!matcher)
        return;
    itd_folder_destroy(matcher->folder);
    itd_text_words_finish(&matcher->words);
    itd_buffer_finish(&matcher->scratch);
    itd_free(matcher);
}

const char *itd_match_profile(void)
{
    return itd_text_profile();
}
