/* The file that a signing key is kept in. */
#include <assert.h>
#include <sodium.h>
#include <stdio.h>

#include "base/secret.h"
#include "store/checkpoint.h"

#define HEADER "interdict-key-1\n"
#define HEX (sizeof(unsigned char[ITD_CHECKPOINT_KEY]) * 2 + 1)

static void derive(itd_signing_key *key)
{
    unsigned char secret_key[crypto_sign_SECRETKEYBYTES];
    (void)crypto_sign_seed_keypair(key->public_key, secret_key, key->seed);
    sodium_memzero(secret_key, sizeof secret_key);
}

static int write_text(char *out, size_t size, const itd_signing_key *key)
{
    char public_hex[HEX], secret_hex[HEX];
    (void)sodium_bin2hex(public_hex, sizeof public_hex, key->public_key, sizeof key->public_key);
    (void)sodium_bin2hex(secret_hex, sizeof secret_hex, key->seed, sizeof key->seed);
    int written = snprintf(out, size, HEADER "public %s\nsecret %s\n", public_hex, secret_hex);
    sodium_memzero(secret_hex, sizeof secret_hex);
    return written;
}

itd_status itd_signing_key_make(itd_signing_key *out, const char *path, itd_error *error)
{
    assert(out && path);
    itd_signing_key key;
    char text[256];
    if (sodium_init() < 0)
        return itd_fail(error, ITD_EIO, "no random numbers");
    randombytes_buf(key.seed, sizeof key.seed);
    derive(&key);
    int size = write_text(text, sizeof text, &key);
    itd_status status = itd_secret_create(path, itd_sv_make(text, (size_t)size), error);
    sodium_memzero(text, sizeof text);
    if (status == ITD_OK)
        *out = key;
    itd_signing_key_wipe(&key);
    return status;
}

/* The seed is found, the text made again from it and compared: nothing else is such a file. */
itd_status itd_signing_key_read(itd_signing_key *out, const char *path, itd_error *error)
{
    assert(out && path);
    static const size_t secret_at = sizeof HEADER - 1 + 7 + (HEX - 1) + 1 + 7;
    char text[ITD_SECRET_BYTES_MAX], again[256];
    size_t size = 0, got = 0;
    itd_signing_key key;
    ITD_TRY(itd_secret_read(text, &size, path, error));
    itd_status status = ITD_OK;
    int wanted = 0;
    bool good = size > secret_at &&
                sodium_hex2bin(key.seed, sizeof key.seed, text + secret_at, size - secret_at, "\n", &got, NULL) == 0 &&
                got == sizeof key.seed;
    if (good) {
        derive(&key);
        wanted = write_text(again, sizeof again, &key);
        good = (size_t)wanted == size && sodium_memcmp(text, again, size) == 0;
    }
    if (good)
        *out = key;
    else
        status = itd_fail_at(error, ITD_EFORMAT, path, 0, ITD_NOWHERE,
                             "not a key to sign with; `interdict audit --make-key FILE` makes one");
    sodium_memzero(text, sizeof text);
    sodium_memzero(again, sizeof again);
    itd_signing_key_wipe(&key);
    return status;
}

void itd_signing_key_wipe(itd_signing_key *key)
{
    if (key)
        sodium_memzero(key, sizeof *key);
}
