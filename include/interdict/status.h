#ifndef INTERDICT_STATUS_H
#define INTERDICT_STATUS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Marks what the shared library exports; everything else is hidden. */
#define ITD_API __attribute__((visibility("default")))
/** The caller has to look at the result. */
#define ITD_MUST_CHECK __attribute__((warn_unused_result))

/** What a call came to. A function's own comment names the two or three that it can return. */
typedef enum itd_status {
    ITD_OK = 0,
    ITD_EINVAL,    /**< an argument is malformed: the caller's mistake */
    ITD_ENOTFOUND, /**< what was asked for is not there */
    ITD_ENOMEM,    /**< an allocation failed */
    ITD_ELIMIT,    /**< a named limit was reached; the message names it */
    ITD_EIO,       /**< the operating system refused to read or write */
    ITD_EFORMAT,   /**< the input is not what its format demands */
    ITD_EMISMATCH, /**< two things that must belong together do not (profile, id map, version) */
    ITD_ESTOP,     /**< a callback asked to stop */
    ITD_EBUSY,     /**< another process holds it */
} itd_status;

/** Longest message of an error, in bytes, without the ending NUL. */
#define ITD_ERROR_MESSAGE_MAX 447
/** Longest file or record name of an error; a longer one keeps its end. */
#define ITD_ERROR_WHERE_MAX 255
/** `offset` of an error that has no place in an input. */
#define ITD_NOWHERE UINT64_MAX

/** What went wrong and where. Owned by the caller, so that reporting an error never allocates. */
typedef struct itd_error {
    itd_status status;
    uint64_t line;                           /**< from 1; 0 when there is none */
    uint64_t offset;                         /**< byte in the (decompressed) input, or ITD_NOWHERE */
    char where[ITD_ERROR_WHERE_MAX + 1];     /**< file or record; empty when there is none */
    char message[ITD_ERROR_MESSAGE_MAX + 1]; /**< reason, one line, no ending point */
} itd_error;

/** Bytes that somebody else owns; need not end in NUL. */
typedef struct itd_sv {
    const char *data;
    size_t size;
} itd_sv;

/** The status as its name in lower case: "ok", "malformed input", …  Static; never NULL. */
ITD_API const char *itd_status_name(itd_status status);

/** Writes `error` as people read it, "file:line: reason (byte N)", into `out`; always ends in NUL.
 *  @return bytes that the whole text needs without the NUL, as snprintf does */
ITD_API size_t itd_error_format(char *out, size_t size, const itd_error *error);

#ifdef __cplusplus
}
#endif

#endif
