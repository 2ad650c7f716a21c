#include "fetch/curl.h"

#include <assert.h>
#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static itd_curl library;
static char trouble[256]; /* why it is not there; empty: it is */

/* The names under which systems keep one and the same interface. */
static void *open_library(void)
{
    static const char *const names[] = {"libcurl.so.4", "libcurl-gnutls.so.4", "libcurl.so"};
    void *found = NULL;
    for (size_t i = 0; !found && i < sizeof names / sizeof names[0]; i++)
        found = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
    return found;
}

static void load(void)
{
    const struct {
        void *into;
        const char *name;
    } functions[] = {
        {&library.global_init, "curl_global_init"}, {&library.init, "curl_easy_init"},
        {&library.setopt, "curl_easy_setopt"},      {&library.perform, "curl_easy_perform"},
        {&library.getinfo, "curl_easy_getinfo"},    {&library.cleanup, "curl_easy_cleanup"},
        {&library.strerror, "curl_easy_strerror"},  {&library.append, "curl_slist_append"},
        {&library.free_all, "curl_slist_free_all"},
    };
    void *found = open_library();
    if (!found) {
        (void)snprintf(trouble, sizeof trouble, "libcurl is needed to fetch lists and is not there (libcurl.so.4)");
        return;
    }
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        void *symbol = dlsym(found, functions[i].name);
        if (!symbol) {
            (void)snprintf(trouble, sizeof trouble, "libcurl has no %s", functions[i].name);
            return;
        }
        memcpy(functions[i].into, &symbol, sizeof symbol); /* C has no cast from one to the other */
    }
    CURLcode code = library.global_init(CURL_GLOBAL_DEFAULT);
    if (code != CURLE_OK)
        (void)snprintf(trouble, sizeof trouble, "libcurl does not start: %s", library.strerror(code));
}

itd_status itd_curl_get(const itd_curl **out, itd_error *error)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    assert(out);
    (void)pthread_once(&once, load);
    if (trouble[0])
        return itd_fail(error, ITD_EIO, "%s", trouble);
    *out = &library;
    return ITD_OK;
}

CURLcode itd_curl_set_long(const itd_curl *lib, CURL *curl, CURLoption option, long value)
{
    assert((int)option / 10000 == 0);
    return lib->setopt(curl, option, value);
}

CURLcode itd_curl_set_size(const itd_curl *lib, CURL *curl, CURLoption option, curl_off_t value)
{
    assert((int)option / 10000 == 3);
    return lib->setopt(curl, option, value);
}

CURLcode itd_curl_set_pointer(const itd_curl *lib, CURL *curl, CURLoption option, const void *value)
{
    assert((int)option / 10000 == 1);
    return lib->setopt(curl, option, value);
}
