// Finished files go in, the EPUB's bytes come out. The home of epub-gen-memory, which leads the making; what it would
// write by itself is replaced: its templates, random ids, dates of today, its fetching of images and fonts.
import { EPub } from 'epub-gen-memory'
import { type Entry, zip } from './zip.js'

export interface PackedFile {
  /** From the container's root: 'EPUB/nav.xhtml'. */
  path: string
  content: string | Uint8Array
}

const CONTAINER = `<?xml version="1.0" encoding="UTF-8"?>
<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">
  <rootfiles>
    <rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/>
  </rootfiles>
</container>
`

/** `files` in the order in which they are to stand. The same files give the same bytes on every machine. */
export async function pack(title: string, files: readonly PackedFile[]): Promise<Uint8Array> {
  return new Package(title, files).genEpub()
}

/**
 * epub-gen-memory checks and parses what it is given as chapters, a heavy work that would change our XHTML; it is given
 * none. It calls these methods in turn.
 */
class Package extends EPub {
  private readonly entries: Entry[] = []

  constructor(
    title: string,
    private readonly files: readonly PackedFile[],
  ) {
    super({ title, version: 3 }, [])
  }

  /** All files are finished: they are only put in their places. OCF 3.3, 4.3.2: `mimetype` comes first, not compressed. */
  protected override async generateTemplateFiles(): Promise<void> {
    const utf8 = new TextEncoder()
    this.entries.push(
      { path: 'mimetype', bytes: utf8.encode('application/epub+zip'), stored: true },
      { path: 'META-INF/container.xml', bytes: utf8.encode(CONTAINER), stored: false },
    )
    for (const { path, content } of this.files) {
      const bytes = typeof content === 'string' ? utf8.encode(content) : content
      this.entries.push({ path, bytes, stored: isCompressed(path), shared: bytes === content })
    }
  }

  protected override async downloadAllFonts(): Promise<void> {}
  protected override async downloadAllImages(): Promise<void> {}
  protected override async makeCover(): Promise<void> {}

  /** The container itself. JSZip would deflate for twice as long. */
  override generateAsync(): Promise<never> {
    return Promise.resolve(zip(this.entries) as never)
  }
}

function isCompressed(path: string): boolean {
  return /\.(png|jpg|gif|webp)$/.test(path)
}
