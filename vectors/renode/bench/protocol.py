#!/usr/bin/env python3
"""A simulation against Renode's side of the socket, message by message, and against what breaks it.

    MBLSTM_RENODE=PROGRAM MBLSTM=COMMAND protocol.py [TEST …]
"""

import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True
from renode import DISCONNECT, ERROR, HANDSHAKE, INTERRUPT, LOG_MESSAGE, RESET, TICK_CLOCK, Renode  # noqa: E402

PROGRAM, COMMAND = os.environ["MBLSTM_RENODE"], os.environ["MBLSTM"]
# The chip's addresses; a peripheral begins at MBX.
MBX, TILE, UART, TIMER = 0x4000_0000, 0x4001_0000, 0x1000_0000, 0x0200_0000
ID, IRQ_STATUS, IRQ_ENABLE = MBX, MBX + 0x18, MBX + 0x1c
START, STATUS, WAIT, UNLOCK, DRIVE, SENSE, PULSE = (TILE + at for at in (0x8, 0xc, 0x10, 0x18, 0x1000, 0x2000, 0x3000))
SCRATCH, MTIME = UART + 7, TIMER + 0xbff8
WARNING, FATAL = 2, 3


class Bench(unittest.TestCase):
    size = 24

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.chip = self.folder / "chip.json"
        self.chip.write_text('{"tiles": [[4, 3]], "seed": 1}')

    def renode(self, *arguments, **options):
        renode = Renode(PROGRAM, ["--chip", str(self.chip), "--base", "0", *arguments], options.pop("size", self.size), **options)
        self.addCleanup(renode.close)
        return renode

    def ends(self, renode, status, words=""):
        self.assertEqual(renode.ended(), (status, f"mblstm_renode: {words}\n" if words else ""))


class AccessTests(Bench):
    def test_the_handshake_tells_how_long_messages_are(self):
        for size in (20, 24):
            for told in ((), ("--message", str(size))):
                renode = self.renode(*told, size=size)
                self.assertEqual(renode.read(32, ID), 0x4d425831)
                self.assertEqual(renode.disconnect(), [])
                self.ends(renode, 0)

    def test_accesses_have_their_own_widths_and_a_register_s_where_none_is_told(self):
        renode = self.renode()
        self.assertTrue(renode.write(8, SCRATCH, 0x1a5))
        self.assertEqual([renode.read(8, SCRATCH), renode.read(None, SCRATCH)], [0xa5, 0xa5])
        self.assertTrue(renode.write(None, DRIVE, 0x00050003))
        self.assertEqual([renode.read(32, DRIVE), renode.read(None, DRIVE)], [0x00050003, 0x00050003])
        refused = [(16, ID, "a read at 0x40000000"), (8, ID, "a read at 0x40000000"), (32, SCRATCH, "a read at 0x10000007"),
                   (32, 0x2000_0000, "a read at 0x20000000"), (64, ID, "an access of 64 bits")]
        for width, address, words in refused:
            self.assertIsNone(renode.read(width, address))
            self.assertFalse(renode.write(width, address, 1))
            for text in (words, words.replace("a read", "a write")):
                action, length, level, line = renode.receive(renode.asynchronous)
                self.assertEqual((action, length, level), (LOG_MESSAGE, len(line), WARNING))
                self.assertIn(text, line)
        self.assertEqual(renode.read(32, DRIVE), 0x00050003)
        renode.disconnect()
        self.ends(renode, 0)

    def test_offsets_begin_at_the_base_which_is_mbx_unless_told(self):
        renode = Renode(PROGRAM, [], self.size, index=3)
        self.addCleanup(renode.close)
        # ID, and GEOMETRY of the usual chip.
        self.assertEqual((renode.read(32, 0), renode.read(32, TILE - MBX)), (0x4d425831, 32 | 64 << 16))
        renode.disconnect()
        self.assertEqual(renode.ended(), (0, ""))

    def test_a_chip_file_goes_on_and_the_log_replays(self):
        log, saved = self.folder / "log.csv", self.folder / "chip.mbx"
        subprocess.run([COMMAND, "run", "digits", "--limit", "1", "--save", saved], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL)
        self.chip = saved
        renode = self.renode("--log", str(log))
        self.assertTrue(renode.write(32, DRIVE, 127))
        self.assertTrue(renode.write(32, START, 1))
        renode.read(32, WAIT)
        self.assertNotEqual(renode.read(32, SENSE), 0)
        renode.disconnect()
        self.ends(renode, 0)
        self.assertIn("MBX0.SENSE[0]", log.read_text())
        subprocess.run([COMMAND, "replay", log], check=True, stdout=subprocess.DEVNULL)

    def test_waves_have_volts(self):
        waves = self.folder / "waves.vcd"
        renode = self.renode("--vcd", str(waves))
        renode.disconnect()
        self.ends(renode, 0)
        self.assertIn("wordline_volts_0", waves.read_text())


