/* What follows reads and writes JSON by the tables above; C11 and C++11. */

typedef struct mbv_block {
  struct mbv_block *next;
} mbv_block;

typedef struct mbv_reader {
  const char *at, *begin, *end;
  mbv_block *blocks; /* of what was read */
  char *error;
  size_t error_bytes;
  int failed;
} mbv_reader;

static inline int mbv_fail(mbv_reader *r, const char *what, const char *name) {
  if (!r->failed) {
    unsigned long line = 1;
    const char *p;
    for (p = r->begin; p < r->at; p++) line += *p == '\n';
    if (r->error_bytes) snprintf(r->error, r->error_bytes, "line %lu: %s%s", line, what, name);
    r->failed = 1;
  }
  return 0;
}

/* Zeroed memory that lives as long as the file. */
static inline void *mbv_take(mbv_reader *r, size_t bytes) {
  mbv_block *block = (mbv_block *)calloc(1, sizeof(mbv_block) + 16 + bytes);
  if (!block) {
    mbv_fail(r, "no memory is left", "");
    return NULL;
  }
  block->next = r->blocks;
  r->blocks = block;
  return (char *)block + 16;
}

static inline void mbv_release(mbv_block *block) {
  while (block) {
    mbv_block *next = block->next;
    free(block);
    block = next;
  }
}

static inline void mbv_blank(mbv_reader *r) {
  while (r->at < r->end && (*r->at == ' ' || *r->at == '\n' || *r->at == '\r' || *r->at == '\t')) r->at++;
}

static inline int mbv_is_next(mbv_reader *r, char wanted) {
  mbv_blank(r);
  return r->at < r->end && *r->at == wanted;
}

static inline int mbv_take_char(mbv_reader *r, char wanted) {
  char name[2] = {0, 0};
  name[0] = wanted;
  if (!mbv_is_next(r, wanted)) return mbv_fail(r, "expected ", name);
  r->at++;
  return 1;
}

static inline int mbv_take_word(mbv_reader *r, const char *word) {
  size_t length = strlen(word);
  mbv_blank(r);
  if ((size_t)(r->end - r->at) < length || memcmp(r->at, word, length) != 0) return 0;
  r->at += length;
  return 1;
}

/* Whether another element comes before the closing bracket, which is taken. `first` is 1 before the first. */
static inline int mbv_more(mbv_reader *r, int *first, char close) {
  if (r->failed) return 0;
  if (mbv_is_next(r, close)) {
    r->at++;
    return 0;
  }
  if (!*first && !mbv_take_char(r, ',')) return 0;
  *first = 0;
  return 1;
}

static inline char *mbv_put_utf8(char *out, unsigned long code) {
  if (code < 0x80) {
    *out++ = (char)code;
  } else if (code < 0x800) {
    *out++ = (char)(0xc0 | code >> 6);
    *out++ = (char)(0x80 | (code & 0x3f));
  } else if (code < 0x10000) {
    *out++ = (char)(0xe0 | code >> 12);
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  } else {
    *out++ = (char)(0xf0 | code >> 18);
    *out++ = (char)(0x80 | (code >> 12 & 0x3f));
    *out++ = (char)(0x80 | (code >> 6 & 0x3f));
    *out++ = (char)(0x80 | (code & 0x3f));
  }
  return out;
}

static inline int mbv_take_hex(mbv_reader *r, unsigned long *code) {
  int digit;
  *code = 0;
  for (digit = 0; digit < 4; digit++) {
    char c = r->at < r->end ? *r->at++ : 0;
    unsigned long value = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 16;
    if (value == 16) return mbv_fail(r, "expected four hexadecimal digits", "");
    *code = *code << 4 | value;
  }
  return 1;
}

