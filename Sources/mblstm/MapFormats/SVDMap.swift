import Registers

/// The memory map as a CMSIS-SVD 1.3 file, for debuggers and generators of register code.
enum SVDMap {
  static func text(tiles: Int) -> String {
    let blocks = BlockMap.board(tiles: tiles)
    let body = blocks.map { block in
      let original = blocks.first { $0.name.description == block.name.description && $0.number != nil }
      return block.number ?? 0 > 0 ? derived(block, from: original?.fullName ?? "") : peripheral(block)
    }
    return head + body.joined(separator: "\n") + "\n  </peripherals>\n</device>\n"
  }

  private static let head = """
    <?xml version="1.0" encoding="utf-8"?>
    <device schemaVersion="1.3" xmlns:xs="http://www.w3.org/2001/XMLSchema-instance" \
    xs:noNamespaceSchemaLocation="CMSIS-SVD.xsd">
      <name>MbLSTM</name>
      <version>1.0</version>
      <description>Memristor LSTM accelerator: the board of the emulator.</description>
      <addressUnitBits>8</addressUnitBits>
      <width>32</width>
      <size>32</size>
      <access>read-write</access>
      <resetValue>0x00000000</resetValue>
      <resetMask>0xffffffff</resetMask>
      <peripherals>

    """

  private static func derived(_ block: BlockMap, from original: String) -> String {
    """
        <peripheral derivedFrom="\(original)">
          <name>\(block.fullName)</name>
          <baseAddress>\(hex(block.base))</baseAddress>
        </peripheral>
    """
  }

  private static func peripheral(_ block: BlockMap) -> String {
    let size = UInt32(block.places.count) * block.registerBytes
    return """
          <peripheral>
            <name>\(block.fullName)</name>
            <description>Block \(block.fullName).</description>
            <baseAddress>\(hex(block.base))</baseAddress>
            <addressBlock>
              <offset>0x0</offset>
              <size>\(hex(size))</size>
              <usage>registers</usage>
            </addressBlock>
            <registers>
      \(block.entries.map { register($0, of: block) }.joined(separator: "\n"))
            </registers>
          </peripheral>
      """
  }

  private static func register(_ entry: BlockMap.Entry, of block: BlockMap) -> String {
    let register = entry.register
    let isArray = register.count > 1
    let array = [
      element("dim", "\(register.count)"), element("dimIncrement", "\(block.registerBytes)"),
    ]
    let about = [
      element("name", isArray ? "\(register.name)[%s]" : "\(register.name)"),
      element("description", escaped("\(register.meaning)")), element("addressOffset", hex(entry.offset, 4)),
      element("size", "\(8 * block.registerBytes)"), element("access", access(register.access)),
      element("resetValue", hex(register.reset)), element("resetMask", "0xffffffff"),
    ]
    let fields = register.fields.isEmpty ? [] : ["<fields>"] + register.fields.flatMap(field) + ["</fields>"]
    let lines = (isArray ? array : []) + about + effects(register.access) + fields
    return (["<register>"] + lines.map { "  " + $0 } + ["</register>"]).map { "        " + $0 }
      .joined(separator: "\n")
  }

  private static func field(_ field: Field) -> [String] {
    let lines = [
      element("name", "\(field.name)"), element("description", escaped(field.text)),
      element("bitOffset", "\(field.lowBit)"), element("bitWidth", "\(field.width)"),
    ]
    return ["  <field>"] + lines.map { "    " + $0 } + ["  </field>"]
  }

  private static func access(_ access: Access) -> String {
    switch access {
    case .readOnly: "read-only"
    case .writeOnly: "write-only"
    case .readWrite, .writeOneToClear, .port: "read-write"
    }
  }

  private static func effects(_ access: Access) -> [String] {
    switch access {
    case .writeOneToClear: [element("modifiedWriteValues", "oneToClear")]
    case .port: [element("readAction", "modify")]
    case .readOnly, .writeOnly, .readWrite: []
    }
  }

  private static func element(_ name: String, _ text: String) -> String { "<\(name)>\(text)</\(name)>" }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
