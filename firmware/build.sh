#!/usr/bin/env bash
# Builds the firmware with nothing but the Swift toolchain: controller.elf, sleepingcontroller.elf, selftest.elf, lstmloop.elf, caserunner.elf and the C examples
# for the RV32 controller and, to show that nothing in it is tied to that, controller-armv7em.elf for a Cortex-M4.
# FixedPoint, Registers and Firmware are the sources of the emulator, unchanged.
#
#   firmware/build.sh [OUT]        OUT is .build/firmware unless given
#
# Does nothing when everything is newer than its sources. Fails when a program is larger than its budget.
set -euo pipefail
cd "$(dirname "$0")/.."
out=${1:-.build/firmware}
mkdir -p "$out"
exec 9>"$out/.lock"
flock 9

stamp=$out/.built
if [ -e "$stamp" ] && [ -z "$(find firmware Sources/FixedPoint Sources/Registers Sources/Firmware \
  -type f ! -name '*.md' -newer "$stamp" -print -quit)" ]; then
  exit 0
fi

# bytes: .text with .rodata, .data, .bss
budget_controller="81920 704 64"
budget_sleepingcontroller="90112 704 64"
budget_selftest="106496 896 64"
budget_lstmloop="94208 768 64"
budget_example="4096 64 256"
budget_caserunner="4096 64 256"
budget_integer_mix="4096 64 4096"
budget_software_lstm="4096 64 16384"

riscv32=(-target riscv32-none-none-eabi -Xcc -march=rv32imac -Xcc -mabi=ilp32)
armv7em=(-target armv7em-none-none-eabi -Xcc -mcpu=cortex-m4 -Xcc -mfloat-abi=soft)
swift=(-swift-version 6 -O -wmo -parse-as-library -warnings-as-errors -enable-experimental-feature Embedded
  -enable-experimental-feature Volatile -enable-experimental-feature Extern -Xcc -ffreestanding
  -Xfrontend -function-sections -Xfrontend -disable-stack-protector)

modules() { # modules ARCHITECTURE FLAG…
  local place=$out/$1
  shift
  mkdir -p "$place"
  local flags=("$@" "${swift[@]}" -I "$place")
  for module in FixedPoint Registers Firmware; do
    mapfile -t sources < <(find "Sources/$module" -name '*.swift' | sort)
    swiftc "${flags[@]}" -module-name "$module" -emit-module -emit-module-path "$place/$module.swiftmodule" \
      -c -o "$place/$module.o" "${sources[@]}"
  done
  swiftc "${flags[@]}" -module-name Runtime -Xllvm -disable-loop-idiom-all -c -o "$place/Runtime.o" \
    firmware/Support/Runtime.swift firmware/Support/Heap.swift
}

program() { # program ARCHITECTURE NAME FLAG…
  local architecture=$1 name=$2 place=$out/$1
  shift 2
  swiftc "$@" "${swift[@]}" -I "$place" -module-name "$name" -c -o "$place/$name.o" \
    firmware/Support/Platform.swift firmware/"$name"/*.swift
  link "$architecture" "$name" "$place/$name.o" "$place"/{Runtime,FixedPoint,Registers,Firmware}.o
}

link() { # link ARCHITECTURE NAME OBJECT…
  local architecture=$1 name=${2,,} elf
  shift 2
  elf=$out/$name.elf
  [ "$architecture" = riscv32 ] || elf=$out/$name-$architecture.elf
  ld.lld --gc-sections -T "firmware/Support/$architecture.ld" -o "$elf" "$out/$architecture/start.o" "$@"
  report "$elf" "$name"
}

# Prints the sizes of a program and compares them with its budget.
report() { # report ELF NAME
  local budget=budget_$2
  read -r -a most <<<"${!budget:-$budget_example}"
  local -a is=(0 0 0)
  while read -r section size; do
    case $section in
      .text | .rodata) is[0]=$((is[0] + size)) ;;
      .data) is[1]=$((is[1] + size)) ;;
      .bss) is[2]=$((is[2] + size)) ;;
    esac
  done < <(sections "$1")
  printf '%-24s .text+.rodata %6d of %6d   .data %4d of %4d   .bss %4d of %4d\n' "$(basename "$1")" \
    "${is[0]}" "${most[0]}" "${is[1]}" "${most[1]}" "${is[2]}" "${most[2]}"
  for kind in 0 1 2; do
    if [ "${is[kind]}" -gt "${most[kind]}" ]; then
      echo "firmware/build.sh: $1 is larger than its budget" >&2
      exit 1
    fi
  done
}

# Name and size of each section.
sections() {
  llvm-objdump --section-headers "$1" | while read -r number name size _; do
    [[ $number =~ ^[0-9]+$ ]] && [[ $name == .* ]] && echo "$name $((16#$size))"
  done
}

echo "firmware: bytes of each program, and its budget"
modules riscv32 "${riscv32[@]}"
clang --target=riscv32-none-none-eabi -march=rv32imac_zicsr -mabi=ilp32 -c -o "$out/riscv32/start.o" \
  firmware/Support/start-riscv32.S
program riscv32 Controller "${riscv32[@]}"
program riscv32 SleepingController "${riscv32[@]}"
program riscv32 SelfTest "${riscv32[@]}"
program riscv32 LSTMLoop "${riscv32[@]}"

# The C examples, as firmware/cc builds the programs of others.
for example in read_row program_row integer_mix; do
  firmware/cc "$out/$example.elf" "firmware/examples/$example.c" -std=c11 -fno-builtin -Wall -Wextra -Werror
  report "$out/$example.elf" "$example"
done
firmware/cc "$out/software_lstm.elf" firmware/examples/software_lstm.c -std=c11 -O2 -fno-builtin -Wall -Wextra -Werror
report "$out/software_lstm.elf" software_lstm

# What `mblstm export elf` puts cases of the golden vectors behind.
firmware/cc "$out/caserunner.elf" firmware/CaseRunner/main.c firmware/CaseRunner/burst.S -std=c11 -fno-builtin -Wall -Wextra -Werror
report "$out/caserunner.elf" caserunner

modules armv7em "${armv7em[@]}"
clang --target=armv7em-none-none-eabi -mcpu=cortex-m4 -c -o "$out/armv7em/start.o" firmware/Support/start-armv7em.S
program armv7em Controller "${armv7em[@]}"
touch "$stamp"
