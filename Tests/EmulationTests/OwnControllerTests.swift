import Board
import Files
import Firmware
import Foundation
import RV32
import Tasks
import TestSupport
import Testing
import Trace

/// A controller in C, as a user writes one, and the mistakes that users make in it.
enum OwnController {
  /// Builds it with some of its text replaced.
  static func program(_ replacements: [(String, String)] = []) throws -> Program {
    var text = try String(
      contentsOfFile: repository + "/Tests/EmulationTests/Controllers/own-controller.c", encoding: .utf8)
    for (old, new) in replacements {
      try #require(text.contains(old), "\(old)")
      text = text.replacing(old, with: new)
    }
    let folder = FileManager.default.temporaryDirectory.path + "/controller-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try text.write(toFile: folder + "/own.c", atomically: true, encoding: .utf8)
    let clang =
      "clang --target=riscv32-none-none-eabi -march=rv32imac_zicsr -mabi=ilp32 -Os -ffreestanding -fno-builtin -g"
    let build = try Shell.run(
      "/bin/sh",
      [
        "-c",
        "cd \(folder) && \(clang) -I \(repository)/firmware/examples -std=c11 -c own.c && "
          + "\(clang) -c \(repository)/firmware/examples/start.S && "
          + "ld.lld --gc-sections -T \(repository)/firmware/Support/riscv32.ld -o own.elf start.o own.o",
      ])
    try #require(build.status == 0, "\(build.output)")
    return try Program(path: folder + "/own.elf")
  }

  /// A small network: told of, programmed, and asked three times.
  static var requests: [(Command, [UInt32])] {
    func weights(_ count: UInt32) -> [UInt32] { (0..<count).map { ($0 &* 0x0805_0301) & 0x3fff_3fff } }
    let times = (0..<65).map { UInt32($0) * 160 }
    return [
      (.identify, []), (.configure, [2, 3, 10, 256, 256, 1]),
      (.setActivation, [0, 1, 0x7fff_0000, 0x8000, 0x4000_1000]), (.calibrate, [0]),
      (.setPulseTimes, times + times.reversed()), (.program, [0, 200, 40, 0] + weights(36)),
      (.program, [1, 200, 40, 0] + weights(20)),
    ] + (0..<3).map { (.infer, [2, 0x3000_2000, $0 << 12]) }
  }

  /// What follows a run of a small network, in words: nil where it classifies.
  static func failure(_ replacements: [(String, String)]) throws -> String? {
    let program = try program(replacements)
    var controller = try EmulatedController(program, on: Machine(smallChip(outputs: 10), log: NoLog()))
    // A mistake is told long before.
    controller.instructionLimit = 200_000_000
    var session = Session(on: controller)
    do throws(FirmwareRefusal) {
      for (command, words) in requests { try session.request(command, words) }
      return nil
    } catch {
      return error.description
    }
  }
}

@Suite("Controllers of users")
struct OwnControllerTests {
  private static let answer =
    "send(0);send(best); for(u32 k=0;k<O;k+=2) send((u32)(y[k]&0xffff)|((u32)(k+1<O?y[k+1]:0)<<16));"
  private static let outcome = "1 class and 10 outputs"

  @Test("A right one works, whether it sleeps, polls LEVEL, polls with a time-out or polls DATA")
  func right() throws {
    #expect(try OwnController.failure([]) == nil)
    let sleep = "while(HOST_LEVEL==0) __asm__ volatile(\"wfi\");"
    for wait in [
      "while(HOST_LEVEL==0);", "while(HOST_LEVEL==0) for(volatile int k=0;k<100;k++);",
      "for(u32 n=0;HOST_LEVEL==0;n++) if(n==5) UART_DATA='.';",
    ] {
      #expect(try OwnController.failure([(sleep, wait)]) == nil, "\(wait)")
    }
    let commands = [(sleep, "u32 cmd; while((cmd=HOST_DATA)==0);"), ("u32 cmd=HOST_DATA; left", "left")]
    #expect(try OwnController.failure(commands) == nil)
  }

  @Test("One that polls while it waits for a timer is waited for, up to 1000 interrupts", arguments: [3, 1000, 1001])
  func timer(_ ticks: Int) throws {
    let handler = """
      static volatile u32 ticks;
      __attribute__((interrupt, aligned(4))) static void tick(void){ CLINT_MTIMECMP(0)+=100; ticks++; }
      int main(void){
        __asm__ volatile("csrw mtvec, %0" ::"r"(tick));
        __asm__ volatile("csrw mie, %0" ::"r"(0x80));
      """
    let wait = """
      ticks=0; CLINT_MTIMECMP(1)=0; CLINT_MTIMECMP(0)=CLINT_MTIME(0)+100; __asm__ volatile("csrsi mstatus, 8");
      while(ticks<\(ticks)) (void)HOST_LEVEL; __asm__ volatile("csrci mstatus, 8");
      """
    let failure = try OwnController.failure([("int main(void){", handler), (Self.answer, wait + Self.answer)])
    if ticks <= 1000 {
      #expect(failure == nil)
    } else {
      #expect(failure?.contains("polls an empty mailbox") == true, "\(failure ?? "no failure")")
    }
  }

