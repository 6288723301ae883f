import Trace

/// A whole file at once: it has its old content, or none, until it has all of the new one.
///
/// The bytes go to a temporary file beside it, which is then renamed, by the same code that writes logs. A process
/// killed between leaves the old file (and a `.partial` beside it); what fails leaves nothing.
public enum AtomicFile {
  public static func write(_ bytes: [UInt8], to path: String) throws(LogFileError) {
    let file = try LogFile(path: path)
    file.append(bytes[...])
    try file.close()
  }

  public static func write(_ text: String, to path: String) throws(LogFileError) {
    try write(Array(text.utf8), to: path)
  }
}