static inline int mbv_take_escape(mbv_reader *r, char **out) {
  static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";
  unsigned long code, low;
  char c = r->at < r->end ? *r->at++ : 0;
  const char *known = c ? strchr(from, c) : NULL;
  if (known) {
    *(*out)++ = to[known - from];
    return 1;
  }
  if (c != 'u') return mbv_fail(r, "an escape that JSON has not", "");
  if (!mbv_take_hex(r, &code)) return 0;
  if (code >= 0xd800 && code < 0xdc00) {
    if (r->end - r->at < 2 || r->at[0] != '\\' || r->at[1] != 'u') return mbv_fail(r, "half a surrogate pair", "");
    r->at += 2;
    if (!mbv_take_hex(r, &low)) return 0;
    code = 0x10000 + ((code - 0xd800) << 10) + (low & 0x3ff);
  }
  *out = mbv_put_utf8(*out, code);
  return 1;
}

static inline int mbv_take_text(mbv_reader *r, const char **text) {
  const char *close;
  char *out, *start;
  if (!mbv_take_char(r, '"')) return 0;
  for (close = r->at; close < r->end && *close != '"'; close++) close += *close == '\\';
  if (close >= r->end) return mbv_fail(r, "a text that does not end", "");
  start = out = (char *)mbv_take(r, (size_t)(close - r->at) + 1);
  if (!out) return 0;
  while (r->at < close) {
    if (*r->at != '\\') {
      *out++ = *r->at++;
    } else {
      r->at++;
      if (!mbv_take_escape(r, &out)) return 0;
    }
  }
  r->at = close + 1;
  *text = start;
  return 1;
}

static inline int mbv_take_number(mbv_reader *r, char number[40]) {
  size_t length = 0;
  mbv_blank(r);
  while (r->at < r->end && length < 39 && strchr("+-.eE0123456789", *r->at)) number[length++] = *r->at++;
  number[length] = 0;
  return length > 0 ? 1 : mbv_fail(r, "expected a number", "");
}

static inline int mbv_take_integer(mbv_reader *r, const mbv_type *type, void *out) {
  char number[40], *rest;
  uint64_t magnitude;
  int negative;
  if (!mbv_take_number(r, number)) return 0;
  negative = number[0] == '-';
  errno = 0;
  magnitude = strtoull(number + negative, &rest, 10);
  if (errno || *rest || rest == number + negative || number[negative] == '+' || number[negative] == '-')
    return mbv_fail(r, "expected a whole number, found ", number);
  if (type->kind == MBV_UINT64) {
    if ((negative && magnitude) || magnitude < (uint64_t)type->low || magnitude > type->high)
      return mbv_fail(r, "out of its range: ", number);
    memcpy(out, &magnitude, sizeof magnitude);
  } else {
    int64_t value;
    if (magnitude > (uint64_t)INT64_MAX + (uint64_t)negative) return mbv_fail(r, "out of its range: ", number);
    value = negative ? (magnitude ? -(int64_t)(magnitude - 1) - 1 : 0) : (int64_t)magnitude;
    if (value < type->low || (value > 0 && (uint64_t)value > type->high)) return mbv_fail(r, "out of its range: ", number);
    memcpy(out, &value, sizeof value);
  }
  return 1;
}

static inline int mbv_take_value(mbv_reader *r, const mbv_type *type, void *out);

/* Elements of any type, one behind the other, as many as come. */
typedef struct mbv_row {
  size_t count, room, size;
  char *items;
} mbv_row;

static inline void *mbv_next_item(mbv_reader *r, mbv_row *row) {
  if (row->count == row->room) {
    size_t room = row->room ? 2 * row->room : 4;
    char *items = (char *)mbv_take(r, room * row->size);
    if (!items) return NULL;
    if (row->count) memcpy(items, row->items, row->count * row->size);
    row->items = items;
    row->room = room;
  }
  return row->items + row->size * row->count++;
}

static inline int mbv_take_list(mbv_reader *r, const mbv_type *type, void *out) {
  mbv_row row = {0, 0, 0, NULL};
  int first = 1;
  row.size = type->item->size;
  if (type->optional && mbv_take_word(r, "null")) return 1;
  if (!mbv_take_char(r, '[')) return 0;
  row.items = (char *)mbv_take(r, 1);
  while (mbv_more(r, &first, ']')) {
    void *item = mbv_next_item(r, &row);
    if (!item || !mbv_take_value(r, type->item, item)) return 0;
  }
  memcpy(out, &row.count, sizeof row.count);
  memcpy((char *)out + sizeof(size_t), &row.items, sizeof row.items);
  return !r->failed;
}

