// Reads files of vectors and writes them again, one a line.

import Foundation

do {
  for path in CommandLine.arguments.dropFirst() {
    print(String(decoding: try JSONEncoder().encode(GoldenVectors(contentsOf: path)), as: UTF8.self))
  }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
