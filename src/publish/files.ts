// Files of a site by their paths, parted by `/`; texts are UTF-8.
export type Files = Map<string, string | Uint8Array>
