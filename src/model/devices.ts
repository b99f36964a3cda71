// A file's name in; whether Windows keeps it for a device out: outputs and what is unpacked from them are read everywhere.

/** Whatever follows the first full stop. Microsoft, "Naming Files, Paths, and Namespaces". */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i

export function isDevice(name: string): boolean {
  return DEVICES.test(name)
}