/* Adds a member to a map. */
static inline void *mbv_entry(mbv_reader *r, mbv_row *keys, mbv_row *items, const char *key) {
  void *place = mbv_next_item(r, keys);
  if (!place) return NULL;
  memcpy(place, &key, sizeof key);
  return mbv_next_item(r, items);
}

static inline void mbv_store_map(const mbv_row *keys, const mbv_row *items, void *out) {
  memcpy(out, &keys->count, sizeof keys->count);
  memcpy((char *)out + sizeof(size_t), &keys->items, sizeof keys->items);
  memcpy((char *)out + sizeof(size_t) + sizeof(void *), &items->items, sizeof items->items);
}

static inline int mbv_take_map(mbv_reader *r, const mbv_type *type, void *out) {
  mbv_row keys = {0, 0, sizeof(char *), NULL}, items = {0, 0, 0, NULL};
  int first = 1;
  items.size = type->item->size;
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    void *item;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    item = mbv_entry(r, &keys, &items, key);
    if (!item || !mbv_take_value(r, type->item, item)) return 0;
  }
  mbv_store_map(&keys, &items, out);
  return !r->failed;
}

/* A number stands for a table of one row and one column. */
static inline int mbv_take_table(mbv_reader *r, mbv_real_list_list *table) {
  mbv_real_list *row;
  if (mbv_is_next(r, '[')) return mbv_take_value(r, &mbv_type_real_list_list, table);
  row = (mbv_real_list *)mbv_take(r, sizeof *row);
  if (!row) return 0;
  row->items = (double *)mbv_take(r, sizeof(double));
  row->count = 1;
  table->items = row;
  table->count = 1;
  return row->items && mbv_take_value(r, &mbv_type_real, row->items);
}

static inline int mbv_take_member(mbv_reader *r, const mbv_member *member, void *out) {
  if (member->has != MBV_REQUIRED) *((char *)out + member->has) = 1;
  return mbv_take_value(r, member->type, (char *)out + member->offset);
}

static inline int mbv_take_struct(mbv_reader *r, const mbv_type *type, void *out) {
  mbv_row keys = {0, 0, sizeof(char *), NULL}, tables = {0, 0, sizeof(mbv_real_list_list), NULL};
  uint64_t seen = 0;
  size_t n;
  int first = 1;
  if (type->text != MBV_REQUIRED && mbv_is_next(r, '"')) {
    const char *text;
    if (!mbv_take_text(r, &text)) return 0;
    memcpy((char *)out + type->text, &text, sizeof text);
    return 1;
  }
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    for (n = 0; n < type->count && strcmp(key, type->members[n].key) != 0; n++) {
    }
    if (n < type->count) {
      if (seen >> n & 1) return mbv_fail(r, "a member is there twice: ", key);
      seen |= (uint64_t)1 << n;
      if (!mbv_take_member(r, &type->members[n], out)) return 0;
    } else if (type->others != MBV_REQUIRED) {
      void *table = mbv_entry(r, &keys, &tables, key);
      if (!table || !mbv_take_table(r, (mbv_real_list_list *)table)) return 0;
    } else {
      return mbv_fail(r, "an unknown member: ", key);
    }
  }
  for (n = 0; n < type->count && !r->failed; n++)
    if (type->members[n].has == MBV_REQUIRED && !(seen >> n & 1)) return mbv_fail(r, "a member is missing: ", type->members[n].key);
  if (type->others != MBV_REQUIRED) mbv_store_map(&keys, &tables, (char *)out + type->others);
  return !r->failed;
}

static inline int mbv_take_choice(mbv_reader *r, const mbv_type *type, void *out) {
  const char *text;
  const char *const *choice = type->choices;
  if (!mbv_take_text(r, &text)) return 0;
  while (choice && *choice && strcmp(*choice, text) != 0) choice++;
  if (choice && !*choice) return mbv_fail(r, "none of the texts that may stand here: ", text);
  memcpy(out, &text, sizeof text);
  return 1;
}

