#include "core/hash.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define SHA256_BYTES 32

// Only out of memory can make libcrypto fail here.
static void
must(bool done)
{
    if (!done)
        out_of_memory();
}

static void
digest_of(const void *bytes, size_t length, unsigned char digest[EVP_MAX_MD_SIZE])
{
    unsigned int size = 0;

    must(EVP_Digest(bytes, length, digest, &size, EVP_sha256(), NULL) == 1 && size == SHA256_BYTES);
}

static char *
print_digest(Arena *arena, const unsigned char *digest)
{
    char *const out = arena_alloc(arena, (size_t)2 * SHA256_BYTES + 1);

    for (size_t i = 0; i < SHA256_BYTES; i++)
        snprintf(out + 2 * i, 3, "%02x", digest[i]);
    return out;
}

char *
text_sha256(Arena *arena, const void *bytes, size_t length)
{
    unsigned char digest[EVP_MAX_MD_SIZE];

    digest_of(bytes, length, digest);
    return print_digest(arena, digest);
}

char *
text_hmac_sha256(Arena *arena, const char *key, const void *bytes, size_t length)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    must(HMAC(EVP_sha256(), key, (int)strlen(key), bytes, length, digest, &size) != NULL &&
         size == SHA256_BYTES);
    return print_digest(arena, digest);
}

char *
text_sha256_base64(Arena *arena, const void *bytes, size_t length)
{
    unsigned char digest[EVP_MAX_MD_SIZE];

    digest_of(bytes, length, digest);
    return text_base64(arena, digest, SHA256_BYTES);
}

struct Sha256
{
    EVP_MD_CTX *context;
};

static void
free_context(void *context)
{
    EVP_MD_CTX_free(context);
}

Sha256 *
sha256_begin(Arena *arena)
{
    Sha256 *const hash = ARENA_NEW(arena, Sha256);

    hash->context = EVP_MD_CTX_new();
    must(hash->context != NULL);
    arena_defer(arena, free_context, hash->context);
    must(EVP_DigestInit_ex(hash->context, EVP_sha256(), NULL) == 1);
    return hash;
}

void
sha256_add(Sha256 *hash, const void *bytes, size_t length)
{
    must(EVP_DigestUpdate(hash->context, bytes, length) == 1);
}

char *
sha256_end(Sha256 *hash, Arena *arena)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;

    must(EVP_DigestFinal_ex(hash->context, digest, &size) == 1 && size == SHA256_BYTES);
    return print_digest(arena, digest);
}

char *
text_base64(Arena *arena, const void *bytes, size_t length)
{
    unsigned char *const out = arena_alloc(arena, (length + 2) / 3 * 4 + 1);

    EVP_EncodeBlock(out, bytes, (int)length);
    return (char *)out;
}
