/// A call of the host that was answered with an error because there is nothing that serves it.
public struct UnservedCall: Equatable, Sendable {
  /// What was called.
  public enum Kind: Hashable, Sendable {
    /// A system call through HTIF, by its number on Linux.
    case systemCall(UInt32)
    /// A system call whose words are not in RAM, by their address.
    case misplaced(UInt32)
    /// A device of HTIF, and what it was to do.
    case device(UInt8, UInt8)
    /// A call by semihosting, by its number.
    case semihosting(UInt32)
  }

  /// What was called.
  public let kind: Kind
  /// The instruction that called it first.
  public let pc: UInt32
  /// How often.
  public fileprivate(set) var count = 1
}

/// The calls that were not served, each told once, in the order of their first.
public struct UnservedCalls: Equatable, Sendable {
  /// How many different ones are told.
  public static let most = 32

  /// The first different ones.
  public private(set) var first: [UnservedCall] = []
  /// How often others were called.
  public private(set) var others = 0

  mutating func note(_ kind: UnservedCall.Kind, pc: UInt32) {
    if let known = first.firstIndex(where: { $0.kind == kind }) {
      first[known].count += 1
    } else if first.count < Self.most {
      first.append(UnservedCall(kind: kind, pc: pc))
    } else {
      others += 1
    }
  }
}

extension UnservedCall.Kind: CustomStringConvertible {
  public var description: String {
    switch self {
    case .systemCall(let number): "system call \(number)" + Self.named(Self.systemCalls[number])
    case .misplaced(let address): "a system call at \(hex(address)), which is not in RAM"
    case .device(let device, let action): "action \(action) of HTIF's device \(device)"
    case .semihosting(0x01): "semihosting call 0x1 (SYS_OPEN) of a file"
    case .semihosting(let number):
      "semihosting call 0x\(String(number, radix: 16))" + Self.named(Self.semihostingCalls[number])
    }
  }

  private static func named(_ name: String?) -> String { name.map { " (\($0))" } ?? "" }

  private static let systemCalls: [UInt32: String] = [
    17: "getcwd", 25: "fcntl", 29: "ioctl", 48: "faccessat", 56: "openat", 57: "close", 62: "lseek", 78: "readlinkat",
    79: "fstatat", 80: "fstat", 113: "clock_gettime", 129: "kill", 153: "times", 160: "uname", 169: "gettimeofday",
    172: "getpid", 214: "brk", 222: "mmap", 1024: "open", 1025: "link", 1026: "unlink", 1038: "stat", 1039: "lstat",
    2011: "getmainvars",
  ]

  private static let semihostingCalls: [UInt32: String] = [
    0x0D: "SYS_TMPNAM", 0x0E: "SYS_REMOVE", 0x0F: "SYS_RENAME", 0x11: "SYS_TIME", 0x12: "SYS_SYSTEM",
    0x15: "SYS_GET_CMDLINE", 0x16: "SYS_HEAPINFO",
  ]
}
