import Foundation
import Glibc
import Testing

@testable import Files

@Suite("Names of partial files")
struct PartialNameTests {
  @Test("Are tried by number until one is free; what fails otherwise, or for ever, is told as it is")
  func attempts() {
    for free in [0, 1, 7, 999, 1000] {
      var tried: [String] = []
      let (path, result) = PartialFile.named(beside: "/x/f.csv") { name in
        tried.append(name)
        guard tried.count <= free else { return 5 }
        errno = EEXIST
        return -1
      }
      #expect(result == 5 && path == "/x/f.csv.\(getpid())-\(free).partial")
      #expect(tried == (0...free).map { "/x/f.csv.\(getpid())-\($0).partial" })
    }
    var count = 0
    let (_, never) = PartialFile.named(beside: "f") { _ in
      count += 1
      errno = EEXIST
      return -1
    }
    #expect(never == -1 && count == 1001 && errno == EEXIST)
    count = 0
    let (path, other) = PartialFile.named(beside: "f") { _ in
      count += 1
      errno = EACCES
      return -7
    }
    #expect(other == -7 && count == 1 && path.hasSuffix("-0.partial"))
  }
}
