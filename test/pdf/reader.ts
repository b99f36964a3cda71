// PDF files as Octavo writes them, read back: what proves a file for its printer.
export * from '../../src/pdf/proof/read-pdf.js'
