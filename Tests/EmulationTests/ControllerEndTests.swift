import Testing

@Suite("Controllers that end instead of answering")
struct ControllerEndTests {
  private static let print = "static const char s[]=\"hello\"; for(const char*p=s;*p;p++) UART_DATA=*p;"

  @Test(
    "Are told with what ended them, and where",
    arguments: [
      ("FINISHER_FINISH=0x33333;", "the program ended with status 3 at main"),
      ("FINISHER_FINISH=0xffff3333;", "the program ended with status 65535 at main"),
      // The start-up code ends with 128 and the cause of a trap: of a store 7, of an instruction 2.
      ("*(volatile u32*)0=0;", "the program ended with status 135 at finish"),
      ("__asm__ volatile(\".word 0xffffffff\");", "the program ended with status 130 at finish"),
      (
        "__asm__ volatile(\"csrw mtvec, zero\"); *(volatile u32*)0=0;",
        "a trap without a handler: storeFault, value 0x0 at main"
      ),
    ])
  func ends(_ statement: String, _ told: String) throws {
    let failure = try #require(try OwnController.failure([("int main(void){", "int main(void){ \(statement)")]))
    #expect(failure.contains(told), "\(failure)")
    #expect(!failure.contains("it printed:"))
  }

  @Test("Are told with what they printed, of a long text the last 2000 bytes")
  func printed() throws {
    let end = "FINISHER_FINISH=0x33333;"
    let short = try #require(try OwnController.failure([("int main(void){", "int main(void){ \(Self.print) \(end)")]))
    #expect(short.contains("the program ended with status 3 at main"), "\(short)")
    #expect(short.hasSuffix("\nit printed:\nhello"), "\(short)")
    let many = "for(u32 n=0;n<2001;n++) UART_DATA=n<1?'<':'x';"
    let long = try #require(try OwnController.failure([("int main(void){", "int main(void){ \(many) \(end)")]))
    #expect(long.hasSuffix("\nit printed:\n" + String(repeating: "x", count: 2000)), "\(long)")
    let wait = try #require(
      try OwnController.failure([("int main(void){", "int main(void){ \(Self.print) for(;;);")]))
    #expect(wait.contains("a busy wait that nothing ends at main") && wait.hasSuffix("\nit printed:\nhello"), "\(wait)")
  }
}
