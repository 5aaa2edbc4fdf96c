#include "CSHA2.h"
#include <sys/types.h>
#include <sha2.h>

void CSHA2_hex(const uint8_t *bytes, size_t count, char *digits) { SHA256Data(bytes, count, digits); }
