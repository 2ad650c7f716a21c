#ifndef INTERDICT_EXPORT_H
#define INTERDICT_EXPORT_H

#include "interdict/index.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum itd_export_format {
    ITD_EXPORT_FTM,        /**< FollowTheMoney entities, one a line */
    ITD_EXPORT_STATEMENTS, /**< statements with their provenance, one a line */
} itd_export_format;

/** Gives everything that was read, by entity id; `on_line` gets a line with its end, borrowed for the call.
 *  @return ITD_OK | ITD_ENOMEM | what on_line gave */
ITD_API ITD_MUST_CHECK itd_status itd_export(itd_context *context, const itd_index *index, itd_export_format format,
                                             itd_status (*on_line)(void *user, itd_sv line), void *user,
                                             itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
