/**
 * Breaks a text between words so that its lines fit: the first begins with `lead`, the others with `indent`. A longer word stays whole, and
 * so does what a no-break space holds together; it is shown as a space.
 */
export const wrapped = (text: string, columns: number, indent: string, lead = ''): readonly string[] => {
  const lines: string[] = [];
  let [line, begins] = [lead, true];
  for (const word of text.split(' ')) {
    if (!begins && line.length + 1 + word.length > columns) {
      lines.push(line);
      [line, begins] = [indent, true];
    }
    line += begins ? word : ` ${word}`;
    begins = false;
  }
  return [...lines, line].map((one) => one.replaceAll('\u00a0', ' '));
};
