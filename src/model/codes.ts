// Every code that a diagnostic can have, with its meaning and the next thing to do. The table in docs/codes.md is made of
// this list, and a test holds the list to the sources.

export interface Code {
  code: string
  /** 'both': an error or a warning, by its weight; 'forgivable': an error that the manifest's `forgive` makes a warning. */
  severity: 'error' | 'warning' | 'both' | 'forgivable'
  /** Where it is found: reading, looking over the text, the theme, setting pages, writing files, publishing, the command. */
  stage: 'manifest' | 'text' | 'images' | 'typography' | 'theme' | 'pages' | 'output' | 'shelf' | 'command'
  meaning: string
  remedy: string
}

const TABLE = `
manifest | error   | missing-folder           | There is no book where the command looks. | Name a folder or a Markdown file, or begin a book with \`octavo init\`.
manifest | error   | no-text                  | A folder has neither a manifest nor Markdown. | Write a chapter, or turn what is there into Markdown, as the hint says.
manifest | error   | several-books            | A folder has no manifest, and the folders in it have: it is a shelf, not a book. | Name one of the books, or write a \`shelf.yaml\` for \`octavo publish\`.
manifest | warning | no-manifest              | Nobody says what the book is called, or what it is made of: that was guessed. | \`octavo init\` writes down the guess, for you to change.
manifest | warning | not-taken                | Something that another tool’s manifest says is left out: an address, a chapter without a file, a date that changes by the day; or a second manifest. | Write it as the hint says; or leave it.
manifest | error   | missing-file             | A file that the manifest names is not there, or no file is what a pattern means. | Write the file, or mend its name.
manifest | error   | duplicate-file           | A file is listed twice, or two differ in the case of their letters only. | List each file once.
manifest | error   | bad-yaml                 | The YAML cannot be read, or uses what is not allowed: tags, many aliases, deep nesting. | Mend the line; put texts with \`:\` or \`#\` into quotation marks.
manifest | error   | bad-toml                 | An mdBook’s \`book.toml\` cannot be read. | Mend the line.
manifest | error   | bad-encoding             | A file is not UTF-8. | Save it as UTF-8.
manifest | both    | unknown-key              | There is no such key. In a file’s front matter, where other tools have keys too, it is an error only if it is a slip of the pen. | Take the key that the hint names.
manifest | error   | wrong-type               | A value is of the wrong kind: a list for a text, a word for a number. | Write it as the hint says.
manifest | error   | missing-title            | The book has no title. | Write \`title: …\`.
manifest | error   | empty-body               | The book has no text: \`body\` lists nothing. | List its files under \`body:\`.
manifest | warning | missing-language         | The book names no language; it is taken for English. | Write \`language: en\`, or what it is.
manifest | error   | bad-language             | A language tag is not well-formed. | Write a BCP 47 tag: \`en\`, \`fr-CH\`, \`el\`.
manifest | warning | unknown-language         | Octavo has no words and rules of typography for the language. | Nothing, if English words for “Contents” and the like will do.
manifest | error   | bad-date                 | A date is none that the calendar has, or is written otherwise. | Write 2026-01-31, or 2026-01-31T12:00:00Z.
manifest | warning | missing-date             | Nothing says when the edition was made; its files say 2000-01-01. | Write \`date\`.
manifest | error   | bad-identifier           | An identifier or address is not a URN or URL. | Write \`urn:isbn:…\`, \`urn:uuid:…\` or \`https://…\`.
manifest | error   | bad-isbn                 | An ISBN is none: its last digit does not prove the others, or it has too few or too many. | Compare it with what its agency gave.
manifest | error   | bad-slug                 | The slug cannot be a file name everywhere. | Use letters a to z, digits and hyphens.
manifest | error   | bad-hyphenation          | An entry of \`hyphenation\` is no word with its hyphens. | Write one word each: \`Mount-joy\`.
manifest | error   | bad-length               | A length has no unit, or is too large or too small; a paper size is not known. | Write a number and its unit: \`3mm\`, \`0.125in\`.
manifest | forgivable | receiver-refuses         | Whoever is to print the book (\`for\`) would not take it so: its trim, its margins, its number of pages, its marks. | Write what the hint says; forgiven, the file is made all the same.
manifest | error   | bad-profile              | A printer’s profile is none, is damaged, or is not of a press with four inks. | Ask the printer for the ICC profile of its paper.
manifest | error   | missing-profile          | Colours are to be turned into the inks of a printing condition whose profile nobody gave. | Write \`profile: file.icc\`, or leave \`condition\` out.
manifest | error   | unknown-role             | There is no such role of a section or of a person. | Take the role that the hint names.
manifest | error   | unknown-code             | \`ignore\` or \`forgive\` names a code that it cannot. | Take a code of this table.
manifest | both    | reserved-name            | A name is kept for a file of the EPUB. | Choose another name, or give the file an \`id\`.
manifest | warning | duplicate-name           | Two files in different folders have the same name. | Rename one, or give it an \`id\`.
manifest | forgivable | bad-path                 | A path leads out of the book folder, or cannot be a path in it. A link with such a path can be forgiven: its text is no link then. | Write the path from the file that it stands in, with \`/\`.
manifest | error   | outside-folder           | A link of the file system leads out of the book folder. | Put a copy of the file into the folder.
manifest | error   | unreadable-file          | A file is there and may not be read, or was changed while it was opened. | Mend its permissions; start again.
manifest | error   | too-large                | A file, an image, a table or a text of the manifest is larger than is read. | Divide it, or make it smaller.
manifest | both    | control-character        | A text has a character that no output can hold; or, in the manifest, one that turns the direction of what follows. In the text it is warned of overrides of direction, and of what turns it and does not end in its paragraph. | Delete it.
text     | warning | untitled-chapter         | A chapter has no title, and is not in the contents. | Begin its file with \`# Title\`.
text     | warning | late-title               | There is text before the title. | Put the \`#\` heading first.
text     | warning | second-title             | A file has a second \`#\` heading. | Write \`##\`, or divide the file.
text     | warning | skipped-heading          | A heading is more than one level below the one before. | Write the level that the hint names.
text     | both    | empty-section            | A file has no text, or a chapter nothing below its title. | Write its text, or take it out of the manifest.
text     | error   | bad-id                   | An id has characters that ids cannot have. | Begin with a letter; then letters, digits, hyphens.
text     | warning | contents-mark            | A line tells another tool to put the contents there (\`[TOC]\`); it is left out. | Take it out: the contents are made.
text     | forgivable | duplicate-id             | Two places of a file have the same id, or two files. | Rename one of the two; links lead to the first.
text     | forgivable | dead-link                | A link leads to a file or an id that the book does not have. Forgiven, its text is no link; what has no text cannot be forgiven. | Take the one that the hint names, or give the place an id.
text     | forgivable | unsafe-link              | A link is of a kind that is refused. Forgiven, its text is no link; what could do harm (\`javascript:\`, \`file:\`, \`data:\`) cannot be forgiven. | Link to \`https:\`, \`mailto:\`, or into the book.
text     | error   | empty-link               | A link has no text, and its target no title to print. | Write its text.
text     | forgivable | missing-note             | There is a reference to a note that the file does not have. Forgiven, it is printed as it stands. | Write the note; or put a backslash before the bracket.
text     | warning | unused-note              | A note is referred to nowhere, and is not shown. | Refer to it, or take it out.
text     | warning | unused-link              | A line has the form of a link’s definition, \`[label]: address\`, and nothing refers to it; it is not shown. | If it is text, put a backslash before its bracket; else refer to it, or take it out.
text     | error   | duplicate-note           | Two notes of a file have the same label. | Give one of them another label.
text     | error   | empty-note               | A note has no text. | Write it after the colon.
text     | error   | nested-note              | There is a note within a note. | Say it in the note itself.
text     | error   | unsupported-html         | There is HTML that the outputs cannot show. | Write it in Markdown, or take it out.
text     | forgivable | stray-tag                | A tag of HTML is never closed, or closes nothing. Forgiven, it is left out, or closed at the end of its block. | Write the other, in the same paragraph or block.
text     | forgivable | unknown-tag              | What looks like a tag is none of HTML: \`Vec<T>\`. Forgiven, it is printed as it stands. | Write it as code, or put a backslash before \`<\`.
text     | warning | unknown-attribute        | An attribute means nothing where it stands. | Leave it out.
text     | warning | unknown-block            | \`::: name\` is no block that is known. | Take the name that the hint names, or write \`::: {.name}\` for a class of your own.
text     | warning | foreign-markup           | Markup of another tool that Octavo does not set: a formula, a citation, a command of LaTeX, a wiki link, a shortcode; or marks of Markdown where none is read, as in a title of the manifest. It is printed as it stands; page breaks, comments and entries of an index are left out. | Write what the hint says; or put a backslash before its first character.
text     | error   | stray-fence              | A \`:::\` opens a block that is never closed, or closes nothing. | Close it, or take it out.
text     | warning | dinkus-text              | The text in a \`dinkus\` block is not shown: the theme draws the ornament. | Write it outside the block.
text     | warning | unclosed-code            | Code between fences has no end: all that follows is code. | Close it with a line like the one that opens it.
text     | error   | unclosed-comment         | A comment of HTML has no end: all that follows would be left out. | Write \`-->\` where it ends.
text     | warning | surplus-cells            | A row of a table has more cells than the table has columns; the table grows by them. | Give the head as many cells, or put a backslash before a bar that parts no cells.
text     | error   | too-deep                 | Quotes, lists, blocks or marks are nested too deeply to be read. | Nest them less.
images   | error   | missing-image            | An image is not there. | Put it there, or mend its path.
images   | forgivable | remote-image             | An image is an address, not a file of the book. Forgiven, its text stands in its place, with a link to it. | Put a copy into the book folder.
images   | error   | broken-image             | An image is damaged, or of no kind that is known. | Save it again, as PNG, JPEG or SVG.
images   | error   | unsafe-svg               | An SVG has scripts, entities, or parts in other files. | Save it as plain SVG, with everything in the one file.
images   | error   | svg-too-complex          | An SVG asks for more time, memory or parts than a picture may. | Simplify it where it was drawn, or save it as PNG.
images   | warning | image-type               | An image is of another kind than its name says. | Rename it.
images   | warning | missing-alt              | An image has no alternative text. | Write it between the brackets; or mark the image \`{.decorative}\`.
images   | warning | alt-is-file-name         | An alternative text is a file name. | Say what the image shows.
images   | warning | large-image              | An image is larger than shops take. | Make it smaller.
images   | warning | image-resolution         | An image is printed coarser than 200 dots per inch. | Give it more pixels, or a smaller width.
images   | forgivable | plate-misplaced          | A picture is to have a page for itself (\`{.full-page}\`, \`{.bleed}\`, \`{.spread}\`), and stands in a line, a list, a table, a block, a note, or a section that its theme sets in columns. Forgiven, it is a picture like others. | Let it stand alone, between two paragraphs.
images   | warning | picture-cut              | A picture that goes to its page’s edges is of another shape, and more than a tenth of it is cut off. | Cut it yourself; or write \`{.full-page}\`, which shows it whole.
images   | error   | cover-art                | A picture of the whole cover (\`art\`) is of another shape than its sheet: with the spine that the book’s pages make, and what goes around it. | Make it as many pixels as the hint says.
output   | error   | booklet-pages            | A sheet that is folded in eighths has eight pages, and the book has more. | Write \`fold: quarter\`; or make it shorter, with \`generate: false\`.
images   | error   | image-unreadable         | An image cannot be painted into the PDF, or into the cover that shops ask for. | Save it again, as PNG or JPEG.
images   | warning | image-incomplete         | A part of an SVG cannot be painted into the PDF. | Save it as PNG, or without that part.
typography | warning | doubled-word           | A word stands twice. | Take one out.
typography | warning | straight-quote         | A straight quotation mark is left that could not be turned. | Write the mark that is meant.
typography | warning | unmatched-quote        | Quotation marks do not pair. | Look for the one that is missing, or turned the wrong way.
typography | warning | wrong-apostrophe       | An apostrophe is an accent, or an opening mark. | Write ’.
typography | warning | glued-quote            | A word follows a closing quotation mark without a space. | Put a space or a dash between them.
typography | warning | space-before-punctuation | There is a space before a mark. | Take it out.
typography | warning | doubled-punctuation    | Two marks stand together that do not belong together. | Keep one of them.
typography | warning | hyphen-for-dash        | A hyphen between spaces stands for a dash. | Write \`--\` or \`---\`.
typography | warning | hyphen-in-range        | A range of numbers has a hyphen. | Write \`--\`.
typography | warning | repeated-dash          | Dashes are repeated. | Write ⸺ or ⸻ for what is left out.
typography | warning | spaced-ellipsis        | An ellipsis is spaced out. | Write … or \`...\`.
typography | warning | letter-for-sign        | A letter x stands for ×. | Write ×.
typography | warning | space-before-note      | There is a space before a note’s reference. | Take it out.
typography | warning | note-before-punctuation | A note’s reference stands before a mark. | Put it after.
typography | warning | stray-markup           | Markdown is left as text. | Look for an unpaired mark, one with a space where none may be, or a link whose \`[label]:\` is nowhere.
typography | warning | heading-period         | A heading ends with a period. | Take it out.
typography | warning | heading-capitals       | A heading is all in capitals. | Write it in upper and lower case; the theme makes capitals.
typography | warning | paragraph-end          | A paragraph ends without a mark. | End it, if nothing is missing.
typography | warning | break-at-end           | A scene break stands at the end of a section, or before a heading. | Take it out.
theme    | error   | theme-not-found          | There is no theme of that name, or no such file. | Name an installed theme, or a file of the book folder.
theme    | error   | theme-outside            | A theme’s file is not in the book folder. | Put it there.
theme    | error   | theme-yaml               | A theme cannot be read as YAML. | Mend the line.
theme    | error   | theme-key                | A theme has no such key. | Take the key that the hint names.
theme    | error   | theme-value              | A value of a theme is of the wrong kind. | Write it as the message says.
theme    | error   | theme-missing            | A theme lacks a value. | Add it, or begin with \`extends: house\`.
theme    | error   | theme-extends            | A theme extends itself. | Let the first theme say \`extends: house\`.
theme    | error   | theme-like               | A style is like one that is not there, or like itself. | Name another style.
theme    | error   | theme-name               | A theme names a face or colour that it does not have. | Take the name that the hint names.
theme    | both    | theme-font               | A font file cannot be found or read, or text cannot be set in it. It is warned of one whose tables are not as it says, and of one that says that its licence forbids to embed it. | Mend its path; take a fresh copy.
theme    | error   | theme-page               | The margins or lines do not fit the page, its gutter moves the text off it, or two things stand in one place of the margin. | Make them smaller.
theme    | warning | theme-contrast           | A text cannot be read easily on its ground: on white, sepia or a dark page, on a tint of its own, on the cover, or on its picture. | Use a darker colour, or another for the night.
theme    | error   | epub-css                 | The EPUB’s own style sheet cannot be had, or asks for what it may not: an address, a property that takes a block out of the page. | Mend or leave out the line.
theme    | warning | theme-face               | A face lacks what the theme, the text, or the book’s language asks of it: a cut, small capitals, letters. | Bring it, say that there is none, or mark the text otherwise.
theme    | warning | theme-grid               | Lines do not stand on the page’s grid, or stand in each other. | Change the leading.
theme    | warning | theme-both               | Something that a theme says comes out otherwise in one of the outputs. | Say it as the hint says, or silence the code if that is meant.
theme    | warning | theme-unused             | Something that a theme says does nothing, for what else it says. | Take it out, or change the other.
theme    | warning | opening-letter           | The theme opens chapters with a large letter, and a paragraph is too short for it, or its face lacks the letter. | Begin with a longer paragraph; or let the theme open otherwise.
theme    | warning | class-unstyled           | A class of your own has no style in the theme, or none for that kind of block: it changes nothing. Or it says what nothing has that it is on: words have no space above. | Give the theme a style for it; or silence the code, if you work on the EPUB further.
pages    | both    | glyph-missing            | No face of the theme has a character; the PDF prints its number, and does not claim to be accessible. Where whole pages would be numbers, it is an error. | Name a face that has it under \`fallback\`, or make the EPUB alone.
pages    | warning | script-unsupported       | The PDF cannot set a script right yet (right-to-left, Indic, Chinese, Japanese, Korean …), and does not claim to be accessible. | Rely on the EPUB for this text.
pages    | warning | cover-lettering          | No face of the theme has the letters of the title, or of what else stands on the drawn cover: it goes without. | Give the book a picture under \`cover\`, or name a face that has them in a theme.
pages    | warning | cover-image              | The cover beside the EPUB is not all that shops ask for: the picture has too few pixels, or colours that are not sRGB. | Use a picture of 1600 × 2560 pixels, in sRGB.
pages    | warning | kindle                   | The EPUB has what Send to Kindle or KDP refuse or leave out: it is asked for with \`kindle: true\`. | Do as the hint says; or take the setting out.
pages    | warning | line-overfull            | A line runs over the measure. | Rephrase it, or let a long word be divided.
pages    | warning | line-loose               | A line is set very loose. | Rephrase it, or let a long word be divided.
pages    | warning | print-margin             | A margin is narrower than printers take. | Make it wider in the theme, or set \`gutter\`.
output   | forgivable | print-standard           | A file for a printer does not keep the standard that it promises (\`standard\`), by the rules that Octavo knows. | It is a fault of Octavo’s; write another \`standard\` meanwhile.
output   | error   | output-not-a-folder      | The output folder is a file. | Name another with \`--out\`.
output   | error   | output-in-the-way        | A folder stands where a file is to be written; or something that no build has made, in a folder that is to be replaced. | Move it away.
output   | error   | output-denied            | The output folder cannot be written to. | Look at its permissions.
output   | error   | output-full              | The disk is full. | Make room; what was there is as it was.
output   | error   | output-failed            | The files could not be written. | Read the message; what was there is as it was.
output   | error   | out-of-time              | The build took more time than it may. Nothing was written. | Allow it more with \`--time-limit\`, or divide the book.
output   | error   | out-of-memory            | The build needed more memory than it may have, or than there is. Nothing was written. | Allow it more with \`--memory-limit\`, or divide the book.
output   | both    | more-findings            | There are more errors or warnings than are listed; their codes are counted. | Mend the first, and look again.
output   | error   | text-lost                | A part of the text is not in the book that was read, in its pages or in its EPUB: a fault of Octavo’s. | Tell its makers, with the file; to go on, write the place in another way.
output   | error   | interrupted              | The build was stopped. | Start it again; what was there is as it was.
shelf    | error   | empty-shelf              | A shelf has no books. | List folders of books under \`books:\` in \`shelf.yaml\`.
shelf    | error   | missing-book             | A name in \`shelf.yaml\` is no book, no book is what a pattern means, or a group has a book that is not on the shelf. | Write the path of its folder.
shelf    | error   | duplicate-slug           | Two books would be published under the same name; the second is passed over. | Give one of them a \`slug\`.
shelf    | error   | book-failed              | Octavo failed at a book of the shelf, by a fault of its own; the others are published. | Tell its makers, with the book.
shelf    | error   | book-changed             | A book of the shelf was changed while it was made; it is passed over. | Start again when nothing else writes there.
shelf    | error   | not-in-store             | A book is not in the store, where a share or a worker should have put it; there is no site without it. | Give the same \`--store\` to all that work on the shelf.
shelf    | error   | book-given-up            | A book of a queue was tried as often as it may be: its workers failed, fell silent, or have another copy of it; it is passed over. | See what the workers say, and start again.
shelf    | error   | queue-unreachable        | No Redis answers where \`--queue\` says. | Start one, or mend the address.
shelf    | error   | missing-package          | What is asked for needs a package that Octavo does not bring. | Install it, as the hint says.
shelf    | error   | store-failed             | The store of finished books cannot be read or written, or lost one while the site was put together. | Start again, or name another folder with \`--store\`.
shelf    | warning | release-undated          | The text of a book is another than the site’s, and its manifest gives the same day. | Write \`modified\`, the day of this version.
shelf    | error   | bad-releases             | The site’s \`releases.json\` cannot be read, from which the new site would take what was published before. | Put back a copy that can be read, or take it away.
shelf    | error   | bad-key                  | The publisher’s secret key cannot be read or used, or lies in the site. | Name the file that \`minisign -G\` has made, and keep it elsewhere.
shelf    | error   | site-unsigned            | The site has no signature, or one that is not of this key and these checksums. | Compare the key with the one that the publisher gives.
shelf    | error   | output-not-a-site        | The folder that the site is to replace has files that are not a site’s. | Choose an empty folder, or one that \`octavo publish\` has made.
shelf    | error   | site-unproved            | What is to be verified is no site: its list of checksums is missing or cannot be read. | Name the folder of a site.
shelf    | error   | site-missing             | A file of the site is not there. | Take a fresh copy.
shelf    | error   | site-changed             | A file of the site is not as it was made. | Take a fresh copy.
shelf    | error   | site-strange             | A file is not of the site as it was made. | Take it away.
shelf    | error   | site-differs             | The sources make another site. | Look which version of Octavo and of the sources made it.
command  | error   | octavo-failed            | Octavo itself failed, in the preview: the fault is not the book’s. | Undo the last change, and tell its makers.
command  | error   | usage                    | The command was used wrongly. | Read \`octavo --help\`.
`

export const CODES: readonly Code[] = TABLE.trim()
  .split('\n')
  .map((row) => {
    const [stage, severity, code, meaning, remedy] = row.split('|').map((cell) => cell.trim())
    return { stage, severity, code, meaning, remedy } as Code
  })
