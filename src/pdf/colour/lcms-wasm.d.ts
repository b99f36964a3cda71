// What we call of lcms-wasm, which comes without types. Its calls are those of Little CMS's own manual.
declare module 'lcms-wasm' {
  export interface Lcms {
    cmsOpenProfileFromMem(bytes: Uint8Array, size: number): number
    cmsCloseProfile(profile: number): void
    cmsCreate_sRGBProfile(): number
    /** 0 if there is none between these two. */
    cmsCreateTransform(
      input: number,
      inputFormat: number,
      output: number,
      outputFormat: number,
      intent: number,
      flags: number,
    ): number
    cmsDeleteTransform(transform: number): void
    cmsDoTransform(transform: number, pixels: Uint8Array, count: number): Uint8Array
    cmsGetProfileInfoASCII(profile: number, what: number, language: string, country: string): string
  }
  export function instantiate(options: {
    wasmBinary: Uint8Array
    print: () => void
    printErr: () => void
  }): Promise<Lcms>
  export const TYPE_RGB_8: number
  export const TYPE_CMYK_8: number
  export const INTENT_RELATIVE_COLORIMETRIC: number
  export const cmsFLAGS_BLACKPOINTCOMPENSATION: number
  export const cmsInfoDescription: number
}
