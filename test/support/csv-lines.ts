/** The lines of a file for a spreadsheet, the first with the names of its columns. */
export const csvLines = (text: string): readonly string[] => text.replace('\uFEFF', '').trimEnd().split('\r\n');
