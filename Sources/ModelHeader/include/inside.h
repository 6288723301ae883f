/* Inside the library: not installed, not exported. */
#ifndef MBLSTM_INSIDE_H
#define MBLSTM_INSIDE_H

#include <stddef.h>

/* Memory of the table of handles, zeroes at first: at an address that a call need not ask for. */
extern unsigned char table_memory[4096 * 24];
static inline void *table_start(void) { return table_memory; }

/* Keeps a text as that of this thread's latest failure, cut at a whole character where it is too long. */
void error_text_set(const char *bytes, size_t count);

/* It, ended by a zero. */
const char *error_text_get(void);

#endif
