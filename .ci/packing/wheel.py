"""A folder packed as a wheel: the same folder gives the same bytes, whenever and wherever it is packed."""

import base64
import hashlib
import pathlib
import re
import subprocess
import zipfile

# The first that ZIP knows.
TIME = (1980, 1, 1, 0, 0, 0)
# What the policy manylinux_2_35 lets a library need (PEP 600): names, and the newest version of each kind of symbol.
LIBRARIES = {"libc.so.6", "libm.so.6", "libstdc++.so.6", "libgcc_s.so.1", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1"}
NEWEST = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30), "CXXABI": (1, 3, 13), "GCC": (12, 0, 0)}


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def platform(binaries):
    """The tag of machines that the binaries run on; ends the program where one needs more than its policy has."""
    machines = set()
    for binary in binaries:
        machines.add(re.search(r"Machine:\s+(.*)", output("readelf", "-h", binary)).group(1))
        needed = set(re.findall(r"\(NEEDED\).*\[(.*)\]", output("readelf", "-d", binary)))
        if needed - LIBRARIES:
            raise SystemExit(f"{binary} needs {', '.join(sorted(needed - LIBRARIES))}, expected the C and C++ run-time libraries alone")
        for kind, version in re.findall(r"Name: (GLIBC|GLIBCXX|CXXABI|GCC)_([\d.]+)", output("readelf", "-V", binary)):
            if tuple(map(int, version.split("."))) > NEWEST[kind]:
                raise SystemExit(f"{binary} needs {kind}_{version}, expected at most {'.'.join(map(str, NEWEST[kind]))}")
    names = {"Advanced Micro Devices X86-64": "x86_64", "AArch64": "aarch64"}
    if len(machines) != 1 or not machines <= names.keys():
        raise SystemExit(f"binaries for {', '.join(sorted(machines))}, expected one of {', '.join(names)}")
    return f"manylinux_{NEWEST['GLIBC'][0]}_{NEWEST['GLIBC'][1]}_{names[machines.pop()]}"


def information(version, tag, description):
    """The files of the folder .dist-info but RECORD."""
    return {
        "METADATA": "Metadata-Version: 2.1\nName: mblstm\n"
        f"Version: {version}\nSummary: The memristor LSTM chip MBX, register-exact: library, command line, golden vectors\n"
        f"Requires-Python: >=3.9\nDescription-Content-Type: text/markdown\n\n{description}",
        "WHEEL": f"Wheel-Version: 1.0\nGenerator: mblstm\nRoot-Is-Purelib: false\nTag: {tag}\n",
        "entry_points.txt": "[console_scripts]\nmblstm = mblstm.__main__:main\n",
        "top_level.txt": "mblstm\n",
    }


def pack(folder, version, tag, description, path):
    """Packs the folder that has the package. Nothing of a file goes in but its name, its bytes and whether it can be run."""
    info = f"mblstm-{version}.dist-info"
    files = {str(file.relative_to(folder)): (file.read_bytes(), bool(file.stat().st_mode & 0o100))
             for file in pathlib.Path(folder).rglob("*") if file.is_file()}
    for name, text in information(version, tag, description).items():
        files[f"{info}/{name}"] = text.encode(), False
    # What wheels are recommended to end with.
    order = sorted(files, key=lambda name: (name.startswith(info), name))
    record = ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as wheel:
        for name in order:
            content, runs = files[name]
            add(wheel, name, content, runs)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            record += f"{name},sha256={digest},{len(content)}\n"
        add(wheel, f"{info}/RECORD", (record + f"{info}/RECORD,,\n").encode(), False)


def add(wheel, name, content, runs):
    entry = zipfile.ZipInfo(name, TIME)
    entry.create_system = 3
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = (0o100755 if runs else 0o100644) << 16
    wheel.writestr(entry, content, compresslevel=9)
