/*
 * hash.h - fingerprints of bytes, and bytes as letters: SHA-256, HMAC and Base64, all by libcrypto.
 *
 * Only out of memory can make libcrypto fail here; then the program ends, as it does for the arena (out_of_memory()).
 */
#ifndef CORE_HASH_H
#define CORE_HASH_H

#include "core/arena.h"

// SHA-256 (libcrypto) of some bytes in hexadecimal, 64 characters, owned by the arena.
char *text_sha256(Arena *arena, const void *bytes, size_t length);

// The same SHA-256 as Base64, as the policy of a page wants it.
char *text_sha256_base64(Arena *arena, const void *bytes, size_t length);

// The same of bytes that come in parts. Owned by the arena; of no use after sha256_end().
typedef struct Sha256 Sha256;
Sha256 *sha256_begin(Arena *arena);
void sha256_add(Sha256 *hash, const void *bytes, size_t length);
char *sha256_end(Sha256 *hash, Arena *arena);

// HMAC-SHA-256 (RFC 2104, libcrypto) of some bytes under a key, in hexadecimal, 64 characters, owned by the arena.
char *text_hmac_sha256(Arena *arena, const char *key, const void *bytes, size_t length);

// Base64 (RFC 4648, libcrypto) of some bytes, owned by the arena.
char *text_base64(Arena *arena, const void *bytes, size_t length);

#endif
