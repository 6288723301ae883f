// Runs a case of the golden vectors that lies behind it in memory, prints the verdict on the UART, and ends by the
// finisher: status 0 passed, 1 failed, 2 the chip is not the one that the case is for, 3 there is no case, 4 all that is
// digital is as expected, and bits that depend on the die are others.
//
// `mblstm export elf` puts the case there, at the linker script's __heap_start: the words of `struct head`, the title with
// zeros up to a whole word, and four words for each of the records.

#include "board.h"

enum { MAGIC = 0x3156424d }; // "MBV1"

struct head {
  uint32_t magic;
  uint32_t prologue;    // records before the case: they bring the chip to its start, and tell whether it is the one
  uint32_t records;     // in all
  uint32_t title_words; // behind the head
};

struct record {
  uint32_t kind; // enum kind, and BEGINS
  uint32_t address;
  uint32_t value; // to write, or that has to be read; of PASS the low word of a time, whose high word is `address`
  uint32_t die;   // bits of `value` that a converter makes, or that follow from the cells
};

enum kind { WRITE, READ, READ_ANY, PASS };
enum { KIND = 0xff, BEGINS = 0x100 }; // BEGINS: time may pass before the record, not before the others

extern const struct head __heap_start;

// Registers x5 to x31 carry the addresses and words of a burst; its code is an instruction for each access.
enum { FIRST = 5, REGISTERS = 27, RETURN = 0x00008067 };

struct faults {
  uint32_t saved[2];
  const uint32_t *code;
  uint32_t places; // bit n: the access of instruction n was answered with a fault
};

extern void run_burst(uint32_t *registers, const uint32_t *code);
extern void fault_entry(void);

static uint32_t code[REGISTERS + 1];
static struct faults faults = {{0, 0}, code, 0};

static int is_byte(uint32_t address) { return address - UART_BASE < 0x100; }

// `lw` or `lbu` of what a register points to, into that register.
static uint32_t load(uint32_t pointer, int byte) { return pointer << 15 | (byte ? 4 : 2) << 12 | pointer << 7 | 0x03; }

// `sw` or `sb` of a register to where another points.
static uint32_t store(uint32_t pointer, uint32_t word, int byte) {
  return word << 20 | pointer << 15 | (byte ? 0 : 2) << 12 | 0x23;
}

// Makes the accesses of records up to the next that begins a burst, with what was read in `got`. Returns how many.
static uint32_t burst(const struct record *records, uint32_t count, uint32_t *got) {
  uint32_t registers[REGISTERS], place[REGISTERS], used = 0, made = 0;
  while (made < count && used + 2 <= REGISTERS && (made == 0 || !(records[made].kind & BEGINS))) {
    const struct record *record = &records[made];
    uint32_t pointer = FIRST + used;
    place[made] = used;
    registers[used++] = record->address;
    if ((record->kind & KIND) == WRITE) {
      registers[used++] = record->value;
      code[made] = store(pointer, pointer + 1, is_byte(record->address));
    } else {
      code[made] = load(pointer, is_byte(record->address));
    }
    made++;
  }
  code[made] = RETURN;
  faults.places = 0;
  run_burst(registers, code);
  for (uint32_t n = 0; n < made; n++) got[n] = faults.places >> n & 1 ? 0 : registers[place[n]];
  return made;
}

static uint64_t cycles(void) {
  uint32_t high, low, again;
  do {
    __asm__ volatile("csrr %0, mcycleh\n\tcsrr %1, mcycle\n\tcsrr %2, mcycleh" : "=r"(high), "=r"(low), "=r"(again));
  } while (high != again);
  return (uint64_t)high << 32 | low;
}

static void print_word(uint32_t word) {
  print("0x");
  for (int shift = 28; shift >= 0; shift -= 4) print_char("0123456789abcdef"[word >> shift & 15]);
}

// What the case did to the serial line is undone before the verdict is printed.
static uint32_t divisor;

static void keep_line(void) {
  uint8_t format = UART_LCR;
  UART_LCR = format | 0x80;
  divisor = UART_DATA | (uint32_t)UART_IER << 8;
  UART_LCR = format;
}

static void restore_line(void) {
  UART_MCR = 0;
  UART_LCR = 0x83;
  UART_DATA = (uint8_t)divisor;
  UART_IER = (uint8_t)(divisor >> 8);
  UART_LCR = 0x03;
  UART_IER = 0;
}

static void tell(const char *title, const char *verdict) {
  restore_line();
  print(title);
  print(verdict);
}

// A read that was not as expected; access 0 is one of the prologue.
struct difference {
  const struct record *record;
  uint32_t got, access;
};

static void print_difference(const struct difference *difference) {
  if (difference->access) {
    print("access ");
    print_number((int32_t)difference->access);
    print(", ");
  }
  print("read ");
  print_word(difference->record->address);
  print(": expected ");
  print_word(difference->record->value);
  print(", got ");
  print_word(difference->got);
  print("\n");
}

static uint32_t failed(const char *title, const struct difference *difference) {
  tell(title, difference->access ? ": failed at " : ": not run, the chip is another: ");
  print_difference(difference);
  return difference->access ? 1 : 2;
}

static uint32_t ended(const char *title, uint32_t compared, uint32_t others, const struct difference *first) {
  tell(title, others ? ": digital reads as expected, " : ": passed, ");
  if (others) {
    print_number((int32_t)others);
    print(" of ");
  }
  print_number((int32_t)compared);
  if (!others) {
    print(" reads compared\n");
    return 0;
  }
  print(" reads differ where the die shows, first at ");
  print_difference(first);
  return 4;
}

static uint32_t run(const struct head *head) {
  const char *title = (const char *)(head + 1);
  const struct record *records = (const struct record *)((const uint32_t *)(head + 1) + head->title_words);
  uint32_t got[REGISTERS], compared = 0, accesses = 0, others = 0;
  struct difference first_other = {0, 0, 0};
  uint64_t begun = cycles();
  for (uint32_t next = 0; next < head->records;) {
    const struct record *first = &records[next];
    if (next == head->prologue) begun = cycles();
    if ((first->kind & KIND) == PASS) {
      uint64_t due = (uint64_t)first->address << 32 | first->value;
      while (cycles() - begun < due) {
      }
      next++;
      continue;
    }
    uint32_t made = burst(first, head->records - next, got);
    for (uint32_t n = 0; n < made; n++) {
      int is_start = next + n < head->prologue;
      accesses += !is_start;
      if ((first[n].kind & KIND) != READ) continue;
      compared += !is_start;
      if (got[n] == first[n].value) continue;
      struct difference difference = {&first[n], got[n], is_start ? 0 : accesses};
      if ((got[n] ^ first[n].value) & ~first[n].die) return failed(title, &difference);
      if (others++ == 0) first_other = difference;
    }
    next += made;
  }
  return ended(title, compared, others, &first_other);
}

int main(void) {
  if (__heap_start.magic != MAGIC) {
    print("no case lies behind this program: 'mblstm export elf' puts one there\n");
    return 3;
  }
  __asm__ volatile("csrw mscratch, %0\n\tcsrw mtvec, %1" ::"r"(&faults), "r"(fault_entry));
  keep_line();
  return (int)run(&__heap_start);
}
