/* Renode's side of mblstm_renode: its messages on two sockets, and what is said when they fail. */
#ifndef RENODE_SOCKET_H
#define RENODE_SOCKET_H

#include <errno.h>
#include <inttypes.h>
#include <mblstm_model.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

/* Renode's ActionType; others are of peripherals that are masters or processors. */
enum action {
  TICK_CLOCK = 1, WRITE = 2, READ = 3, RESET = 4, LOG_MESSAGE = 5, INTERRUPT = 6, DISCONNECT = 7, ERROR = 8, OK = 9,
  HANDSHAKE = 10, READ_BYTE = 21, READ_WORD, READ_DOUBLE_WORD, READ_QUAD_WORD, WRITE_BYTE, WRITE_WORD, WRITE_DOUBLE_WORD,
  WRITE_QUAD_WORD
};
enum level { WARNING = 2, FATAL = 3 };
enum { LINES = 6, SHORT = 20, LONG = 24 };

struct message {
  int32_t action;
  uint64_t address, data;
  /* Of the peripheral that it is of; -1 of none. */
  int32_t index;
};

struct client {
  uint64_t chip, base;
  int main, async;
  /* Bytes of a message; 0 before the handshake. */
  size_t size;
  int timeout_milliseconds;
  /* The cycle up to which ticks have come. */
  uint64_t due;
  /* As told last. */
  uint32_t lines;
};

static inline void put(unsigned char *bytes, uint64_t number, size_t count) {
  for (size_t n = 0; n < count; n += 1) bytes[n] = (unsigned char)(number >> 8 * n);
}

static inline uint64_t got(const unsigned char *bytes, size_t count) {
  uint64_t number = 0;
  for (size_t n = 0; n < count; n += 1) number |= (uint64_t)bytes[n] << 8 * n;
  return number;
}