class TimeTests(Bench):
    def test_a_tick_is_a_cycle_and_interrupts_come_before_its_answer(self):
        renode = self.renode()
        # Three accesses: ticks make up for them.
        renode.write(32, IRQ_ENABLE, 1)
        renode.write(32, UNLOCK, 0x50524f47)
        renode.write(32, START, 1)
        self.assertEqual(renode.tick(32), [])
        self.assertEqual(renode.tick(1), [(INTERRUPT, 0, 1, -1)])
        renode.write(32, IRQ_STATUS, 0xffff_ffff)
        self.assertEqual(renode.until(INTERRUPT), [])
        self.assertEqual(renode.disconnect(), [])
        self.ends(renode, 0)

    def test_a_read_that_stalls_is_ahead_until_ticks_have_come_as_far(self):
        renode = self.renode()
        renode.write(32, UNLOCK, 0x50524f47)
        renode.write(32, PULSE, 1000)
        renode.write(32, START, 3)
        renode.read(32, WAIT)
        # 2 cycles a step and 50 of rest, behind three accesses.
        ahead = renode.read(32, MTIME)
        self.assertEqual(ahead, 3 + 2050 + 1)
        self.assertEqual(renode.tick(ahead), [])
        self.assertEqual(renode.read(32, MTIME), ahead + 1)
        self.assertEqual(renode.tick(1000), [])
        self.assertEqual(renode.read(32, MTIME), ahead + 1000 + 1)
        renode.disconnect()
        self.ends(renode, 0)

    def test_a_reset_has_no_answer_and_lets_interrupts_fall(self):
        renode = self.renode()
        renode.write(32, IRQ_ENABLE, 1)
        renode.write(32, DRIVE, 5)
        renode.write(32, START, 1)
        self.assertEqual(renode.tick(100), [(INTERRUPT, 0, 1, -1)])
        renode.send(RESET, index=-1)
        self.assertEqual((renode.read(32, DRIVE), renode.read(32, STATUS) & 1), (0, 0))
        self.assertEqual(renode.receive(renode.asynchronous), (INTERRUPT, 0, 0, -1))
        renode.disconnect()
        self.ends(renode, 0)

    def test_an_interrupt_from_renode_is_refused_in_words(self):
        renode = self.renode()
        renode.send(INTERRUPT, 1, 1, index=-1)
        self.assertEqual(renode.receive(renode.main)[0], ERROR)
        self.assertIn("takes none", renode.receive(renode.asynchronous)[3])
        renode.disconnect()
        self.ends(renode, 0)


class ShortTests(AccessTests, TimeTests):
    """All of it by messages of 20 bytes."""

    size = 20


