// What we use of WebAssembly beside what src/fonts/webassembly.d.ts names: making a module without waiting.
declare namespace WebAssembly {
  const Module: new (bytes: Uint8Array) => Module
  const Instance: new (module: Module, imports: Record<string, unknown>) => Instance
}