static inline int mbv_take_value(mbv_reader *r, const mbv_type *type, void *out) {
  char number[40], *rest;
  double real;
  if (r->failed) return 0;
  switch (type->kind) {
    case MBV_INT64:
    case MBV_UINT64: return mbv_take_integer(r, type, out);
    case MBV_REAL:
      if (!mbv_take_number(r, number)) return 0;
      real = strtod(number, &rest);
      memcpy(out, &real, sizeof real);
      return *rest ? mbv_fail(r, "expected a number, found ", number) : 1;
    case MBV_FLAG:
      if (mbv_take_word(r, "true")) return *(char *)out = 1;
      return mbv_take_word(r, "false") ? 1 : mbv_fail(r, "expected true or false", "");
    case MBV_TEXT: return mbv_take_choice(r, type, out);
    case MBV_LIST: return mbv_take_list(r, type, out);
    case MBV_MAP: return mbv_take_map(r, type, out);
    case MBV_STRUCT: return mbv_take_struct(r, type, out);
  }
  return 0;
}

/* A case: its own members, and `given` and `expect` by the suite. */
static inline int mbv_take_case(mbv_reader *r, const mbv_shape *shape, mbv_case *out) {
  uint64_t seen = 0;
  size_t n;
  int first = 1;
  void *parts[2] = {NULL, NULL};
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    int part;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    part = strcmp(key, "given") == 0 ? 0 : strcmp(key, "expect") == 0 ? 1 : 2;
    for (n = 0; n < mbv_type_case.count && strcmp(key, mbv_type_case.members[n].key) != 0; n++) {
    }
    if (part < 2) {
      const mbv_type *type = part ? shape->expect : shape->given;
      if (parts[part]) return mbv_fail(r, "a member is there twice: ", key);
      parts[part] = mbv_take(r, type->size);
      if (!parts[part] || !mbv_take_value(r, type, parts[part])) return 0;
    } else if (n < mbv_type_case.count) {
      if (seen >> n & 1) return mbv_fail(r, "a member is there twice: ", key);
      seen |= (uint64_t)1 << n;
      if (!mbv_take_member(r, &mbv_type_case.members[n], out)) return 0;
    } else {
      return mbv_fail(r, "an unknown member: ", key);
    }
  }
  if (r->failed) return 0;
  if (!(seen & 1) || !parts[0] || !parts[1]) return mbv_fail(r, "a case lacks id, given or expect", "");
  memcpy((char *)out + shape->offset, &parts[0], sizeof parts[0]);
  memcpy((char *)out + shape->offset + sizeof(void *), &parts[1], sizeof parts[1]);
  return 1;
}

static inline int mbv_take_cases(mbv_reader *r, mbv_file *file) {
  mbv_row row = {0, 0, sizeof(mbv_case), NULL};
  const mbv_shape *shape = mbv_shapes;
  int first = 1;
  if (!file->suite) return mbv_fail(r, "expected the suite before the cases", "");
  while (shape->suite && strcmp(shape->suite, file->suite) != 0) shape++;
  if (!shape->suite) return mbv_fail(r, "no suite is called ", file->suite);
  if (!mbv_take_char(r, '[')) return 0;
  while (mbv_more(r, &first, ']')) {
    void *item = mbv_next_item(r, &row);
    if (!item || !mbv_take_case(r, shape, (mbv_case *)item)) return 0;
  }
  file->shape = shape;
  file->count = row.count;
  file->cases = (const mbv_case *)row.items;
  return !r->failed;
}

/* The format, by which a file of another version is told before anything else. */
static inline int mbv_take_format(mbv_reader *r, mbv_file *file) {
  char number[40], expected[60];
  if (!mbv_take_number(r, number)) return 0;
  snprintf(expected, sizeof expected, "expected format %d, found ", MBV_FORMAT);
  file->format = MBV_FORMAT;
  return strtol(number, NULL, 10) == MBV_FORMAT ? 1 : mbv_fail(r, expected, number);
}