class BrokenTests(Bench):
    def test_a_message_that_is_cut_off(self):
        for size in (20, 24):
            for count in (1, size - 1):
                renode = self.renode(size=size)
                renode.main.sendall(renode.packed(TICK_CLOCK)[:count])
                renode.main.shutdown(socket.SHUT_WR)
                words = f"Renode closed the main socket after {count} of {size} bytes of a message"
                self.assertEqual(renode.receive(renode.asynchronous)[2:], (FATAL, words))
                self.assertEqual(renode.receive(renode.asynchronous)[0], ERROR)
                self.ends(renode, 1, words)

    def test_a_message_that_stops(self):
        renode = self.renode("--timeout", "1")
        renode.main.sendall(renode.packed(TICK_CLOCK)[:7])
        self.ends(renode, 1, "a message stopped after 7 of 24 bytes, expected the rest within 1000 ms")

    def test_a_message_in_pieces_is_whole(self):
        renode = self.renode()
        for byte in renode.packed(TICK_CLOCK, data=5, index=-1):
            renode.main.sendall(bytes([byte]))
            time.sleep(0.001)
        self.assertEqual(renode.until(TICK_CLOCK), [])
        renode.disconnect()
        self.ends(renode, 0)

    def test_an_unknown_action_ends_the_emulation_in_words(self):
        for action in (0, 8, 17, 31, 77, -1):
            renode = self.renode()
            renode.send(action)
            action, _, level, words = renode.receive(renode.asynchronous)
            self.assertEqual((action, level), (LOG_MESSAGE, FATAL))
            self.assertEqual(renode.receive(renode.asynchronous)[0], ERROR)
            self.ends(renode, 1, words)
            self.assertRegex(words, "^action -?[0-9]+, expected one of")

    def test_a_place_beyond_the_address_space(self):
        for base, address in (("0x40000000", 0xffff_ffff), ("0", 1 << 32), ("0", (1 << 64) - 4)):
            renode = self.renode("--base", base)
            renode.send(23, address)
            status, said = renode.ended()
            self.assertEqual(status, 1)
            self.assertIn(f"address 0x{address:x} from base", said)

    def test_ticks_beyond_all_time(self):
        renode = self.renode()
        renode.send(TICK_CLOCK, data=(1 << 64) - 1)
        status, said = renode.ended()
        self.assertEqual(status, 1)
        self.assertIn("below 2^61", said)

    def test_sockets_that_close(self):
        renode = self.renode()
        renode.main.shutdown(socket.SHUT_RDWR)
        self.ends(renode, 1, "Renode closed the main socket, expected a disconnection before")
        renode = self.renode()
        renode.asynchronous.close()
        self.ends(renode, 1, "Renode closed the asynchronous socket, expected a disconnection on the main one before")
        renode = self.renode()
        renode.asynchronous.sendall(b"x")
        self.ends(renode, 1, "Renode sent something on the asynchronous socket, expected it on the main one")

    def test_an_end_without_a_disconnection_leaves_a_log(self):
        log = self.folder / "log.csv"
        renode = self.renode("--log", str(log))
        renode.write(32, DRIVE, 3)
        renode.main.shutdown(socket.SHUT_RDWR)
        self.assertEqual(renode.ended()[0], 1)
        self.assertIn("MBX0.DRIVE[0]", log.read_text())

    def test_what_is_not_taken(self):
        renode = self.renode("--timeout", "1")
        # Words that nobody reads fill the socket's memory.
        renode.main.setblocking(False)
        request, ends = renode.packed(23, 0x2000_0000), time.monotonic() + 15
        while renode.process.poll() is None and time.monotonic() < ends:
            try:
                renode.main.send(request * 100)
                renode.main.recv(1 << 20)
            except BlockingIOError:
                time.sleep(0.001)
            except OSError:
                break
        status, said = renode.ended()
        self.assertEqual(status, 1)
        self.assertEqual(said, "mblstm_renode: Renode takes no log messages: not in time\n")

    def test_handshakes_that_are_none(self):
        renode = self.renode(handshake=DISCONNECT)
        self.ends(renode, 1, "the first message is action 7 of peripheral -1, expected a handshake, 10 of -1")
        renode = self.renode("--timeout", "1", handshake=None)
        self.ends(renode, 1, "a message stopped after 0 of 20 bytes, expected the rest within 1000 ms")
        renode = self.renode("--timeout", "1", "--message", "24", handshake=None, size=20)
        renode.send(HANDSHAKE)
        self.ends(renode, 1, "a message stopped after 20 of 24 bytes, expected the rest within 1000 ms")

    def test_commands_that_are_none(self):
        def said(*words):
            done = subprocess.run([PROGRAM, *words], stderr=subprocess.PIPE, text=True, timeout=20)
            return done.returncode, done.stderr

        for words in ((), ("1",), ("1", "2", "localhost", "4"), ("0", "1"), ("1", "65536"), ("x", "1"), ("1", "2", "--message", "21"),
                      ("1", "2", "--timeout", "0"), ("1", "2", "--base", "-1"), ("1", "2", "--chip"), ("1", "2", "--none", "3")):
            status, text = said(*words)
            self.assertEqual(status, 2, words)
            self.assertIn("expected mblstm_renode MAIN ASYNC", text)
        free = socket.create_server(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
        free.close()
        self.assertEqual(said(port, port), (1, f"mblstm_renode: cannot connect to 127.0.0.1, port {port}: Connection refused\n"))
        self.assertIn("no/such.json", said(port, port, "--chip", "no/such.json")[1])
        renode = self.renode("--log", str(self.folder))
        self.assertEqual(renode.receive(renode.asynchronous)[2], FATAL)
        self.assertEqual(renode.ended()[0], 1)


if __name__ == "__main__":
    unittest.main()
