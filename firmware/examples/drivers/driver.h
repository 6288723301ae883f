// A driver that reads a tile. There are two, of which a program links one: polling.c and interrupt.c.

#ifndef DRIVER_H
#define DRIVER_H

#include <stdint.h>

void driver_begin(void);

// Reads word line `row` of a tile into `count` codes; 0, or the tile's ERROR.
uint32_t driver_read(uint32_t tile, uint32_t row, int16_t *codes, uint32_t count);

#endif