static inline int mbv_take_file(mbv_reader *r, mbv_file *file) {
  uint64_t seen = 0;
  size_t n;
  int first = 1;
  if (!mbv_take_char(r, '{')) return 0;
  while (mbv_more(r, &first, '}')) {
    const char *key;
    if (!mbv_take_text(r, &key) || !mbv_take_char(r, ':')) return 0;
    for (n = 0; n < mbv_type_file.count && strcmp(key, mbv_type_file.members[n].key) != 0; n++) {
    }
    if (n < mbv_type_file.count) {
      if (seen >> n & 1) return mbv_fail(r, "a member is there twice: ", key);
      seen |= (uint64_t)1 << n;
      if (strcmp(key, "format") == 0 ? !mbv_take_format(r, file) : !mbv_take_member(r, &mbv_type_file.members[n], file)) return 0;
    } else if (strcmp(key, "cases") == 0) {
      if (!mbv_take_cases(r, file)) return 0;
    } else {
      return mbv_fail(r, "an unknown member: ", key);
    }
  }
  for (n = 0; n < mbv_type_file.count && !r->failed; n++)
    if (mbv_type_file.members[n].has == MBV_REQUIRED && !(seen >> n & 1))
      return mbv_fail(r, "a member is missing: ", mbv_type_file.members[n].key);
  if (!r->failed && !file->cases) return mbv_fail(r, "a member is missing: ", "cases");
  mbv_blank(r);
  return r->failed ? 0 : r->at == r->end ? 1 : mbv_fail(r, "expected the end of the file", "");
}

/* Reads a file of vectors from memory. NULL where it is none, with what is wrong in `error`; else for `mbv_close`. */
static inline mbv_file *mbv_read(const char *text, size_t bytes, char *error, size_t error_bytes) {
  mbv_reader r;
  mbv_file *file;
  memset(&r, 0, sizeof r);
  r.at = r.begin = text;
  r.end = text + bytes;
  r.error = error;
  r.error_bytes = error_bytes;
  if (error_bytes) *error = 0;
  file = (mbv_file *)mbv_take(&r, sizeof *file);
  if (!file || !mbv_take_file(&r, file)) {
    mbv_release(r.blocks);
    return NULL;
  }
  file->blocks = r.blocks;
  return file;
}

/* The same from a file by its path. */
static inline mbv_file *mbv_load(const char *path, char *error, size_t error_bytes) {
  FILE *stream = fopen(path, "rb");
  mbv_file *file = NULL;
  char *text = NULL;
  long bytes = -1;
  if (stream && fseek(stream, 0, SEEK_END) == 0 && (bytes = ftell(stream)) >= 0 && fseek(stream, 0, SEEK_SET) == 0)
    text = (char *)malloc((size_t)bytes + 1);
  if (text && fread(text, 1, (size_t)bytes, stream) == (size_t)bytes)
    file = mbv_read(text, (size_t)bytes, error, error_bytes);
  else if (error_bytes)
    snprintf(error, error_bytes, "cannot be read");
  free(text);
  if (stream) fclose(stream);
  return file;
}

static inline void mbv_close(mbv_file *file) {
  if (file) mbv_release(file->blocks);
}

/* Writing: the same JSON again, on one line. */

static inline void mbv_put_text(FILE *out, const char *text) {
  putc('"', out);
  for (; *text; text++) {
    if (*text == '"' || *text == '\\') {
      putc('\\', out);
      putc(*text, out);
    } else if ((unsigned char)*text < 0x20) {
      fprintf(out, "\\u%04x", (unsigned)*text);
    } else {
      putc(*text, out);
    }
  }
  putc('"', out);
}

static inline void mbv_put_key(FILE *out, const char *key, int *first) {
  if (!*first) putc(',', out);
  *first = 0;
  mbv_put_text(out, key);
  putc(':', out);
}

static inline void mbv_put(FILE *out, const mbv_type *type, const void *value);

static inline void mbv_put_list(FILE *out, const mbv_type *type, const void *value) {
  size_t count, n;
  const char *items;
  memcpy(&count, value, sizeof count);
  memcpy(&items, (const char *)value + sizeof(size_t), sizeof items);
  if (type->optional && !items) {
    fputs("null", out);
    return;
  }
  putc('[', out);
  for (n = 0; n < count; n++) {
    if (n) putc(',', out);
    mbv_put(out, type->item, items + n * type->item->size);
  }
  putc(']', out);
}