/* Returns whether Renode took them. */
static inline bool give(int socket, const void *bytes, size_t count) {
  for (const char *rest = bytes; count > 0;) {
    ssize_t sent = send(socket, rest, count, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    rest += sent;
    count -= (size_t)sent;
  }
  return true;
}

static inline bool tell(const struct client *client, int socket, struct message message) {
  unsigned char bytes[LONG];
  put(bytes, (uint32_t)message.action, 4);
  put(bytes + 4, message.address, 8);
  put(bytes + 12, message.data, 8);
  put(bytes + 20, (uint32_t)message.index, 4);
  return give(socket, bytes, client->size);
}

/* Why it did not. */
static inline const char *reason(void) { return errno == EAGAIN ? "not in time" : strerror(errno); }

/* A line of Renode's log. */
static inline bool say(const struct client *client, enum level level, const char *text) {
  return tell(client, client->async, (struct message){LOG_MESSAGE, strlen(text), level, -1})
         && give(client->async, text, strlen(text));
}

/* Ends the chip, which makes its logs final, and the process. */
static inline _Noreturn void stop(const struct client *client, int status) {
  if (client->chip != 0 && mblstm_chip_free(client->chip) != MBLSTM_OK) {
    fprintf(stderr, "mblstm_renode: %s\n", mblstm_error_text());
    status = 1;
  }
  exit(status);
}

/* Says why it cannot go on, in Renode's log too where there is one, and ends: an error on the asynchronous socket ends the
 * emulation. */
static inline _Noreturn void fail(const struct client *client, const char *format, ...) {
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  fprintf(stderr, "mblstm_renode: %s\n", text);
  if (client->size != 0 && say(client, FATAL, text)) tell(client, client->async, (struct message){ERROR, 0, 0, -1});
  stop(client, 1);
}

static inline void must(const struct client *client, int32_t status) {
  if (status != MBLSTM_OK) fail(client, "%s", mblstm_error_text());
}

static inline void answer(const struct client *client, int socket, struct message message) {
  if (!tell(client, socket, message)) {
    fail(client, "Renode does not take what is sent on its %s socket: %s", socket == client->main ? "main" : "asynchronous",
         reason());
  }
}

/* Waits for bytes on the main socket; for ever if it waits for a message to begin. Returns whether any came. */
static inline bool await(const struct client *client, bool begins, int milliseconds) {
  struct pollfd sockets[] = {{client->main, POLLIN, 0}, {client->async, POLLIN, 0}};
  int ready;
  do ready = poll(sockets, 2, begins ? -1 : milliseconds);
  while (ready < 0 && errno == EINTR);
  if (ready < 0) fail(client, "cannot wait for Renode: %s", strerror(errno));
  /* What is there on the main one is first: a disconnection comes before the sockets' end. */
  if (ready > 0 && sockets[0].revents == 0) {
    char byte;
    if (recv(client->async, &byte, 1, MSG_PEEK) == 1) {
      fail(client, "Renode sent something on the asynchronous socket, expected it on the main one");
    }
    fail(client, "Renode closed the asynchronous socket, expected a disconnection on the main one before");
  }
  return ready > 0;
}

/* Takes bytes of a message, of which some have been taken. */
static inline void take(const struct client *client, unsigned char *bytes, size_t from, size_t to, bool begins) {
  size_t size = client->size == 0 ? to : client->size;
  while (from < to) {
    if (!await(client, begins && from == 0, client->timeout_milliseconds)) {
      fail(client, "a message stopped after %zu of %zu bytes, expected the rest within %d ms", from, size,
           client->timeout_milliseconds);
    }
    ssize_t count = recv(client->main, bytes + from, to - from, 0);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(client, "cannot read from Renode: %s", strerror(errno));
    if (count == 0 && from == 0) fail(client, "Renode closed the main socket, expected a disconnection before");
    if (count == 0) fail(client, "Renode closed the main socket after %zu of %zu bytes of a message", from, size);
    from += (size_t)count;
  }
}

static inline struct message parsed(const unsigned char *bytes, size_t size) {
  int32_t index = size == LONG ? (int32_t)got(bytes + 20, 4) : -1;
  return (struct message){(int32_t)got(bytes, 4), got(bytes + 4, 8), got(bytes + 12, 8), index};
}

static inline int connected(const struct client *client, const char *host, const char *port) {
  struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *found;
  int status = getaddrinfo(host, port, &hints, &found);
  if (status != 0) fail(client, "cannot find %s: %s", host, gai_strerror(status));
  int made = -1, now = 1;
  const struct timeval limit = {client->timeout_milliseconds / 1000, client->timeout_milliseconds % 1000 * 1000};
  for (const struct addrinfo *each = found; each != NULL && made < 0; each = each->ai_next) {
    made = socket(each->ai_family, each->ai_socktype, each->ai_protocol);
    setsockopt(made, IPPROTO_TCP, TCP_NODELAY, &now, sizeof now);
    setsockopt(made, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    if (made >= 0 && connect(made, each->ai_addr, each->ai_addrlen) != 0) {
      int problem = errno;
      close(made);
      errno = problem;
      made = -1;
    }
  }
  if (made < 0) fail(client, "cannot connect to %s, port %s: %s", host, port, strerror(errno));
  freeaddrinfo(found);
  return made;
}

/* Its first message, which says how long others are: of 24 bytes the last four come with the rest. */
static inline void shake_hands(struct client *client, size_t size) {
  unsigned char bytes[LONG];
  take(client, bytes, 0, SHORT, false);
  if (size == 0) size = await(client, false, 300) ? LONG : SHORT;
  take(client, bytes, SHORT, size, false);
  struct message first = parsed(bytes, size);
  if (first.action != HANDSHAKE || first.index != -1) {
    fail(client, "the first message is action %" PRId32 " of peripheral %" PRId32 ", expected a handshake, %d of -1",
         first.action, first.index, HANDSHAKE);
  }
  client->size = size;
  answer(client, client->main, first);
}

#endif
