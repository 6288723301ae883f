/* The chip MBX behind Renode's co-simulation socket: a CoSimulatedPeripheral whose simulation is libmblstm.
 *
 *   mblstm_renode MAIN ASYNC [ADDRESS] [--chip FILE] [--base ADDRESS] [--log FILE] [--vcd FILE] [--message 20|24]
 *                 [--timeout SECONDS]
 *
 * MAIN and ASYNC are Renode's ports, ADDRESS its host (127.0.0.1): as Renode starts its simulation, or by hand where it waits
 * at mainListenPort and asyncListenPort.
 * --chip      the chip: a configuration in JSON, or a chip file, which goes on where it was saved; the usual chip unless given
 * --base      of the chip's address space, what the peripheral's offset 0 is; 0x40000000, MBX, unless given
 * --log       its register log, for `mblstm replay`; --vcd: its waves, with volts and amperes
 * --message   bytes of a message: 24, or 20 as before 2025; told by the handshake unless given
 * --timeout   for what Renode has begun to come, and for what is sent to be taken; 10 s unless given
 *
 * A tick is a core clock cycle. Accesses take theirs, and the ticks that come then make up for them: the chip is never behind
 * Renode's time. Widths are the access's own; the two actions without one are of the register there, in its size. Lines of
 * enum mblstm_lines are interrupts 0 to 5, told as they change. Exit status: 0 disconnected by Renode, 1 anything else, in
 * words on the standard error and in Renode's log; 2 for a wrong command.
 */
#define _POSIX_C_SOURCE 200809L
#include "renode_socket.h"

/* ---- What they ask for ------------------------------------------------------------------------------------------- */

/* Interrupt lines that are others than they were told to be. */
static void tell_lines(struct client *client) {
  uint32_t lines;
  must(client, mblstm_chip_interrupts(client->chip, &lines));
  for (unsigned line = 0; line < LINES; line += 1) {
    if (((lines ^ client->lines) >> line & 1) == 0) continue;
    answer(client, client->async, (struct message){INTERRUPT, line, lines >> line & 1, -1});
  }
  client->lines = lines;
}

/* What the bus answered, with interrupts before it. A bus that ends an access with an error, and a board without power, are no
 * failures of this program. */
static void answer_access(struct client *client, int32_t status, struct message done) {
  tell_lines(client);
  if (status < 0) fail(client, "%s", mblstm_error_text());
  if (status > 0) {
    if (!say(client, WARNING, mblstm_error_text())) fail(client, "Renode takes no log messages: %s", reason());
    done.action = ERROR;
  }
  answer(client, client->main, done);
}

static void refuse(struct client *client, struct message request, const char *words) {
  if (!say(client, WARNING, words)) fail(client, "Renode takes no log messages: %s", reason());
  answer(client, client->main, (struct message){ERROR, 0, 0, request.index});
}

static uint32_t place(struct client *client, struct message request) {
  uint64_t address = client->base + request.address;
  if (request.address > UINT32_MAX || address > UINT32_MAX) {
    fail(client, "address 0x%" PRIx64 " from base 0x%" PRIx64 " on, expected one below 2^32", request.address, client->base);
  }
  return (uint32_t)address;
}

static void read_bus(struct client *client, struct message request) {
  uint32_t address = place(client, request), word = 0;
  uint16_t half = 0;
  uint8_t byte = 0;
  int32_t status;
  switch (request.action) {
    case READ_BYTE: status = mblstm_chip_read8(client->chip, address, &byte), word = byte; break;
    case READ_WORD: status = mblstm_chip_read16(client->chip, address, &half), word = half; break;
    case READ_DOUBLE_WORD: status = mblstm_chip_read32(client->chip, address, &word); break;
    default: status = mblstm_chip_read_register(client->chip, address, &word); break;
  }
  answer_access(client, status, (struct message){READ, request.address, word, request.index});
}

static void write_bus(struct client *client, struct message request) {
  uint32_t address = place(client, request);
  int32_t status;
  switch (request.action) {
    case WRITE_BYTE: status = mblstm_chip_write8(client->chip, address, (uint8_t)request.data); break;
    case WRITE_WORD: status = mblstm_chip_write16(client->chip, address, (uint16_t)request.data); break;
    case WRITE_DOUBLE_WORD: status = mblstm_chip_write32(client->chip, address, (uint32_t)request.data); break;
    default: status = mblstm_chip_write_register(client->chip, address, (uint32_t)request.data); break;
  }
  answer_access(client, status, (struct message){OK, 0, 0, request.index});
}

/* Time passes up to the tick, unless accesses have brought the chip there already. Without power none passes. */
static void tick(struct client *client, uint64_t ticks) {
  uint64_t now;
  must(client, mblstm_chip_cycle(client->chip, &now));
  client->due = ticks > UINT64_MAX - client->due ? UINT64_MAX : client->due + ticks;
  if (client->due > now) {
    int32_t status = mblstm_chip_advance(client->chip, client->due);
    if (status < 0) fail(client, "%s", mblstm_error_text());
  }
  tell_lines(client);
  answer(client, client->async, (struct message){TICK_CLOCK, 0, 0, -1});
}

