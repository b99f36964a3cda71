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
  function instantiate(module: Module, imports: Record<string, unknown>): Promise<Instance>
}
