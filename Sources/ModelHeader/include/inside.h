/* Inside the library: not installed, not exported. */
#ifndef MBLSTM_INSIDE_H
#define MBLSTM_INSIDE_H

#include <stddef.h>

/* The table of handles, zeroes at first: a cache line for each place, so that threads do not meet. */
enum { TABLE_PLACES = 4096, TABLE_STRIDE = 64 };
extern unsigned char table_memory[TABLE_PLACES * TABLE_STRIDE];
static inline void *table_place(size_t place) { return table_memory + place * TABLE_STRIDE; }

/* What a thread was told latest, of each kind: why a call failed, what a register is called. */
enum { TEXT_OF_ERROR, TEXT_OF_REGISTER, TEXTS };

/* Keeps a text for this thread, cut at a whole character where it is too long. */
void text_set(size_t text, const char *bytes, size_t count);

/* It, ended by a zero. */
const char *text_get(size_t text);

#endif
