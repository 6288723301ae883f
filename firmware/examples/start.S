// The start-up of a C program, under the name it had: firmware/Support/crt0.S.
#include "../Support/crt0.S"