static inline void mbv_put_entries(FILE *out, const mbv_type *item, const void *value, int *first) {
  size_t count, n;
  const char *items;
  const char *const *keys;
  memcpy(&count, value, sizeof count);
  memcpy(&keys, (const char *)value + sizeof(size_t), sizeof keys);
  memcpy(&items, (const char *)value + sizeof(size_t) + sizeof(void *), sizeof items);
  for (n = 0; n < count; n++) {
    mbv_put_key(out, keys[n], first);
    mbv_put(out, item, items + n * item->size);
  }
}

static inline void mbv_put_members(FILE *out, const mbv_type *type, const void *value, int *first) {
  size_t n;
  for (n = 0; n < type->count; n++) {
    const mbv_member *member = &type->members[n];
    if (member->has != MBV_REQUIRED && !*((const char *)value + member->has)) continue;
    mbv_put_key(out, member->key, first);
    mbv_put(out, member->type, (const char *)value + member->offset);
  }
}

static inline void mbv_put_others(FILE *out, const mbv_real_list_list_map *others, int *first) {
  size_t n;
  for (n = 0; n < others->count; n++) {
    const mbv_real_list_list *table = &others->items[n];
    mbv_put_key(out, others->keys[n], first);
    if (table->count == 1 && table->items[0].count == 1)
      mbv_put(out, &mbv_type_real, table->items[0].items);
    else
      mbv_put(out, &mbv_type_real_list_list, table);
  }
}

static inline void mbv_put_struct(FILE *out, const mbv_type *type, const void *value) {
  const char *text = NULL;
  int first = 1;
  if (type->text != MBV_REQUIRED) memcpy(&text, (const char *)value + type->text, sizeof text);
  if (text) {
    mbv_put_text(out, text);
    return;
  }
  putc('{', out);
  mbv_put_members(out, type, value, &first);
  if (type->others != MBV_REQUIRED) mbv_put_others(out, (const mbv_real_list_list_map *)((const char *)value + type->others), &first);
  putc('}', out);
}

static inline void mbv_put(FILE *out, const mbv_type *type, const void *value) {
  int first = 1;
  const char *text;
  switch (type->kind) {
    case MBV_INT64: fprintf(out, "%" PRId64, *(const int64_t *)value); break;
    case MBV_UINT64: fprintf(out, "%" PRIu64, *(const uint64_t *)value); break;
    case MBV_REAL: fprintf(out, "%.17g", *(const double *)value); break;
    case MBV_FLAG: fputs(*(const char *)value ? "true" : "false", out); break;
    case MBV_TEXT:
      memcpy(&text, value, sizeof text);
      mbv_put_text(out, text);
      break;
    case MBV_LIST: mbv_put_list(out, type, value); break;
    case MBV_MAP:
      putc('{', out);
      mbv_put_entries(out, type->item, value, &first);
      putc('}', out);
      break;
    case MBV_STRUCT: mbv_put_struct(out, type, value); break;
  }
}

/* Writes a file of vectors. */
static inline void mbv_write(FILE *out, const mbv_file *file) {
  size_t n;
  int first = 1;
  putc('{', out);
  mbv_put_members(out, &mbv_type_file, file, &first);
  mbv_put_key(out, "cases", &first);
  putc('[', out);
  for (n = 0; n < file->count; n++) {
    const char *parts[2];
    if (n) putc(',', out);
    memcpy(parts, (const char *)&file->cases[n] + file->shape->offset, sizeof parts);
    putc('{', out);
    first = 1;
    mbv_put_members(out, &mbv_type_case, &file->cases[n], &first);
    mbv_put_key(out, "given", &first);
    mbv_put(out, file->shape->given, parts[0]);
    mbv_put_key(out, "expect", &first);
    mbv_put(out, file->shape->expect, parts[1]);
    putc('}', out);
  }
  fputs("]}\n", out);
}
