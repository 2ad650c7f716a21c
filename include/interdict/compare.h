#ifndef INTERDICT_COMPARE_H
#define INTERDICT_COMPARE_H

#include "interdict/screen.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A pair of entities and how alike they are. */
typedef struct itd_comparison {
    itd_sv id;
    int32_t score_micro;
    const itd_contribution *contributions;
    size_t contribution_count;
    const char *profile;
} itd_comparison;

/** Reads `{"id","left":{entity},"right":{entity}}` a line from a file or "-" and scores each pair, in order. No list,
 * no threshold.
 *  @return ITD_OK | ITD_EFORMAT (with the line) | ITD_ENOTFOUND | ITD_EIO | ITD_ENOMEM | what on_pair gave */
ITD_API ITD_MUST_CHECK itd_status itd_compare(itd_context *context, itd_algorithm algorithm, const char *path,
                                              itd_status (*on_pair)(void *user, const itd_comparison *comparison),
                                              void *user, itd_error *error);

ITD_API ITD_MUST_CHECK itd_status itd_comparison_json(itd_bytes *out, const itd_comparison *comparison,
                                                      itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