  @Test(
    "A wrong answer is told as what it is",
    arguments: [
      (
        answer, "send(0);send(99);" + answer.dropFirst("send(0);send(best);".count),
        "'infer' with class 99, expected 0 to 9"
      ),
      (answer, "send(0);", "'infer' with 0 words, expected \(outcome) (6 words)"),
      (
        answer, "send(0);send(best);for(u32 k=0;k<O-4;k+=2)send(0);",
        "'infer' with 4 words, expected \(outcome) (6 words)"
      ),
      (answer, "", "'infer' with nothing, expected a status, \(outcome)"),
      (answer, answer + "send(7);", "'infer' with 7 words, expected \(outcome) (6 words)"),
      ("send(0);send(best);", "send(0);send(best?0:1);", "'infer' with class "),
      ("case 1: send(0); send(1); break;", "case 1: break;", "'identify' with nothing, expected a status, 1 version"),
      (
        "case 1: send(0); send(1);", "case 1: send(0); send(2); send(0); send(0);",
        "'identify' with version 2 of the protocol, expected 1, the host's"
      ),
      (
        "(void)take(); send(0);send(0);", "(void)take(); send(13);break;",
        "'calibrate' with status 13, expected 0 to 12"
      ),
      (
        "(void)take(); send(0);send(0);", "(void)take(); send(7);break;",
        "'calibrate' with status 7, outOfMemory, expected a status that"
      ),
      ("send(0);send(worst);", "send(0);send(-1);", "'program' with worst error 4294967295, expected 0 to 98304"),
      ("send(worst);send(missed);", "send(worst);send(1);", "'program' with 1 missed cells and the worst error "),
      (answer, "refuse(6);", "'infer' with status 6, hardware and no error of a tile, expected at least one"),
    ])
  func wrong(_ old: String, _ new: String, _ told: String) throws {
    let failure = try OwnController.failure([(old, new)])
    #expect(failure?.contains(told) == true, "\(failure ?? "no failure")")
  }

  @Test("A flood of words ends, and is told with its place")
  func flood() throws {
    let failure = try OwnController.failure([(Self.answer, "for(;;) send(0);")])
    #expect(failure?.contains("sends words without end to HOST.DATA, 1031 up to main") == true, "\(failure ?? "")")
  }

  @Test("One that computes on and on is ended by a signal, and told where it was")
  func interrupted() async {
    await #expect(processExitsWith: .success) {
      let program = try OwnController.program([("int main(void){", "int main(void){ for(volatile u32 n=0;;n++);")])
      var controller = try EmulatedController(program, on: Machine(smallChip(outputs: 10), log: NoLog()))
      controller.instructionLimit = 1_000_000_000
      var session = Session(on: controller)
      Interruption.watch()
      // While the request is under way: one that came before is told without it.
      DispatchQueue.global().asyncAfter(deadline: .now() + 0.3) { kill(getpid(), SIGINT) }
      do throws(FirmwareRefusal) {
        try session.request(.identify, [])
      } catch {
        exit(error.description.contains("interrupted by SIGINT at main") ? EXIT_SUCCESS : EXIT_FAILURE)
      }
      exit(EXIT_FAILURE)
    }
  }

  @Test("A busy wait is looked for among 4096 instructions behind a million, the first time")
  func firstLook() throws {
    let program = try OwnController.program([("int main(void){", "int main(void){ for(;;);")])
    var session = Session(on: try EmulatedController(program, on: Machine(smallChip(outputs: 10), log: NoLog())))
    #expect(throws: FirmwareRefusal.self) { try session.request(.identify, []) }
    let retired = session.runner.core.retired
    #expect(retired == 1 << 20 + 4096)
  }

  @Test(
    "A busy wait that nothing ends is told at once, with its place",
    arguments: [
      (answer, "while(HOST_LEVEL==0);", "polls an empty mailbox at main"),
      (answer, "while(!HOST_DATA);", "polls an empty mailbox at main"),
      (answer, "for(;;);", "a busy wait that nothing ends at main"),
      (answer, "while(!(MBX_TILE_STATUS(0)&1));", "it reads MBX0.STATUS again and again"),
      (answer, "static volatile u32 flag; while(!flag);", "a busy wait that nothing ends at main"),
    ])
  func busyWait(_ old: String, _ new: String, _ told: String) throws {
    let failure = try OwnController.failure([(old, new)])
    #expect(failure?.contains(told) == true, "\(failure ?? "no failure")")
  }
}
