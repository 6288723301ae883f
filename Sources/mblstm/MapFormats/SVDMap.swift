import Registers
import Trace

/// The memory map as a CMSIS-SVD 1.3 file, for debuggers and generators of register code.
struct SVDMap {
  /// Whose registers, and what they have after reset.
  let fresh: FreshMap

  var text: String {
    var bodies: [(block: BlockMap, body: String)] = []
    let peripherals = fresh.blocks.map { block in
      let body = registers(of: block)
      defer { bodies.append((block, body)) }
      let original = bodies.first { $0.block.name.description == block.name.description && $0.body == body }
      return original.map { derived(block, from: $0.block.fullName) } ?? peripheral(block, body)
    }
    return Self.head + peripherals.joined(separator: "\n") + "\n  </peripherals>\n</device>\n"
  }

  private static let head = """
    <?xml version="1.0" encoding="utf-8"?>
    <device schemaVersion="1.3" xmlns:xs="http://www.w3.org/2001/XMLSchema-instance" \
    xs:noNamespaceSchemaLocation="CMSIS-SVD.xsd">
      <name>MbLSTM</name>
      <version>1.0</version>
      <description>Memristor LSTM accelerator: the board of the emulator.</description>
      <cpu>
        <name>other</name>
        <revision>r0p0</revision>
        <endian>little</endian>
        <mpuPresent>false</mpuPresent>
        <fpuPresent>false</fpuPresent>
        <nvicPrioBits>0</nvicPrioBits>
        <vendorSystickConfig>true</vendorSystickConfig>
      </cpu>
      <addressUnitBits>8</addressUnitBits>
      <width>32</width>
      <size>32</size>
      <access>read-write</access>
      <resetValue>0x00000000</resetValue>
      <resetMask>0xffffffff</resetMask>
      <peripherals>

    """

  private func derived(_ block: BlockMap, from original: String) -> String {
    """
        <peripheral derivedFrom="\(original)">
          <name>\(block.fullName)</name>
          <baseAddress>\(hex(block.base))</baseAddress>
        </peripheral>
    """
  }

  private func peripheral(_ block: BlockMap, _ registers: String) -> String {
    let size = UInt32(block.places.count) * block.registerBytes
    let interrupts = block.interrupts.map { interrupt in
      let parts = [
        Self.element("name", "\(interrupt.name)"), Self.element("description", Self.escaped("\(interrupt.meaning)")),
        Self.element("value", "\(interrupt.rawValue)"),
      ]
      return "      <interrupt>\n" + parts.map { "        \($0)\n" }.joined() + "      </interrupt>\n"
    }.joined()
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
      \(interrupts)      <registers>
      \(registers)
            </registers>
          </peripheral>
      """
  }

  private func registers(of block: BlockMap) -> String {
    block.entries.map { register($0, of: block) }.joined(separator: "\n")
  }

  private func register(_ entry: BlockMap.Entry, of block: BlockMap) -> String {
    let register = entry.register
    let isArray = register.count > 1
    let (value, mask) = fresh.reset(of: entry, in: block)
    let array = [
      Self.element("dim", "\(fresh.elements(of: entry, in: block))"),
      Self.element("dimIncrement", "\(block.registerBytes)"),
    ]
    let about = [
      Self.element("name", isArray ? "\(register.name)[%s]" : "\(register.name)"),
      Self.element("description", Self.escaped(register.text)),
      Self.element("addressOffset", hex(entry.offset, 4)), Self.element("size", "\(8 * block.registerBytes)"),
    ]
    let digits = 2 * Int(block.registerBytes)
    let reset = [Self.element("resetValue", hex(value, digits)), Self.element("resetMask", hex(mask, digits))]
    let access = Self.access(register.access)
    let fields = register.fields.flatMap(Self.field) + (register.packed.map { Self.fields($0, register.access) } ?? [])
    let lines =
      (isArray ? array : []) + about + access.kind + reset + access.write + access.read
      + (fields.isEmpty ? [] : ["<fields>"] + fields + ["</fields>"])
    return (["<register>"] + lines.map { "  " + $0 } + ["</register>"]).map { "        " + $0 }
      .joined(separator: "\n")
  }

  // MARK: Elements

  private static func field(_ field: Field) -> [String] {
    let about = [
      element("name", "\(field.name)"), element("description", escaped(field.text)),
      element("bitOffset", "\(field.lowBit)"), element("bitWidth", "\(field.width)"),
    ]
    return ["  <field>"] + (about + rules(field.access, field.values)).map { "    " + $0 } + ["  </field>"]
  }

  /// One array of fields, `%s` in place of their number.
  private static func fields(_ packed: PackedFields, _ access: Access?) -> [String] {
    let about = [
      element("dim", "\(packed.count)"), element("dimIncrement", "\(packed.width)"),
      element("name", "\(packed.name)%s"), element("description", escaped("\(packed.meaning)")),
      element("bitOffset", "0"), element("bitWidth", "\(packed.width)"),
    ]
    return ["  <field>"] + (about + rules(access, packed.values)).map { "    " + $0 } + ["  </field>"]
  }

  /// What accesses do to a field, and what its numbers are.
  private static func rules(_ access: Access?, _ values: FieldValues?) -> [String] {
    let access = Self.access(access)
    return access.kind + access.write + (access.isWritable ? constraint(values) : []) + access.read
      + (values.map(names) ?? [])
  }

  private static func constraint(_ values: FieldValues?) -> [String] {
    if let range = values?.range {
      return [
        "<writeConstraint>", "  <range>", "    " + element("minimum", "\(range.lowerBound)"),
        "    " + element("maximum", "\(range.upperBound)"), "  </range>", "</writeConstraint>",
      ]
    }
    guard values?.isRefusedUnnamed == true else { return [] }
    return ["<writeConstraint>", "  " + element("useEnumeratedValues", "true"), "</writeConstraint>"]
  }

  private static func names(_ values: FieldValues) -> [String] {
    let named = values.names.flatMap { value in
      [
        "  <enumeratedValue>", "    " + element("name", "\(value.name)"),
        "    " + element("description", escaped("\(value.meaning)")), "    " + element("value", "\(value.value)"),
        "  </enumeratedValue>",
      ]
    }
    return named.isEmpty ? [] : ["<enumeratedValues>"] + named + ["</enumeratedValues>"]
  }

  /// Of a field or a register; nil for a register whose fields say theirs.
  private static func access(
    _ access: Access?
  ) -> (kind: [String], write: [String], read: [String], isWritable: Bool) {
    switch access {
    case .readOnly: (kind("read-only"), [], [], false)
    case .writeOnly: (kind("write-only"), [], [], true)
    case .readWrite, nil: (kind("read-write"), [], [], true)
    case .writeOneToClear: (kind("read-write"), [element("modifiedWriteValues", "oneToClear")], [], true)
    case .writeOneToSet: (kind("read-write"), [element("modifiedWriteValues", "oneToSet")], [], true)
    case .readToClear: (kind("read-only"), [], [element("readAction", "clear")], false)
    case .port: (kind("read-write"), [], [element("readAction", "modify")], true)
    }
  }

  private static func kind(_ access: String) -> [String] { [element("access", access)] }

  private static func element(_ name: String, _ text: String) -> String { "<\(name)>\(text)</\(name)>" }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