/* Returns whether there are more messages to come. */
static bool perform(struct client *client, struct message request) {
  switch (request.action) {
    case TICK_CLOCK: tick(client, request.data); return true;
    case READ: case READ_BYTE: case READ_WORD: case READ_DOUBLE_WORD: read_bus(client, request); return true;
    case WRITE: case WRITE_BYTE: case WRITE_WORD: case WRITE_DOUBLE_WORD: write_bus(client, request); return true;
    case READ_QUAD_WORD: case WRITE_QUAD_WORD:
      refuse(client, request, "an access of 64 bits, expected one of 8, 16 or 32: the chip has no other");
      return true;
    case INTERRUPT: refuse(client, request, "an interrupt from Renode: the chip takes none"); return true;
    case RESET:
      /* MBX with its tiles, and FLASH; cells stay. Without power there is nothing to reset. */
      if (mblstm_chip_reset(client->chip, 2) < 0) fail(client, "%s", mblstm_error_text());
      tell_lines(client);
      return true;
    case DISCONNECT: tell(client, client->async, (struct message){OK, 0, 0, -1}); return false;
    default:
      fail(client, "action %" PRId32 ", expected one of ticks, accesses of a bus, resets and a disconnection", request.action);
  }
}

/* ---- The program ------------------------------------------------------------------------------------------------- */

static _Noreturn void refuse_command(const char *what, const char *text) {
  fprintf(stderr,
          "mblstm_renode: %s '%s'\nexpected mblstm_renode MAIN ASYNC [ADDRESS] [--chip FILE] [--base ADDRESS] [--log FILE]"
          " [--vcd FILE] [--message 20|24] [--timeout SECONDS]\n", what, text);
  exit(2);
}

static uint64_t number(const char *name, const char *text, uint64_t least, uint64_t most) {
  char *end;
  errno = 0;
  uint64_t value = strtoull(text, &end, 0);
  if (*text < '0' || *text > '9' || *end != 0 || errno != 0 || value < least || value > most) refuse_command(name, text);
  return value;
}

struct command {
  const char *places[3], *chip, *log, *vcd;
  size_t message;
};

static struct command command_of(char **arguments, struct client *client) {
  struct command command = {.places = {NULL, NULL, "127.0.0.1"}};
  size_t given = 0;
  for (char **next = arguments + 1; *next != NULL; next += 1) {
    const char *name = *next, *value = next[1];
    if (strncmp(name, "--", 2) != 0) {
      if (given == 3) refuse_command("what is", name);
      command.places[given++] = name;
      continue;
    }
    if (value == NULL) refuse_command("no value behind", name);
    next += 1;
    if (strcmp(name, "--chip") == 0) command.chip = value;
    else if (strcmp(name, "--log") == 0) command.log = value;
    else if (strcmp(name, "--vcd") == 0) command.vcd = value;
    else if (strcmp(name, "--base") == 0) client->base = number(name, value, 0, UINT32_MAX);
    else if (strcmp(name, "--message") == 0) command.message = number(name, value, SHORT, LONG);
    else if (strcmp(name, "--timeout") == 0) client->timeout_milliseconds = 1000 * (int)number(name, value, 1, 86400);
    else refuse_command("what is", name);
  }
  if (command.message > SHORT && command.message < LONG) refuse_command("--message", "of neither 20 nor 24 bytes");
  if (given < 2) refuse_command("no two ports of Renode in", arguments[0]);
  for (int port = 0; port < 2; port += 1) number("port", command.places[port], 1, UINT16_MAX);
  return command;
}

int main(int count, char **arguments) {
  struct client client = {.base = 0x40000000, .main = -1, .async = -1, .timeout_milliseconds = 10000};
  struct command command = count > 0 ? command_of(arguments, &client) : (struct command){0};
  must(&client, command.chip == NULL ? mblstm_chip_new("{}", &client.chip) : mblstm_chip_open(command.chip, &client.chip));
  must(&client, mblstm_chip_cycle(client.chip, &client.due));
  client.main = connected(&client, command.places[2], command.places[0]);
  client.async = connected(&client, command.places[2], command.places[1]);
  shake_hands(&client, command.message);
  if (command.log != NULL) must(&client, mblstm_chip_log_csv(client.chip, command.log));
  if (command.vcd != NULL) must(&client, mblstm_chip_log_vcd(client.chip, command.vcd, 1));
  tell_lines(&client);

  unsigned char bytes[LONG];
  do take(&client, bytes, 0, client.size, true);
  while (perform(&client, parsed(bytes, client.size)));
  close(client.main);
  close(client.async);
  stop(&client, 0);
}
