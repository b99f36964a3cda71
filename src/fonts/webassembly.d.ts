// What we use of WebAssembly, which Node has and its type package leaves to the browser's library.
declare namespace WebAssembly {
  interface Module {
    readonly brand?: 'WebAssembly.Module'
  }
  interface Memory {
    readonly buffer: ArrayBuffer
  }
  interface Instance {
    readonly exports: Record<string, unknown>
  }
  function compile(bytes: Uint8Array): Promise<Module>
  const Module: new (bytes: Uint8Array) => Module
  const Instance: new (module: Module, imports: Record<string, unknown>) => Instance
}
