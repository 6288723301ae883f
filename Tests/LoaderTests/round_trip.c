/* Reads files of vectors and writes them again, one a line. With --cut: reads every beginning of a file, none of which is one. */

#include "mblstm_vectors.h"

static int cut(const char *path) {
  char error[200], *text = (char *)malloc(1 << 20);
  FILE *stream = fopen(path, "rb");
  size_t bytes = stream && text ? fread(text, 1, 1 << 20, stream) : 0;
  size_t length;
  if (stream) fclose(stream);
  while (bytes > 0 && text[bytes - 1] == '\n') bytes--;
  for (length = 0; length < bytes; length++) {
    char *part = (char *)malloc(length + 1);
    mbv_file *file;
    if (!part) return 1;
    memcpy(part, text, length);
    file = mbv_read(part, length, error, sizeof error);
    free(part);
    if (file || !*error) return 1;
  }
  free(text);
  printf("%lu beginnings are refused\n", (unsigned long)length);
  return 0;
}

int main(int count, char **arguments) {
  int n;
  char error[200];
  if (count == 3 && strcmp(arguments[1], "--cut") == 0) return cut(arguments[2]);
  for (n = 1; n < count; n++) {
    mbv_file *file = mbv_load(arguments[n], error, sizeof error);
    if (!file) {
      fprintf(stderr, "%s: %s\n", arguments[n], error);
      return 1;
    }
    mbv_write(stdout, file);
    mbv_close(file);
  }
  return 0;
}
